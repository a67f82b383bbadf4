"""The terms of a decision: what it does to whom, as a form writes it and as facts tell it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from events import race as facts
from scoring.biathlon import RaceFact

LARGEST_MS: Final = 24 * 3600 * 1000
_LINE: Final = re.compile(r"(?P<bib>\d{1,6})[\s:=]+(?P<s>[+\-−]?\d{1,6}(?:[.,]\d{1,3})?)")


class Kind(StrEnum):
    """What a decision does."""

    VOID = "void"
    ADJUST = "adjust"
    DISQUALIFY = "disqualify"
    REINSTATE = "reinstate"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a decision does: ``question`` to be voided, ``bibs`` out or in, or ``ms`` per bib.

    ``ms`` is added to the racer's total; a credit is negative.
    """

    kind: Kind
    question: str = ""
    bibs: tuple[int, ...] = ()
    ms: Mapping[int, int] = field(default_factory=dict)

    @property
    def concerned(self) -> tuple[int, ...]:
        """The bibs named."""
        return self.bibs or tuple(self.ms)

    def stored(self) -> dict[str, Any]:
        """Return it as plain data for JSON; `stored_terms` reads it back."""
        return {
            "question": self.question,
            "bibs": list(self.bibs),
            "ms": {str(bib): ms for bib, ms in self.ms.items()},
        }

    def facts(self, race: UUID, decision: UUID, t_ms: int) -> tuple[RaceFact, ...]:
        """Return the facts it consists of, all at the moment ``t_ms`` after the race's zero."""
        if self.kind is Kind.VOID:
            voided = facts.QuestionVoided(
                race=race, t_ms=t_ms, question=self.question, decision=decision
            )
            return (voided,)
        if self.kind is Kind.ADJUST:
            return tuple(
                facts.TimeAdjusted(race=race, bib=bib, t_ms=t_ms, ms=ms, decision=decision)
                for bib, ms in self.ms.items()
            )
        out = self.kind is Kind.DISQUALIFY
        shape = facts.RacerDisqualified if out else facts.RacerReinstated
        return tuple(shape(race=race, bib=bib, t_ms=t_ms, decision=decision) for bib in self.bibs)


def stored_terms(kind: str, data: Mapping[str, Any]) -> Terms:
    """Return the terms that `Terms.stored` made ``data`` of."""
    return Terms(
        kind=Kind(kind),
        question=data["question"],
        bibs=tuple(data["bibs"]),
        ms={int(bib): ms for bib, ms in data["ms"].items()},
    )


def read_bibs(text: str) -> tuple[int, ...]:
    """Read numbers apart by commas or blanks, each once; raises ValueError for anything else.

    >>> read_bibs("12, 7 12")
    (12, 7)
    """
    words = re.split(r"[\s,;]+", text.strip())
    if not text.strip() or any(not (one.isascii() and one.isdecimal()) for one in words):
        raise ValueError(text)
    return tuple(dict.fromkeys(int(one) for one in words))


def read_adjustments(text: str) -> dict[int, int]:
    """Read lines of a bib and seconds with a sign, as ms per bib; raises ValueError otherwise.

    >>> read_adjustments("12 -4,5")
    {12: -4500}
    """
    found: dict[int, int] = {}
    for line in filter(None, (one.strip() for one in re.split(r"[\n;]+", text))):
        matched = _LINE.fullmatch(line)
        if matched is None or int(matched["bib"]) in found:
            raise ValueError(line)
        seconds = Decimal(matched["s"].replace(",", ".").replace("−", "-"))
        found[int(matched["bib"])] = int(seconds * 1000)
    if not found:
        raise ValueError(text)
    return found


def written_adjustments(ms: Mapping[int, int]) -> str:
    r"""Write adjustments as `read_adjustments` reads them.

    >>> written_adjustments({12: -4500, 7: 250})
    '12 -4.5\n7 0.25'
    """
    return "\n".join(f"{bib} {(Decimal(value) / 1000).normalize():f}" for bib, value in ms.items())
