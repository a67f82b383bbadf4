"""cloze (multianswer): answers embedded in the text, such as {1:MC:=right~wrong}.

A text whose every gap is a list in the line becomes a cloze; any other becomes a case, each gap a
part. Where each gap ends a paragraph of its own, that paragraph is the text of the part and what
stands before the first is the story: `writer` lays a case out like this.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from content.exchange import building
from content.exchange.building import Choice
from content.exchange.drafts import Draft, LeftOut, Row
from content.exchange.figures import number

CHOICE = "choice"
COLUMN = "column"
SEVERAL = "several"
SHORT = "short"
SHORT_CASE = "short, capitals count"
NUMBER = "number"

TYPES = {
    **dict.fromkeys(("MULTICHOICE", "MC", "MULTICHOICE_S", "MCS"), CHOICE),
    **dict.fromkeys(
        [
            "MULTICHOICE_V",
            "MCV",
            "MULTICHOICE_H",
            "MCH",
            "MULTICHOICE_VS",
            "MCVS",
            "MULTICHOICE_HS",
            "MCHS",
        ],
        COLUMN,
    ),
    **dict.fromkeys(
        [
            "MULTIRESPONSE",
            "MR",
            "MULTIRESPONSE_H",
            "MRH",
            "MULTIRESPONSE_S",
            "MRS",
            "MULTIRESPONSE_HS",
            "MRHS",
        ],
        SEVERAL,
    ),
    **dict.fromkeys(("SHORTANSWER", "SA", "MW"), SHORT),
    **dict.fromkeys(("SHORTANSWER_C", "SAC", "MWC"), SHORT_CASE),
    **dict.fromkeys(("NUMERICAL", "NM"), NUMBER),
}
"""Names of types, long and short; V, H: in a column or a row, S: shuffled, C: capitals count."""

TRUE_FALSE = {"Верно": True, "Неверно": False}
"""A column of these two is a statement that is true or false."""

_BEGIN = re.compile(r"\{(\d{0,4}):([A-Z]{2,13}(?:_[A-Z]{1,2})?):")
_ESCAPED = re.compile(r"\\([}#~/\"\\=%])")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,7})?)%")


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One embedded question and where it stands in the text."""

    start: int
    end: int
    kind: str
    answers: tuple[tuple[Fraction, str, str], ...]
    """Share, text, feedback of each answer."""


def multianswer(draft: Draft) -> Row:
    """A cloze, a case, or a question with one answer in its text."""
    text = draft.row["text"]
    gaps = _gaps(draft, text)
    if not gaps:
        raise LeftOut("", "no_question", "gaps")
    if all(gap.kind == CHOICE for gap in gaps):
        return _cloze(draft, text, gaps)
    laid_out = _laid_out(text, gaps)
    if laid_out is None and len(gaps) == 1:
        return _part(draft, gaps[0]) | {"text": _marked(text, gaps, "_____")}
    if laid_out is None:
        draft.lose("gaps", str(len(gaps)), "became_case")
        story = _marked(text, gaps, "[{}]")
        questions: Sequence[str] = [f"[{place}]" for place in range(1, len(gaps) + 1)]
    else:
        story, questions = laid_out
    made = [
        _part(draft, gap) | {"text": question}
        for gap, question in zip(gaps, questions, strict=True)
    ]
    return building.case_row(made) | {"text": story}


def _gaps(draft: Draft, text: str) -> list[Gap]:
    gaps: list[Gap] = []
    place = 0
    while match := _BEGIN.search(text, place):
        kind = TYPES.get(match.group(2))
        if kind is None:
            raise LeftOut(match.group(2), "kind", "gap")
        end = _find(text, "}", match.end())
        if end < 0:
            raise LeftOut(text[match.start() :], "broken", "gap")
        if match.group(1) not in ("", "1"):
            draft.lose("weight of a gap", match.group(1), "grade")
        answers = _answers(text[match.end() : end])
        gaps.append(Gap(start=match.start(), end=end + 1, kind=kind, answers=answers))
        place = end + 1
    return gaps


def _find(text: str, sign: str, place: int) -> int:
    while place < len(text):
        if text[place] == "\\":
            place += 2
        elif text[place] == sign:
            return place
        else:
            place += 1
    return -1


