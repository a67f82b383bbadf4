"""What was chosen, option by option: whole responses taken apart as the kind of question asks."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from content.quiz import Case, Cloze, Hotspot, Matching, Ordering, Question

OPEN_SHOWN = 12
"""So many of the most frequent answers are shown where anything can be answered."""
PPM = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A response: how many gave it first, what it earned them, and how their tests went."""

    response: Any
    answers: int
    score_ppm: int
    tests: int
    tests_ppm: int


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing that could be chosen, and by whom.

    ``place`` is the id of the gap, entry or step it was chosen for, ``group`` names it. ``right``
    is None where an answer is neither right nor wrong by itself; ``listed`` tells an option that
    the question shows from an answer that somebody made up.
    """

    place: str = ""
    group: str = ""
    id: str
    text: str
    right: bool | None
    listed: bool = True
    chosen: int = 0
    tests: int = 0
    tests_ppm: int = 0

    @property
    def score_at_test(self) -> float | None:
        """Mean score at the test of those who chose it, 0 to 1; None without any."""
        return self.tests_ppm / self.tests / PPM if self.tests else None

    @property
    def is_idle(self) -> bool:
        """Whether it is a wrong option that nobody chose."""
        return self.listed and self.right is False and not self.chosen


Picked = tuple[str, str]
"""A place and what was chosen for it."""


def tabulate(question: Question, tallies: Sequence[Tally], *, group: str = "") -> list[Choice]:
    """Return what was chosen, in the order of the question or by how often."""
    if isinstance(question, Case):
        return list(_parts(question, tallies))
    kind = _KINDS.get(question.kind)
    if kind is None:
        return _made_up(tallies, group)
    rows = {(one.place, one.id): one for one in kind.rows(question)}
    for tally in tallies:
        for picked in set(kind.picked(tally.response)):
            if picked in rows:
                rows[picked] = _with(rows[picked], tally)
    inside = f"{group} · " if group else ""
    return [
        replace(one, group=f"{inside}{one.group}" if one.group else group) for one in rows.values()
    ]


def chance_ppm(question: Question) -> int | None:
    """Return the mark that guessing earns on average; None where it hardly earns any."""
    if question.kind in {"single", "truefalse"}:
        return PPM // len(question.options)
    if isinstance(question, Cloze):
        return sum(PPM // len(gap.options) for gap in question.gaps) // len(question.gaps)
    return PPM // len(question.right) if isinstance(question, Matching) else None


def read(response: str) -> Any:
    """Return a stored response as JSON; one too long to be kept whole stays text."""
    try:
        return json.loads(response)
    except ValueError:
        return response


@dataclass(frozen=True, kw_only=True)
class _Kind:
    rows: Callable[[Any], Iterable[Choice]]
    picked: Callable[[Any], Iterable[Picked]]


def _listed(question: Question) -> Iterator[Choice]:
    for one in question.options:
        yield Choice(id=one.id, text=one.text, right=one.id in question.correct)


def _gaps(question: Cloze) -> Iterator[Choice]:
    for gap in question.gaps:
        for one in gap.options:
            yield Choice(
                place=gap.id,
                group=gap.id,
                id=one.id,
                text=one.text,
                right=one.id == gap.correct,
            )


def _matched(question: Matching) -> Iterator[Choice]:
    names = {one.id: one.text for one in question.left}
    for left, right in question.pairs.items():
        for one in question.right:
            yield Choice(
                place=left,
                group=names[left],
                id=one.id,
                text=one.text,
                right=one.id == right,
                listed=False,  # with so many pairs some are always left over
            )


def _areas(question: Hotspot) -> Iterator[Choice]:
    for one in question.areas:
        yield Choice(id=one.id, text=one.label, right=one.id in question.correct)


def _orders(question: Ordering) -> Iterator[Choice]:
    for place, right in enumerate(question.order, 1):
        for one in question.items:
            yield Choice(
                place=str(place),
                group=str(place),
                id=one.id,
                text=one.text,
                right=one.id == right,
                listed=False,
            )


def _in_list(response: Any) -> Iterator[Picked]:
    if isinstance(response, list):
        yield from (("", one) for one in response if isinstance(one, str))


def _in_places(response: Any) -> Iterator[Picked]:
    if isinstance(response, list):
        yield from ((str(place), str(one)) for place, one in enumerate(response, 1))


def _in_pairs(response: Any) -> Iterator[Picked]:
    if isinstance(response, dict):
        yield from ((str(group), str(one)) for group, one in response.items())


def _in_areas(response: Any) -> Iterator[Picked]:
    if isinstance(response, dict):
        yield from _in_list(response.get("areas"))


_KINDS: Mapping[str, _Kind] = {
    "single": _Kind(rows=_listed, picked=_in_list),
    "multiple": _Kind(rows=_listed, picked=_in_list),
    "truefalse": _Kind(rows=_listed, picked=_in_list),
    "cloze": _Kind(rows=_gaps, picked=_in_pairs),
    "matching": _Kind(rows=_matched, picked=_in_pairs),
    "hotspot": _Kind(rows=_areas, picked=_in_areas),
    "ordering": _Kind(rows=_orders, picked=_in_places),
}


def _parts(question: Case, tallies: Sequence[Tally]) -> Iterator[Choice]:
    for number, (id_, part) in enumerate(question.parts.items(), 1):
        inside = [
            replace(one, response=one.response[id_])
            for one in tallies
            if isinstance(one.response, dict) and id_ in one.response
        ]
        yield from tabulate(part, inside, group=f"{number}. {part.text}")


def _made_up(tallies: Sequence[Tally], group: str) -> list[Choice]:
    """Return the most frequent answers to a question that anything can be answered to."""
    rows: dict[str, Choice] = {}
    for one in tallies:
        text = _plain(one.response)
        right = None if group else one.score_ppm == one.answers * PPM and one.answers > 0
        made = rows.get(text, Choice(group=group, id=text, text=text, right=right, listed=False))
        rows[text] = _with(made, one)
    return sorted(rows.values(), key=lambda one: (-one.chosen, one.text))[:OPEN_SHOWN]


def _plain(response: Any) -> str:
    if isinstance(response, dict) and "value" in response:
        return f"{response['value']} {response.get('unit', '')}".rstrip()
    return response if isinstance(response, str) else json.dumps(response, ensure_ascii=False)


def _with(choice: Choice, tally: Tally) -> Choice:
    return replace(
        choice,
        chosen=choice.chosen + tally.answers,
        tests=choice.tests + tally.tests,
        tests_ppm=choice.tests_ppm + tally.tests_ppm,
    )
