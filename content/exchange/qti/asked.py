"""An interaction with all that its reader needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from content.exchange.drafts import LONGEST_TEXT, Draft
from content.exchange.qti.body import as_html
from content.exchange.qti.responses import Declaration


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One interaction of an item."""

    draft: Draft
    element: Element
    declared: Declaration
    template: str
    """How the item is graded: the name of a template, or ""."""
    folder: str
    """Folder of the item in its package."""

    def text(self, element: Element, *, part: str, limit: int = LONGEST_TEXT) -> str:
        """Plain text of a choice."""
        return self.draft.text(self._html(element), "html", part=part, limit=limit)

    def texts(self, elements: Sequence[Element], *, part: str) -> dict[str, str]:
        """Plain texts of choices by their identifiers."""
        return {one.get("identifier", ""): self.text(one, part=part) for one in elements}

    def why(self, element: Element) -> str:
        """Feedback inside of a choice."""
        inline = [one for one in element.iter() if one.tag in ("feedbackInline", "feedbackBlock")]
        notes = [self.draft.note(self._html(one), "html", part="feedback") for one in inline]
        return " ".join(note for note in notes if note)

    def html(self, element: Element, marks: Mapping[Element, int]) -> str:
        """An element as HTML with marks in it."""
        return as_html(element, folder=self.folder, marks=marks)

    def fixed_order(self) -> None:
        """Note an order of options that everybody sees."""
        if self.element.get("shuffle", "false") != "true":
            self.draft.lose("shuffle", "false", "fixed_order")
        if any(one.get("fixed") == "true" for one in self.element.iter()):
            self.draft.lose("fixed", "true", "fixed_order")

    def _html(self, element: Element) -> str:
        return as_html(element, folder=self.folder, marks={})
