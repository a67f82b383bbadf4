"""What pages and other rooms see of the jury's office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psot.jury.difference import Difference
from psot.jury.terms import Kind, Terms
from psot.races.stages import Stage

JUDGED: Final = frozenset({Stage.RUNNING, Stage.LOCKED, Stage.PROVISIONAL})
"""Stages in which the jury decides."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """A protocol as it was published: ``body`` is what ``sha256`` is of, as canonical JSON."""

    stage: str
    body: dict[str, Any]
    sha256: str
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class Publication:
    """That a protocol of ``race`` was published, and the hash by which it is known."""

    race: UUID
    stage: str
    sha256: str
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case; see `psot.jury.models.Case`."""

    id: UUID
    race: UUID
    kind: str
    bibs: tuple[int, ...]
    evidence: Mapping[str, Any]
    opened_at: datetime
    closed_at: datetime | None
    closed_by: UUID | None
    verdict: str


@dataclass(frozen=True, kw_only=True)
class ProtestView:
    """A protest; see `psot.jury.models.Protest`."""

    id: UUID
    race: UUID
    bib: int
    member: UUID
    question: str | None
    text: str
    lodged_at: datetime
    answered_at: datetime | None
    answered_by: UUID | None
    upheld: bool | None
    answer: str


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """A decision with its terms and the difference it was shown to make."""

    id: UUID
    race: UUID
    kind: Kind
    terms: Terms
    t_ms: int
    reason: str
    protest: UUID | None
    case: UUID | None
    staged_at: datetime
    staged_by: UUID
    before: str
    after: str
    difference: Difference
    applied_at: datetime | None
    applied_by: UUID | None
    dropped_at: datetime | None
    dropped_by: UUID | None
    undone_at: datetime | None
    undone_by: UUID | None

    @property
    def state(self) -> str:
        """``staged``, ``applied``, ``dropped`` or ``undone``."""
        if self.undone_at is not None:
            return "undone"
        if self.applied_at is not None:
            return "applied"
        return "staged" if self.dropped_at is None else "dropped"

    @property
    def in_force(self) -> bool:
        """Whether its facts count."""
        return self.state == "applied"


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """One thing that happened in the jury's office: ``what`` names it, ``by`` None is the schedule.

    ``decision``, ``case`` and ``protest`` say what it is about, ``detail`` what was said.
    """

    at: datetime
    what: str
    by: UUID | None = None
    detail: str = ""
    bibs: tuple[int, ...] = ()
    decision: UUID | None = None
    case: UUID | None = None
    protest: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Office:
    """How much waits for the jury of a race."""

    cases: int = 0
    protests: int = 0
    decisions: int = 0
