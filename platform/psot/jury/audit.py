"""The audit log: everything that happened in the jury's office of a race, in its order."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy.orm import Session

from psot.jury import queries
from psot.jury.values import AuditLine
from psot.races.stages import Stage
from psot.races.values import RaceView


def audit(session: Session, view: RaceView) -> list[AuditLine]:
    """Return what was found, protested, staged, applied, undone and published, the newest first."""
    lines = [
        *_of_race(session, view),
        *_of_cases(session, view.id),
        *_of_protests(session, view.id),
        *_of_decisions(session, view.id),
    ]
    return sorted(lines, key=lambda one: one.at, reverse=True)


def _of_race(session: Session, view: RaceView) -> Iterator[AuditLine]:
    if view.zero_at is not None:
        yield AuditLine(at=view.zero_at, what="started")
    if view.locked_at is not None:
        yield AuditLine(at=view.locked_at, what="locked")
    for stage in (Stage.PROVISIONAL, Stage.OFFICIAL):
        found = queries.published(session, view.id, stage.value)
        if found is not None:
            yield AuditLine(at=found.published_at, what=stage.value, detail=found.sha256)


def _of_cases(session: Session, race: UUID) -> Iterator[AuditLine]:
    for one in queries.cases(session, race):
        yield AuditLine(
            at=one.opened_at, what="case_opened", detail=one.kind, bibs=one.bibs, case=one.id
        )
        if one.closed_at is not None:
            yield AuditLine(
                at=one.closed_at,
                what="case_closed",
                by=one.closed_by,
                detail=one.verdict,
                bibs=one.bibs,
                case=one.id,
            )


def _of_protests(session: Session, race: UUID) -> Iterator[AuditLine]:
    for one in queries.protests(session, race):
        yield AuditLine(
            at=one.lodged_at,
            what="protest_lodged",
            by=one.member,
            detail=one.text,
            bibs=(one.bib,),
            protest=one.id,
        )
        if one.answered_at is not None:
            yield AuditLine(
                at=one.answered_at,
                what="protest_upheld" if one.upheld else "protest_refused",
                by=one.answered_by,
                detail=one.answer,
                bibs=(one.bib,),
                protest=one.id,
            )


def _of_decisions(session: Session, race: UUID) -> Iterator[AuditLine]:
    for one in queries.decisions(session, race):
        steps = (
            ("decision_staged", one.staged_at, one.staged_by),
            ("decision_applied", one.applied_at, one.applied_by),
            ("decision_dropped", one.dropped_at, one.dropped_by),
            ("decision_undone", one.undone_at, one.undone_by),
        )
        for what, at, by in steps:
            if at is not None:
                yield AuditLine(
                    at=at,
                    what=what,
                    by=by,
                    detail=one.reason,
                    bibs=one.terms.concerned,
                    decision=one.id,
                )
