"""The kinds of rows, built from what all formats have in common; every rule here is for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from string import ascii_lowercase
from typing import Any

from content.exchange.drafts import Draft, LeftOut, Row
from content.exchange.figures import plain

FULL = Fraction(1)
CLOSE = Fraction(1, 1000)
"""Weights in files are rounded: 33.333 is a third."""
MOST_PARTS = 12
MOST_GAPS = 20
MOST_ACCEPTED = 30
LONGEST_ACCEPTED = 200
LARGEST_NUMBER = Decimal(10) ** 12


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One option: its share of the points (1 is all, negative takes away) and its feedback."""

    text: str
    share: Fraction = Fraction(0)
    why: str = ""


def lettered(texts: Sequence[str]) -> dict[str, str]:
    """Letters for the texts, in their order. Raises LeftOut where they cannot be options."""
    if len(texts) > len(ascii_lowercase):
        raise LeftOut(str(len(texts)), "many_options", "options")
    if any(not text for text in texts):
        raise LeftOut("", "broken", "options")
    if len(set(texts)) < len(texts):
        twice = next(text for text in texts if texts.count(text) > 1)
        raise LeftOut(twice, "same_options", "options")
    return dict(zip(ascii_lowercase, texts, strict=False))


def choice_row(draft: Draft, choices: Sequence[Choice], *, single: bool) -> Row:
    """Single or multiple choice; other weights than the rule of the kind are noted as lost."""
    if len(choices) < 2:  # noqa: PLR2004 - one option is no choice
        raise LeftOut("", "few_options", "options")
    options = lettered([one.text for one in choices])
    by_letter = dict(zip(options, choices, strict=True))
    right = _right(draft, by_letter, single=single)
    if len(right) == len(options):
        raise LeftOut("", "all_right", "options")
    if not single and len(right) == 1:
        draft.lose("options", "", "became_single")
        single = True
    row: Row = {"kind": "single" if single else "multiple", "options": options, "correct": right}
    return row | _whys({letter: one.why for letter, one in by_letter.items()})


def _right(draft: Draft, choices: Mapping[str, Choice], *, single: bool) -> list[str]:
    positive = [letter for letter, one in choices.items() if one.share > 0]
    if single:
        full = [letter for letter in positive if choices[letter].share >= FULL - CLOSE]
        for letter in positive:
            if letter not in full:
                draft.lose("weight", _percent(choices[letter]), "partial_weight")
        if len(full) > 1:
            raise LeftOut(choices[full[1]].text, "several_kinds", "options")
        positive = full
    if not positive:
        raise LeftOut("", "no_key", "options")
    if not single:
        _weigh(draft, choices, positive)
    elif any(one.share < 0 for one in choices.values()):
        draft.lose("weight", "", "weights")
    return positive


def _weigh(draft: Draft, choices: Mapping[str, Choice], right: list[str]) -> None:
    """Points here: the share of right ones chosen less the share of wrong ones chosen."""
    wrong = len(choices) - len(right)
    for letter, one in choices.items():
        due = Fraction(1, len(right)) if letter in right else -Fraction(1, max(wrong, 1))
        if abs(one.share - due) > CLOSE:
            draft.lose("weight", _percent(one), "weights")


def _percent(one: Choice) -> str:
    return f"{float(one.share * 100):g} % {one.text}"


def _whys(whys: Mapping[str, str]) -> Row:
    given = {key: why for key, why in whys.items() if why}
    return {"why": given} if given else {}


def truefalse_row(*, correct: bool, why_true: str = "", why_false: str = "") -> Row:
    """A statement and whether it is true."""
    return {"kind": "truefalse", "correct": correct} | _whys({"true": why_true, "false": why_false})


