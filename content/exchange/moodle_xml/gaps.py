"""gapselect and ddwtos: words to choose or to drag into [[1]], [[2]]."""

import re
from xml.etree.ElementTree import Element

from content.exchange import building
from content.exchange.drafts import Draft, LeftOut, Row
from content.exchange.moodle_xml import parts

GAP = re.compile(r"\[\[(\d{1,3})\]\]")


def gapselect(draft: Draft, question: Element) -> Row:
    """A gap offers all words of the group its own word is in."""
    return _cloze(draft, question, "selectoption")


def ddwtos(draft: Draft, question: Element) -> Row:
    """The same, the words dragged; each may be used once unless it is infinite."""
    return _cloze(draft, question, "dragbox")


def _cloze(draft: Draft, question: Element, name: str) -> Row:
    words = [
        (parts.text(draft, one, part="word"), parts.word(one, "group") or "1")
        for one in question.findall(name)
    ]
    asked = GAP.findall(draft.row["text"])
    gaps = []
    for place in asked:
        if not 1 <= int(place) <= len(words):
            raise LeftOut(f"[[{place}]]", "broken", "gap")
        right, group = words[int(place) - 1]
        offered = dict.fromkeys(text for text, own in words if own == group)
        gaps.append((list(offered), right))
    if not gaps:
        raise LeftOut("", "no_question", "gaps")
    numbers = iter(range(1, len(gaps) + 1))
    text = GAP.sub(lambda _: f"{{{{{next(numbers)}}}}}", draft.row["text"])
    groups = [words[int(place) - 1][1] for place in asked]
    if len(set(groups)) < len(groups):
        draft.lose("group", "", "groups")
    if name == "dragbox" and question.find(f"{name}/infinite") is not None:
        draft.lose("infinite", "", "reuse")
    return building.cloze_row(gaps) | {"text": text}
