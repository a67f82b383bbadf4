"""The kinds of questions that are more than a list of options."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar

from content.quiz.questions import Key, Option, Question, told
from content.quiz.responses import Response
from content.quiz.short_text import without_wildcards
from content.quiz.texts import GAP

Number = int | float

FULL = 100
"""Per cent."""


@dataclass(frozen=True, kw_only=True)
class TrueFalse(Question):
    """A statement that is right or wrong; the options are always the same two, in this order."""

    kind: ClassVar[str] = "truefalse"

    options: tuple[Option, ...] = (
        Option(id="true", text="Верно"),
        Option(id="false", text="Неверно"),
    )

    def shown(self, seed: str) -> tuple[Option, ...]:  # noqa: ARG002 - never shuffled
        """Return both options."""
        return self.options


@dataclass(frozen=True, kw_only=True)
class Matching(Question):
    """Each entry on the left has its one entry on the right; some on the right may be left over."""

    kind: ClassVar[str] = "matching"

    left: tuple[Option, ...]
    right: tuple[Option, ...]
    pairs: Mapping[str, str] = field(repr=False, hash=False)
    """Id on the right by id on the left."""

    @property
    def solution(self) -> Response:
        """All pairs."""
        return dict(self.pairs)

    @property
    def solution_text(self) -> tuple[str, ...]:
        """A pair a line."""
        texts = {one.id: one.text for one in self.right}
        return tuple(f"{one.text} — {texts[self.pairs[one.id]]}" for one in self.left)

    def form(self, seed: str) -> dict[str, Any]:
        """Return the left as written and the right shuffled."""
        return {"left": told(self.left), "right": told(self.shuffled(self.right, seed))}


@dataclass(frozen=True, kw_only=True)
class Ordering(Question):
    """Items that have one right order."""

    kind: ClassVar[str] = "ordering"

    items: tuple[Option, ...]
    order: tuple[str, ...] = field(repr=False)
    """Ids of all items, the first one first."""

    @property
    def solution(self) -> Response:
        """The right order."""
        return list(self.order)

    @property
    def solution_text(self) -> tuple[str, ...]:
        """A numbered item a line."""
        texts = {one.id: one.text for one in self.items}
        return tuple(f"{number}. {texts[id_]}" for number, id_ in enumerate(self.order, 1))

    def form(self, seed: str) -> dict[str, Any]:
        """Return the items shuffled."""
        return {"items": told(self.shuffled(self.items, seed))}


@dataclass(frozen=True, kw_only=True)
class Numeric(Question):
    """A number, with a unit where ``unit`` is not empty."""

    kind: ClassVar[str] = "numeric"

    answer: Number = field(repr=False)
    tolerance: Number = field(repr=False)
    """How far from the answer is still right, in ``unit``."""
    unit: str = ""
    units: Mapping[str, Number] = field(default_factory=dict, repr=False, hash=False)
    """Other units that are taken: how much of ``unit`` one of them is."""

    @property
    def solution(self) -> Response:
        """The answer in its own unit, with a decimal comma."""
        return {"value": written(self.answer), **({"unit": self.unit} if self.unit else {})}

    @property
    def solution_text(self) -> tuple[str, ...]:
        """The answer in one line, with what is still right."""
        about = f" (± {written(self.tolerance)})" if self.tolerance else ""
        return (f"{written(self.answer)} {self.unit}".rstrip() + about,)

    def form(self, seed: str) -> dict[str, Any]:
        """Return the units to choose from: which of them is the question's own is not told."""
        units = [Option(id=unit, text=unit) for unit in {self.unit: 1, **self.units} if unit]
        return {"units": [one.text for one in self.shuffled(units, seed)]}


