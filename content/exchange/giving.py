"""One question on its way out: what the format has no place for is noted, as on the way in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from content.exchange.drafts import Row
from content.exchange.losses import Entry, Loss, LossReport, Outcome, shown


class NotHeld(Exception):  # noqa: N818 - read as a sentence
    """The format cannot hold this question; the code says why."""

    def __init__(self, what: str, code: str = "cannot_hold_kind", part: str = "kind") -> None:
        super().__init__(code)
        self.loss = Loss(part=part, what=shown(what), code=code)


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A file of another format, and what of the questions is not in it."""

    data: bytes = field(repr=False)
    report: LossReport


@dataclass(kw_only=True)
class Giving:
    """A row being written; collects its losses."""

    row: Row
    losses: list[Loss] = field(default_factory=list)
    left_out: Loss | None = None

    def lose(self, part: str, what: Any = "", code: str = "cannot_hold") -> None:
        """Note a part the format has no place for."""
        self.losses.append(Loss(part=part, what=shown(str(what)), code=code))

    @property
    def tags(self) -> list[str]:
        """Difficulty, further topics and norm as tags, which both formats hold."""
        tags = [f"difficulty:{self.row['difficulty']}"]
        tags += [f"topic:{topic}" for topic in self.row.get("also", ())]
        source = self.row.get("source", {})
        return [*tags, f"norm:{source['norm']}"] if "norm" in source else tags

    def common(self) -> None:
        """Note what no format holds: a source in words."""
        source = self.row.get("source", {})
        if "act" in source:
            self.lose("source", f"{source['act']}, {source['ref']}")

    def entry(self, place: str) -> Entry:
        """The account of this question."""
        losses = self.losses if self.left_out is None else [self.left_out, *self.losses]
        taken = Outcome.WITH_LOSSES if losses else Outcome.TAKEN
        return Entry(
            place=place,
            title=shown(self.row.get("text", "")),
            kind=self.row["kind"],
            outcome=Outcome.LEFT_OUT if self.left_out else taken,
            id=self.row["id"],
            losses=tuple(losses),
        )


def account(givings: Iterable[Giving], *, format: str) -> LossReport:  # noqa: A002 - its word
    """The report of an export."""
    entries = tuple(one.entry(f"question {place}") for place, one in enumerate(givings, 1))
    return LossReport(format=format, file="", entries=entries)


def percent(share_of: int, *, sign: int = 1) -> str:
    """One part of ``share_of`` equal ones as per cent, as precisely as Moodle writes it.

    >>> percent(3), percent(2, sign=-1)
    ('33.33333', '-50')
    """
    value = (Decimal(sign * 100) / share_of).quantize(Decimal("0.00001"), ROUND_HALF_EVEN)
    return f"{value.normalize():f}"
