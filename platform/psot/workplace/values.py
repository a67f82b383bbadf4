"""What the pages show of scenarios, runs and classes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psot.library.values import ScenarioView

PRACTICE = "practice"
CHECK = "check"
PASSED_FROM_PPM = 700_000
"""A run that earns at least this much is passed."""
CHECK_TIMES_NORM = 3
"""A check is one sitting of so many times the scenario's norm."""


@dataclass(frozen=True, kw_only=True)
class RunView:
    """A member's run; ``score_ppm`` is None while it goes on, ``how`` empty."""

    id: UUID
    member: UUID
    scenario: str
    version: int
    mode: str
    seed: int
    number: int
    minutes: int
    group: UUID | None
    started_at: datetime
    taken: int
    done: int
    found: int
    ended_at: datetime | None
    how: str
    score_ppm: int | None
    duration_ms: int | None

    @property
    def passed(self) -> bool:
        """Whether it was finished with enough."""
        return self.how == "finished" and (self.score_ppm or 0) >= PASSED_FROM_PPM


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A scenario in the list, with what the reader did in it."""

    scenario: ScenarioView
    runs: int = 0
    best_ppm: int | None = None
    open_run: UUID | None = None
    passed: bool = False


@dataclass(frozen=True, kw_only=True)
class ClassView:
    """A class as its trainer and its members know it."""

    id: UUID
    code: str
    scenario: str
    version: int
    mode: str
    seed: int
    trainer: UUID
    opened_at: datetime
    paused_at: datetime | None
    pauses: Sequence[tuple[datetime, datetime]]
    point: str
    closed_at: datetime | None
    members: int = 0

    @property
    def board(self) -> str:
        """Name of its board."""
        return f"class:{self.id.hex}"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The answer to an action of ``run``; ``effects`` hold texts in both languages."""

    run: RunView
    effects: Sequence[Mapping[str, Any]]
    group: ClassView | None = None
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class Missed:
    """How often one part of a scenario was missed; ``runs`` is in how many ended runs it stood."""

    kind: str
    id: str
    runs: int
    missed: int

    @property
    def share(self) -> float:
        """Share of the runs in which it was missed or wrong."""
        return self.missed / self.runs if self.runs else 0.0
