"""A racer's run and tasks as they are worked with: plain, so that a process can keep them."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID


@dataclass(slots=True, kw_only=True)
class RunRow:
    """A row of `psot.course.models.Run`, with the ``mark`` that every write of it changes."""

    bib: int
    member: UUID
    entered_at: datetime | None
    seat_no: int
    seat_sha256: str
    rtts_ms: list[int]
    bucket_ms: int
    told: int
    due_ms: int | None
    state: str
    out: str
    away: int
    mark: str = ""

    def values(self) -> dict[str, Any]:
        """Return what a write of it says."""
        return {name: getattr(self, name) for name in RUN_WRITTEN}


@dataclass(slots=True, kw_only=True)
class TaskRow:
    """A row of `psot.course.models.Task`; contradictions are counted past it."""

    bib: int
    number: int
    leg: int
    lap: int
    kind: str
    question: str
    version: int
    options: list[list[str]]
    shown_ms: int
    limit_ms: int | None
    allowance_ms: int
    credit_ms: int = 0
    chosen: str | None = None
    outcome: str | None = None
    ended_ms: int | None = None
    late_chosen: str | None = None
    late_ms: int | None = None

    def values(self) -> dict[str, Any]:
        """Return what a write of it says."""
        return {name: getattr(self, name) for name in TASK_COLUMNS}


RUN_COLUMNS: Final = tuple(one.name for one in fields(RunRow) if one.name != "mark")
RUN_WRITTEN: Final = tuple(name for name in RUN_COLUMNS if name != "member")
TASK_COLUMNS: Final = tuple(one.name for one in fields(TaskRow))
