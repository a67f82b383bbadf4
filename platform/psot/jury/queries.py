"""What other rooms and pages may ask about the jury's office."""

import json
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from psot.jury.difference import difference
from psot.jury.errors import UnknownCase, UnknownDecision, UnknownProtest
from psot.jury.models import Case, Decision, Protest, ProtocolRow
from psot.jury.rows import Sheet
from psot.jury.terms import Kind, stored_terms
from psot.jury.values import (
    CaseView,
    DecisionView,
    Office,
    ProtestView,
    Publication,
    Published,
)
from psot.races import queries as races


def published(session: Session, race: UUID, stage: str | None = None) -> Published | None:
    """Return the protocol of ``stage``, the newest where none is named; None without one."""
    wanted = select(ProtocolRow).where(ProtocolRow.race == race)
    if stage is not None:
        wanted = wanted.where(ProtocolRow.stage == stage)
    row = session.scalars(wanted.order_by(ProtocolRow.published_at.desc())).first()
    if row is None:
        return None
    return Published(
        stage=row.stage,
        body=json.loads(row.body),
        sha256=row.sha256,
        published_at=row.published_at,
    )


def publications(session: Session, race: UUID) -> list[Publication]:
    """Return which protocols of a race were published, the newest first, without reading them."""
    rows = session.execute(
        select(ProtocolRow.race, ProtocolRow.stage, ProtocolRow.sha256, ProtocolRow.published_at)
        .where(ProtocolRow.race == race)
        .order_by(ProtocolRow.published_at.desc())
    )
    return [Publication(**row._asdict()) for row in rows]


def fingerprints(session: Session, stage: str) -> dict[UUID, str]:
    """Return the hash of the newest protocol of ``stage`` of every race that has one."""
    rows = session.execute(
        select(ProtocolRow.race, ProtocolRow.sha256)
        .where(ProtocolRow.stage == stage)
        .order_by(ProtocolRow.published_at)
    )
    return {row.race: row.sha256 for row in rows}


def current(session: Session, race: UUID) -> dict[str, Any]:
    """Return ``results`` and ``teams`` as the log makes them now, every decision in force in it.

    Raises UnknownRace. Computes the whole race: for a page, not for a board.
    """
    return Sheet(session, races.race(session, race)).results()


def voided(session: Session, race: UUID) -> frozenset[str]:
    """Return the questions that decisions in force made void."""
    rows = session.scalars(
        select(Decision).where(
            Decision.race == race,
            Decision.kind == Kind.VOID.value,
            Decision.applied_at.is_not(None),
            Decision.undone_at.is_(None),
        )
    )
    return frozenset(str(row.terms["question"]) for row in rows)


def office(session: Session, ids: Collection[UUID]) -> dict[UUID, Office]:
    """Return for each race how many open cases and protests and staged decisions wait."""
    wanted = [
        select(Case.race, func.count())
        .where(Case.race.in_(ids), Case.closed_at.is_(None))
        .group_by(Case.race),
        select(Protest.race, func.count())
        .where(Protest.race.in_(ids), Protest.answered_at.is_(None))
        .group_by(Protest.race),
        select(Decision.race, func.count())
        .where(
            Decision.race.in_(ids),
            Decision.applied_at.is_(None),
            Decision.dropped_at.is_(None),
        )
        .group_by(Decision.race),
    ]
    cases, protests, decisions = (
        {row[0]: int(row[1]) for row in session.execute(one)} for one in wanted
    )
    return {
        one: Office(
            cases=cases.get(one, 0),
            protests=protests.get(one, 0),
            decisions=decisions.get(one, 0),
        )
        for one in ids
    }


def cases(session: Session, race: UUID) -> list[CaseView]:
    """Return the cases of a race: the open ones first, the newest of each first."""
    rows = session.scalars(
        select(Case)
        .where(Case.race == race)
        .order_by(Case.closed_at.is_not(None), Case.opened_at.desc(), Case.id)
    )
    return [_case(row) for row in rows]


def case(session: Session, race: UUID, found: UUID) -> CaseView:
    """Return a case of ``race``. Raises UnknownCase."""
    row = session.get(Case, found)
    if row is None or row.race != race:
        raise UnknownCase(_("There is no such case."), subject=str(found))
    return _case(row)


def protests(session: Session, race: UUID) -> list[ProtestView]:
    """Return the protests of a race, in the order in which they were lodged."""
    rows = session.scalars(
        select(Protest).where(Protest.race == race).order_by(Protest.lodged_at, Protest.id)
    )
    return [_protest(row) for row in rows]


def protest(session: Session, race: UUID, found: UUID) -> ProtestView:
    """Return a protest of ``race``. Raises UnknownProtest."""
    row = session.get(Protest, found)
    if row is None or row.race != race:
        raise UnknownProtest(_("There is no such protest."), subject=str(found))
    return _protest(row)


def decisions(session: Session, race: UUID) -> list[DecisionView]:
    """Return the decisions of a race, the newest first."""
    rows = session.scalars(
        select(Decision)
        .where(Decision.race == race)
        .order_by(Decision.staged_at.desc(), Decision.id)
    )
    return [_decision(row) for row in rows]


def decision(session: Session, race: UUID, found: UUID) -> DecisionView:
    """Return a decision of ``race``. Raises UnknownDecision."""
    row = session.get(Decision, found)
    if row is None or row.race != race:
        raise UnknownDecision(_("There is no such decision."), subject=str(found))
    return _decision(row)


def open_cases(found: Iterable[CaseView]) -> list[CaseView]:
    """Return those that nobody has closed."""
    return [one for one in found if one.closed_at is None]


def _case(row: Case) -> CaseView:
    return CaseView(
        id=row.id,
        race=row.race,
        kind=row.kind,
        bibs=tuple(row.bibs),
        evidence=row.evidence,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        verdict=row.verdict,
    )


def _protest(row: Protest) -> ProtestView:
    return ProtestView(
        id=row.id,
        race=row.race,
        bib=row.bib,
        member=row.member,
        question=row.question,
        text=row.text,
        lodged_at=row.lodged_at,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        upheld=row.upheld,
        answer=row.answer,
    )


def _decision(row: Decision) -> DecisionView:
    return DecisionView(
        id=row.id,
        race=row.race,
        kind=Kind(row.kind),
        terms=stored_terms(row.kind, row.terms),
        t_ms=int(row.terms["t_ms"]),
        reason=row.reason,
        protest=row.protest,
        case=row.case_id,
        staged_at=row.staged_at,
        staged_by=row.staged_by,
        before=row.before,
        after=row.after,
        difference=difference(row.before, row.after),
        applied_at=row.applied_at,
        applied_by=row.applied_by,
        dropped_at=row.dropped_at,
        dropped_by=row.dropped_by,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )
