"""One question on its way in: what is known of it so far, and what was lost of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from content.exchange.limits import LIMITS
from content.exchange.losses import Loss, shown
from content.exchange.markup import FORMATS, Image, Plain, from_plain

Row = dict[str, Any]

LONGEST_STORY = 2000
LONGEST_TEXT = 1000


class LeftOut(Exception):  # noqa: N818 - read as a sentence: raise LeftOut(...)
    """This question cannot be taken; what stood there, and the code of why."""

    def __init__(self, what: str, code: str, part: str = "question") -> None:
        super().__init__(code)
        self.loss = Loss(part=part, what=shown(what), code=code)


@dataclass(kw_only=True)
class Draft:
    """A question as a reader of a format leaves it; `finishing` makes a row of it."""

    place: str
    title: str = ""
    kind: str = ""
    """The type as the file calls it."""
    row: Row = field(default_factory=dict)
    """Fields of a row without id, difficulty, source."""
    left_out: Loss | None = None
    losses: list[Loss] = field(default_factory=list)
    given_id: str = ""
    category: str = ""
    tags: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Files that came with the question, by the names its pictures use."""

    def lose(self, part: str, what: str, code: str) -> None:
        """Note a part that does not come through; the same one is noted once."""
        loss = Loss(part=part, what=shown(what), code=code)
        if loss not in self.losses:
            self.losses.append(loss)

    def text(self, source: str, style: str, *, part: str, limit: int, keep: bool = False) -> str:
        """Plain text of ``source`` written in ``style``; what falls off is noted.

        Pictures are kept for the question where ``keep``, else they are lost. A text over
        ``limit`` characters leaves the question out.
        """
        plain = self.plain(source, style, part=part, keep=keep)
        if len(plain.text) > limit:
            raise LeftOut(plain.text, "too_long", part)
        return plain.text

    def plain(self, source: str, style: str, *, part: str, keep: bool = False) -> Plain:
        """As `text`, of any length, with its pictures."""
        read = FORMATS.get(style)
        if read is None:
            self.lose(part, style, "element")
            read = from_plain
        if len(source) > LIMITS.text_chars:
            raise LeftOut(source, "too_long", part)
        plain = read(source)
        for loss in plain.losses:
            where = part if loss.part == "text" else f"{part}: {loss.part}"
            self.lose(where, loss.what, loss.code)
        for image in plain.images:
            if keep:
                self.images.append(image)
            else:
                self.lose(f"{part}: img", image.alt or image.src, "picture_place")
        return plain

    def note(self, source: str, style: str, *, part: str, limit: int = LONGEST_TEXT) -> str:
        """Plain text of a feedback; one that is too long is dropped and noted."""
        if len(source) > LIMITS.text_chars:
            self.lose(part, source, "long_part")
            return ""
        plain = self.plain(source, style, part=part)
        if len(plain.text) > limit:
            self.lose(part, plain.text, "long_part")
            return ""
        return plain.text