def written(number: Number) -> str:
    """Return ``number`` as people write it in Russian.

    >>> written(1.8), written(15), written(1e-05)
    ('1,8', '15', '0,00001')
    """
    return format(Decimal(str(number)), "f").replace(".", ",")


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A text that is taken for an answer; ``*`` stands for anything, escaped for itself."""

    text: str
    percent: int = FULL
    """What it earns."""


@dataclass(frozen=True, kw_only=True)
class ShortText(Question):
    """A few words typed."""

    kind: ClassVar[str] = "text"

    accept: tuple[Accepted, ...] = field(repr=False)
    case_sensitive: bool = False

    @property
    def _full(self) -> list[str]:
        full = [one.text for one in self.accept if one.percent == FULL]
        return sorted(full, key=lambda text: "*" in text)

    @property
    def solution(self) -> Response:
        """The first text that earns everything, one without wildcards if there is one."""
        return without_wildcards(self._full[0]) if self._full else ""

    @property
    def solution_text(self) -> tuple[str, ...]:
        """Every text that earns everything."""
        return tuple(dict.fromkeys(without_wildcards(text) for text in self._full))

    def form(self, seed: str) -> dict[str, Any]:  # noqa: ARG002 - there is nothing to shuffle
        """Return nothing: a field to write in needs nothing."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A place in a text to choose a word for."""

    id: str
    options: tuple[Option, ...]
    correct: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Cloze(Question):
    """A text with gaps ``{{1}}``, each with its own options."""

    kind: ClassVar[str] = "cloze"

    gaps: tuple[Gap, ...]

    @property
    def solution(self) -> Response:
        """The right option of each gap."""
        return {gap.id: gap.correct for gap in self.gaps}

    @property
    def solution_text(self) -> tuple[str, ...]:
        """The text with its gaps filled."""
        words = {
            gap.id: next((one.text for one in gap.options if one.id == gap.correct), "")
            for gap in self.gaps
        }
        return (GAP.sub(lambda found: words.get(found[1], found[0]), self.text),)

    def form(self, seed: str) -> dict[str, Any]:
        """Return the text cut at its gaps, and the gaps with their options shuffled."""
        pieces = GAP.split(self.text)
        segments = [
            {"gap": piece} if number % 2 else {"text": piece}
            for number, piece in enumerate(pieces)
            if piece
        ]
        gaps = [
            {"id": gap.id, "options": told(self.shuffled(gap.options, seed, part=gap.id))}
            for gap in self.gaps
        ]
        return {"segments": segments, "gaps": gaps}


@dataclass(frozen=True, kw_only=True)
class Area:
    """A place on a picture, in permille of its width and height, from the upper left corner.

    ``at`` is left, top, right, bottom of a ``rect``; the corners of a ``polygon``, x and y in
    turns; the centre and the radius of a ``circle``, which is as wide as it is high in permille,
    so on a picture that is not square it looks like an ellipse.
    """

    id: str
    label: str
    """Names the place for those who choose it from a list."""
    shape: str
    at: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Hotspot(Question):
    """Places to find on a picture; ``correct`` has the areas that are meant."""

    kind: ClassVar[str] = "hotspot"

    areas: tuple[Area, ...]
    show_areas: bool = False
    """Whether the picture shows where the areas are."""

    @property
    def several(self) -> bool:
        """Whether more than one area is to be found."""
        return len(self.correct) > 1

    @property
    def solution(self) -> Response:
        """The areas that are meant."""
        return {"areas": sorted(self.correct)}

    @property
    def solution_text(self) -> tuple[str, ...]:
        """The labels of the areas that are meant."""
        return tuple(area.label for area in self.areas if area.id in self.correct)

    def form(self, seed: str) -> dict[str, Any]:
        """Return the areas shuffled, and where they are only where the picture shows it."""
        by_id = {area.id: area for area in self.areas}
        labels = [Option(id=area.id, text=area.label) for area in self.areas]
        areas: list[dict[str, Any]] = []
        for one in self.shuffled(labels, seed):
            area = by_id[one.id]
            place = {"shape": area.shape, "at": list(area.at)} if self.show_areas else {}
            areas.append({"id": area.id, "label": area.label, **place})
        return {"areas": areas, "several": self.several, "show_areas": self.show_areas}


@dataclass(frozen=True, kw_only=True)
class Case(Question):
    """A story and questions about it, asked together."""

    kind: ClassVar[str] = "case"

    parts: Mapping[str, Question] = field(hash=False)
    """Questions by the ids of the parts, in the order of asking; none of them is a case."""

    @property
    def solution(self) -> Response:
        """The solution of each part."""
        return {id_: part.solution for id_, part in self.parts.items()}

    @property
    def solution_text(self) -> tuple[str, ...]:
        """The solutions of the parts, numbered."""
        return tuple(
            f"{number}) {'; '.join(part.solution_text)}"
            for number, part in enumerate(self.parts.values(), 1)
        )

    def key(self) -> Key:
        """Return what may be shown after the answer, with the key of each part."""
        return replace(super().key(), parts={id_: one.key() for id_, one in self.parts.items()})

    def form(self, seed: str) -> dict[str, Any]:
        """Return what each part asks."""
        return {"parts": [self._part(id_, part, seed) for id_, part in self.parts.items()]}

    @staticmethod
    def _part(id_: str, part: Question, seed: str) -> dict[str, Any]:
        picture = part.picture and {"file": part.picture.file, "alt": part.picture.alt}
        return {
            "id": id_,
            "kind": part.kind,
            "text": part.text,
            "picture": picture,
            "form": part.form(seed),
        }
