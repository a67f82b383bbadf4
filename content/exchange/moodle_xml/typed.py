"""shortanswer and numerical."""

from decimal import Decimal
from fractions import Fraction
from xml.etree.ElementTree import Element

from content.exchange import building
from content.exchange.drafts import Draft, LeftOut, Row
from content.exchange.figures import number
from content.exchange.moodle_xml import parts

DIGITS = 12
"""Significant ones of a factor read from a file; `writer` writes more, so that none is lost."""
LONGEST_UNIT = 20
MOST_UNITS = 10
FACTORS = (Decimal("1e-9"), Decimal("1e9"))


def shortanswer(draft: Draft, question: Element) -> Row:
    """Accepted texts, each with its share; a star stands for anything, here as there."""
    accepted = []
    for answer in question.findall("answer"):
        if feedback := parts.note(draft, answer.find("feedback"), part="feedback"):
            draft.lose("feedback", feedback, "feedback")
        parts.files_lost(draft, answer, part="answer")
        accepted.append((_bare(draft, answer), parts.share(answer)))
    case_sensitive = parts.is_true(question, "usecase", otherwise=False)
    return building.text_row(draft, accepted, case_sensitive=case_sensitive)


def _bare(draft: Draft, answer: Element) -> str:
    """Typed answers have no markup, whatever format they state."""
    return draft.plain(parts.said(answer), "plain", part="answer").text


def numerical(draft: Draft, question: Element) -> Row:
    """The first right number with its tolerance, and the units it may be given in."""
    taken: tuple[Decimal, Decimal] | None = None
    for answer in question.findall("answer"):
        if feedback := parts.note(draft, answer.find("feedback"), part="feedback"):
            draft.lose("feedback", feedback, "feedback")
        written = parts.said(answer).strip()
        if written in ("", "*"):
            draft.lose("answer", "*", "wildcard")
        elif taken is not None or parts.share(answer) < 1:
            draft.lose("answer", written, "more_answers")
        else:
            found = number(written), number(parts.word(answer, "tolerance") or "0")
            if found[0] is None or found[1] is None:
                raise LeftOut(written, "bad_number", "answer")
            taken = found[0], abs(found[1])
    if taken is None:
        raise LeftOut("", "no_key", "answer")
    unit, units = _units(draft, question)
    return building.numeric_row(*taken, unit=unit, units=units)


def _units(draft: Draft, question: Element) -> tuple[str, dict[str, Decimal]]:
    """The unit of the answer, and how much of it one of each other unit is."""
    own, others = "", {}
    for one in question.findall("units/unit"):
        name, written = parts.word(one, "unit_name"), parts.word(one, "multiplier")
        factor = number(written)
        if not name or len(name) > LONGEST_UNIT or not factor or factor < 0:
            draft.lose("unit", f"{name} {written}", "bad_number")
        elif factor == 1 and not own:
            own = name
        else:
            others[name] = turned(factor)
    if others and not own:
        draft.lose("units", ", ".join(others), "units")
        return "", {}
    kept: dict[str, Decimal] = {}
    for name, factor in others.items():
        if name != own and FACTORS[0] <= factor <= FACTORS[1] and len(kept) < MOST_UNITS:
            kept[name] = factor
        else:
            draft.lose("unit", name, "bad_number")
    _how_graded(draft, question, own)
    return own, kept


def _how_graded(draft: Draft, question: Element, own: str) -> None:
    penalty = number(parts.word(question, "unitpenalty") or "0")
    if own and parts.word(question, "unitgradingtype") in ("1", "2"):
        draft.lose("unitgradingtype", f"unitpenalty {penalty}", "units")


def turned(factor: Decimal, digits: int = DIGITS) -> Decimal:
    """What a unit is worth, from how many of them make one, and the other way round.

    >>> turned(Decimal(100)), turned(Decimal("0.01"))
    (Decimal('0.01'), Decimal('1E+2'))
    """
    exact = 1 / Fraction(factor)
    return Decimal(f"{float(exact):.{digits}g}").normalize() if exact else Decimal(0)
