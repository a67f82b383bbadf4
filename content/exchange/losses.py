"""What became of every question of a file, and of every part of it that was not understood."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from content.exchange.reasons import WHY

SHOWN_CHARS = 120


class Outcome(StrEnum):
    """What became of one question."""

    TAKEN = "taken"
    WITH_LOSSES = "taken with losses"
    LEFT_OUT = "left out"


@dataclass(frozen=True, kw_only=True)
class Loss:
    """One part that did not come through: which part, what stood there, and why."""

    part: str
    what: str
    code: str

    @property
    def why(self) -> str:
        """The reason as an English sentence."""
        return WHY[self.code].en


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One question: where it stood, what it was called, what became of it."""

    place: str
    title: str
    kind: str
    """The type as the file calls it."""
    outcome: Outcome
    id: str = ""
    """Id of the row it became, or that was written; "" where it was left out of an import."""
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LossReport:
    """The account of one import or export; every question has one entry."""

    format: str
    file: str
    entries: tuple[Entry, ...] = ()
    losses: tuple[Loss, ...] = field(default=())
    """Parts that belong to no question, such as the order of a test."""

    @property
    def totals(self) -> dict[str, int]:
        """How many questions were found, taken, taken with losses, left out; and parts lost."""
        count = Counter(entry.outcome for entry in self.entries)
        return {
            "found": len(self.entries),
            "taken": count[Outcome.TAKEN],
            "taken_with_losses": count[Outcome.WITH_LOSSES],
            "left_out": count[Outcome.LEFT_OUT],
            "parts_lost": len(self.losses) + sum(len(one.losses) for one in self.entries),
        }

    def as_json(self) -> dict[str, Any]:
        """The report as plain data; its shape only ever grows."""
        return {
            "format": self.format,
            "file": self.file,
            "totals": self.totals,
            "losses": [_loss_json(loss) for loss in self.losses],
            "questions": [
                {
                    "place": one.place,
                    "title": one.title,
                    "kind": one.kind,
                    "outcome": str(one.outcome),
                    "id": one.id,
                    "losses": [_loss_json(loss) for loss in one.losses],
                }
                for one in self.entries
            ],
        }

    def lines(self) -> Iterator[str]:
        """The report for a reader: a line a question, a line a loss, and the totals."""
        for loss in self.losses:
            yield _loss_line(loss)
        for one in self.entries:
            name = f" ({one.title})" if one.title else ""
            to = f" -> {one.id}" if one.id else ""
            yield f"{one.place}{name}: {one.kind}: {one.outcome}{to}"
            for loss in one.losses:
                yield _loss_line(loss)
        total = self.totals
        yield (
            f"{total['found']} found: {total['taken']} taken, {total['taken_with_losses']} taken "
            f"with losses, {total['left_out']} left out; {total['parts_lost']} part(s) lost"
        )


def shown(text: str) -> str:
    """Shorten what stood in a file to one line of a report."""
    line = " ".join(text[: SHOWN_CHARS * 4].split())
    return line if len(line) <= SHOWN_CHARS else line[: SHOWN_CHARS - 1] + "…"


def _loss_json(loss: Loss) -> dict[str, str]:
    return {"part": loss.part, "what": loss.what, "code": loss.code, "why": loss.why}


def _loss_line(loss: Loss) -> str:
    what = f" «{loss.what}»" if loss.what else ""
    return f"    {loss.part}{what}: {loss.why}"
