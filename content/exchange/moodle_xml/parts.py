"""What the questions of Moodle XML are made of: texts with formats, files, shares."""

from fractions import Fraction
from xml.etree.ElementTree import Element

from content.exchange.drafts import LONGEST_TEXT, Draft
from content.exchange.figures import number
from content.exchange.keeping import decoded

DEFAULT_STYLE = "moodle_auto_format"


def said(element: Element | None) -> str:
    """The text of an element: that of its <text>, else its own."""
    if element is None:
        return ""
    inner = element.find("text")
    return (inner.text if inner is not None else element.text) or ""


def word(element: Element, name: str) -> str:
    """The short text of a child, without space around it."""
    return said(element.find(name)).strip()


def style(element: Element | None, otherwise: str = DEFAULT_STYLE) -> str:
    """The format an element states."""
    return (element.get("format") if element is not None else "") or otherwise


def text(draft: Draft, element: Element | None, *, part: str, limit: int = LONGEST_TEXT) -> str:
    """Plain text of an answer or an entry; files beside it are lost."""
    files_lost(draft, element, part=part)
    return draft.text(said(element), style(element), part=part, limit=limit)


def note(draft: Draft, element: Element | None, *, part: str, limit: int = LONGEST_TEXT) -> str:
    """Plain text of a feedback."""
    if element is None:
        return ""
    files_lost(draft, element, part=part)
    return draft.note(said(element), style(element), part=part, limit=limit)


def share(element: Element) -> Fraction:
    """The share of the points an answer states in per cent."""
    found = number(element.get("fraction", "0"))
    return Fraction(found) / 100 if found is not None else Fraction(0)


def files_of(element: Element | None) -> dict[str, bytes]:
    """Files embedded beside a text, by their names; what is no base64 is not there."""
    found: dict[str, bytes] = {}
    for one in element.findall("file") if element is not None else ():
        data = decoded(one.text or "") if one.get("encoding", "base64") == "base64" else None
        if data is not None and one.get("name"):
            found[one.get("name", "")] = data
    return found


def files_lost(draft: Draft, element: Element | None, *, part: str) -> None:
    """Note the files beside a text that is not the question's own."""
    for one in element.findall("file") if element is not None else ():
        draft.lose(f"{part}: file", one.get("name", ""), "file")


def is_true(element: Element, name: str, *, otherwise: bool) -> bool:
    """A switch: "1" or "true"; an empty element stands for yes."""
    child = element.find(name)
    if child is None:
        return otherwise
    return said(child).strip().lower() in ("", "1", "true")