def _answers(inside: str) -> tuple[tuple[Fraction, str, str], ...]:
    found = []
    for piece in _split(inside, "~"):
        if not piece.strip():
            continue  # lists may begin with the sign that parts their answers
        body, feedback = _cut(piece.strip(), "#")
        share = Fraction(0)
        if body.startswith("="):
            share, body = Fraction(1), body[1:]
        elif weight := _WEIGHT.match(body):
            share, body = Fraction(weight.group(1)) / 100, body[weight.end() :]
        found.append((share, _bare(body), _bare(feedback)))
    return tuple(found)


def _split(text: str, sign: str) -> list[str]:
    found, begun = [], 0
    while (place := _find(text, sign, begun)) >= 0:
        found.append(text[begun:place])
        begun = place + 1
    return [*found, text[begun:]]


def _cut(text: str, sign: str) -> tuple[str, str]:
    place = _find(text, sign, 0)
    return (text, "") if place < 0 else (text[:place], text[place + 1 :])


def _bare(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip()


def _marked(text: str, gaps: Sequence[Gap], mark: str) -> str:
    """The text with a mark in the place of each gap."""
    out, place = [], 0
    for count, gap in enumerate(gaps, 1):
        out += [text[place : gap.start], mark.format(count)]
        place = gap.end
    return "".join([*out, text[place:]])


def _cloze(draft: Draft, text: str, gaps: Sequence[Gap]) -> Row:
    made = []
    for gap in gaps:
        right = [answer for share, answer, _ in gap.answers if share >= 1]
        if len(right) != 1:
            raise LeftOut("", "several_kinds" if right else "no_key", "gap")
        for share, answer, feedback in gap.answers:
            if feedback:
                draft.lose("gap: feedback", feedback, "feedback")
            if share not in (0, 1):
                draft.lose("gap: weight", answer, "partial_weight")
        made.append(([answer for _, answer, _ in gap.answers], right[0]))
    marked = _marked(text, gaps, "{{{{{}}}}}")
    return building.cloze_row(made) | {"text": marked}


def _laid_out(text: str, gaps: Sequence[Gap]) -> tuple[str, list[str]] | None:
    """Story and texts of the parts where each gap ends a paragraph of its own."""
    paragraphs = [one.strip() for one in _marked(text, gaps, "\x00").split("\n\n")]
    asked = [one for one in paragraphs if "\x00" in one]
    first = paragraphs.index(asked[0])
    regular = (
        first > 0
        and paragraphs[first:] == asked
        and len(asked) == len(gaps)
        and all(one.index("\x00") == len(one) - 1 and len(one) > 1 for one in asked)
    )
    if not regular:
        return None
    story = "\n\n".join(paragraphs[:first]).strip()
    return (story, [one[:-1].strip() for one in asked]) if story else None


def _part(draft: Draft, gap: Gap) -> Row:
    if gap.kind == COLUMN and {text for _, text, _ in gap.answers} == TRUE_FALSE.keys():
        return _truefalse(gap)
    if gap.kind in (CHOICE, COLUMN, SEVERAL):
        choices = [Choice(text=text, share=share, why=why) for share, text, why in gap.answers]
        return building.choice_row(draft, choices, single=gap.kind != SEVERAL)
    for _, _, feedback in gap.answers:
        if feedback:
            draft.lose("gap: feedback", feedback, "feedback")
    if gap.kind == NUMBER:
        return _number(draft, gap)
    accepted = [(text, share) for share, text, _ in gap.answers]
    return building.text_row(draft, accepted, case_sensitive=gap.kind == SHORT_CASE)


def _truefalse(gap: Gap) -> Row:
    """What `laid_out` makes of a statement."""
    why = {TRUE_FALSE[text]: note for _, text, note in gap.answers}
    right = max(gap.answers)[1]
    return building.truefalse_row(
        correct=TRUE_FALSE[right], why_true=why[True], why_false=why[False]
    )


def _number(draft: Draft, gap: Gap) -> Row:
    row: Row | None = None
    for share, text, _ in gap.answers:
        if text == "*":
            draft.lose("gap: answer", text, "wildcard")
        elif share < 1 or row is not None:
            draft.lose("gap: answer", text, "more_answers")
        else:
            written, _, tolerance = text.partition(":")
            found = number(written), number(tolerance or "0")
            if found[0] is None or found[1] is None:
                raise LeftOut(text, "bad_number", "gap")
            row = building.numeric_row(found[0], abs(found[1]))
    if row is None:
        raise LeftOut("", "no_key", "gap")
    return row
