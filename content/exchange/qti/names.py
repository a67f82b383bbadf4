"""QTI 3.0 says qti-choice-interaction and max-choices where 2.x says choiceInteraction and
maxChoices: read as one language.
"""  # noqa: D205 - one sentence

import re
from xml.etree.ElementTree import Element

from content.exchange.trees import local

PREFIX = "qti-"
_HYPHEN = re.compile(r"-([a-z])")


def camel(name: str) -> str:
    """A name as QTI 2.x has it.

    >>> camel("qti-choice-interaction"), camel("max-choices"), camel("mapKey")
    ('choiceInteraction', 'maxChoices', 'mapKey')
    """
    return _HYPHEN.sub(lambda found: found.group(1).upper(), name.removeprefix(PREFIX))


def in_one_language(root: Element) -> Element:
    """The tree with every name as QTI 2.x has it and without namespaces."""
    for element in root.iter():
        element.tag = camel(local(element.tag))
        named = {camel(local(key)): value for key, value in element.attrib.items()}
        element.attrib.clear()
        element.attrib.update(named)
    return root