def matching_row(pairs: Sequence[tuple[str, str]], distractors: Sequence[str] = ()) -> Row:
    """Left texts, each with its right one; the same right text may serve several."""
    lefts = [left for left, _ in pairs]
    if len(pairs) < 2:  # noqa: PLR2004 - one pair is no choice
        raise LeftOut("", "few_options", "pairs")
    if len(pairs) > MOST_GAPS:
        raise LeftOut(str(len(pairs)), "many_options", "pairs")
    if any(not left for left in lefts):
        raise LeftOut("", "broken", "pairs")
    if len(set(lefts)) < len(lefts):
        twice = next(left for left in lefts if lefts.count(left) > 1)
        raise LeftOut(twice, "same_options", "pairs")
    right = lettered(list(dict.fromkeys([*(text for _, text in pairs), *distractors])))
    if len(right) < 2:  # noqa: PLR2004 - one answer for everything is no question
        raise LeftOut("", "few_options", "pairs")
    letter_of = {text: letter for letter, text in right.items()}
    return {
        "kind": "matching",
        "left": {str(place): left for place, left in enumerate(lefts, 1)},
        "right": right,
        "pairs": {str(place): letter_of[text] for place, (_, text) in enumerate(pairs, 1)},
    }


def ordering_row(texts: Sequence[str]) -> Row:
    """Entries in their right order."""
    items = lettered(texts)
    return {"kind": "ordering", "items": items, "order": list(items)}


def numeric_row(
    answer: Decimal,
    tolerance: Decimal,
    *,
    unit: str = "",
    units: Mapping[str, Decimal] | None = None,
) -> Row:
    """A number, how far off is still right, and the units it may be given in."""
    if abs(answer) > LARGEST_NUMBER or not 0 <= tolerance <= LARGEST_NUMBER:
        raise LeftOut(str(answer), "bad_number", "answer")
    row: Row = {"kind": "numeric", "answer": plain(answer), "tolerance": plain(tolerance)}
    if unit:
        row["unit"] = unit
    if units:
        row["units"] = {name: plain(factor) for name, factor in units.items()}
    return row


def between(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Answer and tolerance of a range."""
    return (low + high) / 2, abs(high - low) / 2


def text_row(
    draft: Draft, accepted: Sequence[tuple[str, Fraction]], *, case_sensitive: bool
) -> Row:
    """Accepted texts with their shares of the points; the right ones first count full."""
    accept: list[Any] = []
    for text, share in accepted:
        percent = round(share * 100)
        if percent < 1:
            draft.lose("answer", text, "wildcard" if text == "*" else "wrong_answer")
        elif not text or len(text) > LONGEST_ACCEPTED:
            draft.lose("answer", text, "long_part" if text else "broken")
        elif len(accept) == MOST_ACCEPTED:
            draft.lose("answer", text, "more_answers")
        else:
            if abs(share * 100 - percent) > CLOSE:
                draft.lose("weight", f"{float(share * 100):g} % {text}", "weights")
            accept.append(text if percent >= 100 else {"text": text, "score": percent})  # noqa: PLR2004
    if not any(isinstance(one, str) for one in accept):
        raise LeftOut("", "no_key", "answer")
    row: Row = {"kind": "text", "accept": accept}
    return row | {"case_sensitive": True} if case_sensitive else row


def cloze_row(gaps: Sequence[tuple[Sequence[str], str]]) -> Row:
    """Gaps 1, 2, ... of a text that holds {{1}}, {{2}}, ...: options and the right one."""
    if not 1 <= len(gaps) <= MOST_GAPS:
        raise LeftOut(str(len(gaps)), "many_options", "gaps")
    made: Row = {}
    for place, (texts, right) in enumerate(gaps, 1):
        options = lettered(texts)
        if len(options) < 2:  # noqa: PLR2004
            raise LeftOut("", "few_options", f"gap {place}")
        made[str(place)] = {
            "options": options,
            "correct": next(letter for letter, text in options.items() if text == right),
        }
    return {"kind": "cloze", "gaps": made}


def case_row(parts: Sequence[Row]) -> Row:
    """A story with parts, each a row of its own kind with its own text."""
    if not 1 <= len(parts) <= MOST_PARTS:
        raise LeftOut(str(len(parts)), "many_options", "parts")
    return {"kind": "case", "parts": {f"p{place}": part for place, part in enumerate(parts, 1)}}
