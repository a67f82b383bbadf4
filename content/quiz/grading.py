"""The one place where an answer is judged.

Every rule gives a share of what the question is worth; half a millionth is rounded to even.
An answer is right when it earns everything.

========== ==============================================================================
kind       rule
========== ==============================================================================
single     all or nothing
truefalse  all or nothing
multiple   the share of right options chosen less the share of wrong ones chosen, at least
           0: everything chosen earns as little as nothing
matching   the share of right pairs; a place left out is a wrong pair
ordering   Kendall's tau, at least 0: of all pairs of items, those in the right order less
           those in the wrong one, as a share of all. A guess earns 0 on average before
           the floor and the reversed order 0; two neighbours exchanged cost little
numeric    all or nothing, the tolerance included. Where a unit is asked for, the right
           number with no unit or an unknown one earns half; a known other unit is
           converted, so that the right number with the wrong known unit earns nothing
text       the best of the accepted texts that it matches
cloze      the share of right gaps; a gap left out is wrong
hotspot    as multiple, areas for options; a point outside all areas counts as a wrong area
case       the mean of its parts; a part left out earns 0
========== ==============================================================================
"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from itertools import combinations
from typing import Final

from content.quiz.areas import is_inside, point_in
from content.quiz.kinds import (
    FULL,
    Case,
    Cloze,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    ShortText,
    TrueFalse,
)
from content.quiz.numbers import exact, find_unit, read_number
from content.quiz.questions import Question, SingleChoice
from content.quiz.responses import (
    InvalidChoice,
    Refusal,
    Response,
    ids_in,
    known,
    pairs_in,
    something,
)
from content.quiz.short_text import is_accepted, normal

PPM = 1_000_000
LONGEST_TEXT: Final = 500
"""Characters of a short text."""
_UNIT_WORTH: Final = Fraction(1, 2)


@dataclass(frozen=True, kw_only=True)
class PartGrade:
    """What a part of an answer is worth by itself."""

    id: str
    """Of the part of a case, the left entry of a matching or the gap of a cloze."""
    score_ppm: int


@dataclass(frozen=True, kw_only=True)
class Grade:
    """What an answer is worth."""

    score_ppm: int
    """0 to 1,000,000."""
    correct: bool
    """Whether it is right in full."""
    parts: tuple[PartGrade, ...] = ()
    """Of the kinds that have parts: case, matching, cloze."""


def grade(question: Question, response: Response) -> Grade:
    """Judge ``response`` by the rule of the question's kind (see the table of this module).

    Raises InvalidChoice, and nothing else, for any JSON that is not an answer.
    """
    share, parts = _judge(question, response)
    score_ppm = max(0, round(share * PPM))
    return Grade(
        # A share short of everything is never rounded up to everything.
        score_ppm=score_ppm if share == 1 else min(score_ppm, PPM - 1),
        correct=share == 1,
        parts=tuple(PartGrade(id=id_, score_ppm=round(one * PPM)) for id_, one in parts.items()),
    )


Judged = tuple[Fraction, dict[str, Fraction]]


@singledispatch
def _judge(question: Question, response: Response) -> Judged:
    """Return the share of the whole and those of the parts; this one is for options."""
    chosen = ids_in(response)
    something(chosen)
    picked = known(chosen, question.option_ids, "option")
    if len(picked) > 1 and isinstance(question, SingleChoice | TrueFalse):
        raise InvalidChoice("Choose one answer only.", Refusal.TOO_MANY)
    return _net(picked, right=question.correct, all_ids=question.option_ids), {}


def _net(
    picked: Collection[str], *, right: frozenset[str], all_ids: frozenset[str], missed: int = 0
) -> Fraction:
    chosen = frozenset(picked)
    wrong = all_ids - right
    share = Fraction(len(chosen & right), len(right)) - Fraction(
        len(chosen & wrong) + missed, len(wrong)
    )
    return max(Fraction(0), share)


def _shares(answers: dict[str, str], right: dict[str, str]) -> Judged:
    parts = {place: Fraction(answers.get(place) == one) for place, one in right.items()}
    return sum(parts.values(), Fraction(0)) / len(parts), parts


@_judge.register
def _(question: Matching, response: Response) -> Judged:
    pairs = pairs_in(response)
    something(pairs)
    known([*pairs], frozenset(one.id for one in question.left), "entry")
    known([*pairs.values()], frozenset(one.id for one in question.right), "answer")
    return _shares(pairs, dict(question.pairs))


@_judge.register
def _(question: Cloze, response: Response) -> Judged:
    words = pairs_in(response)
    something(words)
    known([*words], frozenset(gap.id for gap in question.gaps), "gap")
    for gap in question.gaps:
        if gap.id in words:
            known([words[gap.id]], frozenset(one.id for one in gap.options), "word")
    return _shares(words, {gap.id: gap.correct for gap in question.gaps})


@_judge.register
def _(question: Ordering, response: Response) -> Judged:
    order = ids_in(response)
    something(order)
    picked = known(order, frozenset(question.order), "item")
    if not isinstance(response, list | tuple) or not (
        len(picked) == len(order) == len(question.order)
    ):
        raise InvalidChoice("Put every item in its place, each once.", Refusal.INCOMPLETE)
    place = {id_: number for number, id_ in enumerate(question.order)}
    pairs = list(combinations(order, 2))
    right = sum(place[first] < place[second] for first, second in pairs)
    return max(Fraction(0), Fraction(2 * right - len(pairs), len(pairs))), {}


@_judge.register
def _(question: Numeric, response: Response) -> Judged:
    if not isinstance(response, dict) or not {"value"} <= {*response} <= {"value", "unit"}:
        raise InvalidChoice("Write a number and, where it is asked for, its unit.")
    number, after = read_number(response["value"])
    chosen = response.get("unit", "")
    if not isinstance(chosen, str):
        raise InvalidChoice("A unit is a text.")
    if len(chosen) > LONGEST_TEXT:
        raise InvalidChoice("This is too long for a unit.", Refusal.TOO_LONG)
    written = chosen.strip() or after
    worths = {unit: exact(worth) for unit, worth in question.units.items()}
    if question.unit:
        worths[question.unit] = Fraction(1)
    if written and not worths:
        raise InvalidChoice("This question asks for a number without a unit.", Refusal.UNKNOWN)
    unit = find_unit(written, worths) if written else None
    worth = worths.get(unit or question.unit, Fraction(1))
    is_right = abs(number * worth - exact(question.answer)) <= exact(question.tolerance)
    in_full = unit is not None or not question.unit
    return Fraction(is_right) * (1 if in_full else _UNIT_WORTH), {}


@_judge.register
def _(question: ShortText, response: Response) -> Judged:
    if not isinstance(response, str):
        raise InvalidChoice("Write a text.")
    if len(response) > LONGEST_TEXT:
        raise InvalidChoice("This is too long for a short answer.", Refusal.TOO_LONG)
    if not normal(response):
        raise InvalidChoice("Write an answer.", Refusal.NOTHING)
    percents = [
        one.percent
        for one in question.accept
        if is_accepted(response, one.text, case_sensitive=question.case_sensitive)
    ]
    return Fraction(max(percents, default=0), FULL), {}


@_judge.register
def _(question: Hotspot, response: Response) -> Judged:
    if not isinstance(response, dict) or len(response) != 1 or not {*response} < _FOUND:
        raise InvalidChoice("Choose areas or points of the picture.")
    all_ids = frozenset(area.id for area in question.areas)
    if "areas" in response:
        chosen, missed = known(ids_in(response["areas"]), all_ids, "area"), 0
    else:
        chosen, missed = _pointed_at(question, response["points"])
    something(chosen or missed)
    if len(chosen) + missed > (len(all_ids) if question.several else 1):
        raise InvalidChoice("These are more places than asked for.", Refusal.TOO_MANY)
    return _net(chosen, right=question.correct, all_ids=all_ids, missed=missed), {}


_FOUND: Final = {"areas", "points"}
_MOST_POINTS: Final = 100


def _pointed_at(question: Hotspot, response: Response) -> tuple[frozenset[str], int]:
    """Return the areas pointed at, the first listed where some overlap, and the points outside."""
    if not isinstance(response, list | tuple):
        raise InvalidChoice("Points are a list.")
    if len(response) > _MOST_POINTS:
        raise InvalidChoice("These are too many points.", Refusal.TOO_MANY)
    found: set[str] = set()
    missed = 0
    for value in response:
        point = point_in(value)
        hit = [area.id for area in question.areas if is_inside(point, area.shape, area.at)]
        found.update(hit[:1])
        missed += not hit
    return frozenset(found), missed


@_judge.register
def _(question: Case, response: Response) -> Judged:
    if not isinstance(response, dict):
        raise InvalidChoice("Answer the parts of the case.")
    something(response)
    known([one for one in response if isinstance(one, str)], frozenset(question.parts), "part")
    parts = dict.fromkeys(question.parts, Fraction(0))
    for id_ in parts:
        if id_ not in response:
            continue
        try:
            parts[id_] = _judge(question.parts[id_], response[id_])[0]
        except InvalidChoice as error:
            raise InvalidChoice(str(error), error.refusal, part=id_) from error
    return sum(parts.values(), Fraction(0)) / len(parts), parts
