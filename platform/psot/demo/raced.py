"""One racer's run in a race of the demo community, as the course would have written it down.

The rules steer it (`scoring.biathlon.steer`), the race's own secret draws its tasks; only how the
racer answers is made up. Recomputing the ledger gives what is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from content.quiz import Question
from events import Fact
from events.race import RacerAbsent, RacerRetired
from psot.course import allowance
from psot.races import draws
from scoring.biathlon import Deed, Format, State, Steered, Wanted, steer

Entry = tuple[Fact, str, datetime]
Pools = Mapping[str, Mapping[str, Question]]

FOR_EVER_MS = 10**9
"""After everything: no hold is left."""
PACE = {"station": 1.5, "P": 0.7, "S": 0.9}
"""How long a task takes beside a question of a quiz."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the start list, and what the racer is like; ``member`` is whose it is."""

    bib: int
    member: UUID
    start_ms: int
    skill: float
    pace_s: float


@dataclass(kw_only=True)
class Run:
    """A run: its tasks and its facts. ``breaks_off`` is after how many tasks the racer gave up."""

    race: UUID
    zero_at: datetime
    rules: Format
    secret: bytes
    pools: Pools
    line: Line
    random: Random
    closed_ms: int
    breaks_off: int | None = None
    tasks: list[dict[str, Any]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    out: str = ""
    finish_ms: int | None = None

    def race_it(self) -> None:
        """Race to the end, or to where it breaks off."""
        here = self._steer()
        while here.wanted is not None and len(self.tasks) != self.breaks_off:
            self._do(here.wanted, here.racer.lap)
            here = self._steer()
        self.facts = list(here.facts)
        if here.wanted is not None:
            self.out = State.DNF if self.tasks else State.DNS
            mark = RacerRetired if self.tasks else RacerAbsent
            self.facts.append(mark(race=self.race, bib=self.line.bib, t_ms=self.closed_ms))
        self.finish_ms = here.racer.leg_end_ms

    def row(self) -> dict[str, Any]:
        """Return the row of the run."""
        return {
            "race": self.race,
            "bib": self.line.bib,
            "member": self.line.member,
            "entered_at": self.zero_at - timedelta(minutes=3) if self.tasks else None,
            "seat_no": 1 if self.tasks else 0,
            "seat_sha256": "",
            "rtts_ms": [self.random.randint(25, 140) for _ in range(min(20, len(self.tasks)))],
            "bucket_ms": allowance.MOST_MS,
            "told": len(self.facts),
            "due_ms": None,
            "state": str(self.out or State.FINISHED),
            "out": str(self.out),
            "away": int(self.random.random() < 0.1),  # noqa: PLR2004 - some look elsewhere
        }

    def entries(self) -> list[Entry]:
        """Return the facts with their keys and moments."""
        return [
            (
                fact,
                f"{self.race}:{self.line.bib}:{number}",
                self.zero_at + timedelta(milliseconds=fact.t_ms),  # type: ignore[attr-defined]  # every fact of the course has one
            )
            for number, fact in enumerate(self.facts, 1)
        ]

    def _steer(self) -> Steered:
        deeds = [
            Deed(
                right=one["outcome"] == "right",
                t_ms=one["ended_ms"],
                question=one["question"],
                shown_ms=one["shown_ms"],
            )
            for one in self.tasks
        ]
        return steer(
            self.rules,
            race_id=self.race,
            bib=self.line.bib,
            leg=1,
            start_ms=self.line.start_ms,
            deeds=deeds,
            now_ms=FOR_EVER_MS,
        )

    def _do(self, wanted: Wanted, lap: int) -> None:
        pool = self.pools[wanted.kind]
        met = {one["question"] for one in self.tasks}
        question = pool[draws.following(self.secret, self.line.bib, pool, met) or ""]
        number = len(self.tasks) + 1
        options = draws.options(self.secret, self.line.bib, number, sorted(question.option_ids))
        shown_ms = wanted.from_ms + self.random.randint(40, 260)
        took_ms = self._response_ms(wanted.kind)
        late = wanted.limit_ms is not None and took_ms > wanted.limit_ms
        right = self.random.random() < self.line.skill - 0.08 * (question.difficulty - 2)
        chosen = self.random.choice(
            sorted(question.correct if right else question.option_ids - question.correct)
        )
        ended_ms = shown_ms + ((wanted.limit_ms or 0) if late else took_ms)
        self.tasks.append(
            {
                "race": self.race,
                "bib": self.line.bib,
                "number": number,
                "leg": 1,
                "lap": lap,
                "kind": wanted.kind,
                "question": question.id,
                "version": question.version,
                "options": [list(one) for one in options],
                "shown_ms": shown_ms,
                "limit_ms": wanted.limit_ms,
                "allowance_ms": 0,
                "credit_ms": 0,
                "chosen": None if late else chosen,
                "outcome": "late" if late else "right" if right else "wrong",
                "ended_ms": ended_ms,
                "late_chosen": None,
                "late_ms": None,
                "contradicted": 0,
            }
        )

    def _response_ms(self, kind: str) -> int:
        median_s = self.line.pace_s * PACE[kind]
        return int(1000 * max(1.8, self.random.gauss(median_s, median_s / 3)))
