"""The body of an item as HTML, with a mark where an interaction or a gap stands in the line."""

import html
import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element

BLOCK_INTERACTIONS = frozenset(
    [
        "choiceInteraction",
        "orderInteraction",
        "associateInteraction",
        "matchInteraction",
        "gapMatchInteraction",
        "extendedTextInteraction",
        "hottextInteraction",
        "hotspotInteraction",
        "selectPointInteraction",
        "graphicOrderInteraction",
        "graphicAssociateInteraction",
        "graphicGapMatchInteraction",
        "positionObjectInteraction",
        "positionObjectStage",
        "sliderInteraction",
        "drawingInteraction",
        "mediaInteraction",
        "uploadInteraction",
        "customInteraction",
        "portableCustomInteraction",
    ]
)
INLINE_INTERACTIONS = frozenset(
    ["textEntryInteraction", "inlineChoiceInteraction", "endAttemptInteraction"]
)
INTERACTIONS = BLOCK_INTERACTIONS | INLINE_INTERACTIONS
APART = frozenset(
    ["rubricBlock", "feedbackInline", "feedbackBlock", "modalFeedback", "stylesheet", "prompt"]
)
"""Said elsewhere, so not in the text."""
BEGIN, END = "\ue000", "\ue001"
MARK = re.compile(f"{BEGIN}([0-9]+){END}")


def mark(place: int) -> str:
    """What stands in the text for the interaction or gap of this place."""
    return f"{BEGIN}{place}{END}"


def as_html(element: Element, *, folder: str, marks: Mapping[Element, int]) -> str:
    """What is inside an element, as HTML; addresses of pictures become paths of the package."""
    out = [html.escape(_clean(element.text), quote=False)]
    for child in element:
        out.append(_child(child, folder, marks))
        out.append(html.escape(_clean(child.tail), quote=False))
    return "".join(out)


def _child(child: Element, folder: str, marks: Mapping[Element, int]) -> str:
    if child in marks:
        return mark(marks[child])
    if child.tag in INTERACTIONS or child.tag in APART:
        return ""
    inside = as_html(child, folder=folder, marks=marks)
    if child.tag == "img" or (child.tag == "object" and is_picture(child)):
        src = path_of(child.get("src") or child.get("data") or "", folder)
        alt = child.get("alt") or "".join(child.itertext())
        return f'<img src="{html.escape(src)}" alt="{html.escape(alt.strip())}">'
    tag = html.escape(child.tag)
    address = f' href="{html.escape(child.get("href", ""))}"' if child.tag == "a" else ""
    return f"<{tag}{address}>{inside}</{tag}>"


def is_picture(element: Element) -> bool:
    """Whether an object is a picture, by the type it states."""
    return element.get("type", "").startswith("image/")


def path_of(address: str, folder: str) -> str:
    """Path in the package of an address in a file of ``folder``; others stay as they are.

    >>> path_of("../img/a%20b.png", "items"), path_of("https://example.org/a.png", "items")
    ('img/a b.png', 'https://example.org/a.png')
    """
    if ":" in address or address.startswith("//"):
        return address
    return posixpath.normpath(posixpath.join(folder, unquote(address))) if address else ""


def _clean(text: str | None) -> str:
    """The text without the signs that marks are made of."""
    return (text or "").replace(BEGIN, "").replace(END, "")
