"""Decisions: staged with the difference they make, applied or dropped as a whole, undone by a fact.

A decision is dated at a moment of the race. What is applied is what was shown, byte by byte: the
results at that moment, with the facts of the decision, are computed again in the transaction that
appends them. Nothing is ever edited.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.base import Fact
from events.competition import DecisionApplied
from events.race import DecisionUndone
from psot.course import operations as course
from psot.database import new_id
from psot.jury.errors import Decided, RaceMoved, TermsInvalid, UnknownDecision
from psot.jury.models import Case, Decision, Protest
from psot.jury.results import snapshot
from psot.jury.rows import Sheet, locked, require_judged
from psot.jury.terms import LARGEST_MS, Kind, Terms, stored_terms
from psot.ledger import append
from psot.observability.logs import security_log
from psot.races import operations as races
from psot.races import queries as race_queries
from psot.races.stages import Stage
from psot.races.values import RaceView

LONGEST_REASON = 1000


def stage(
    session: Session,
    race: UUID,
    terms: Terms,
    *,
    reason: str,
    by: UUID,
    now: datetime,
    protest: UUID | None = None,
    case: UUID | None = None,
) -> UUID:
    """Stage a decision and keep the difference it would make; nothing of the race changes.

    Raises OffStage, TermsInvalid for terms that do not fit the race, NotTakenIn.
    """
    view = locked(session, race)
    require_judged(view)
    reason = reason.strip()
    _require_fit(session, view, terms, reason)
    row = Decision(
        id=new_id(),
        race=race,
        kind=terms.kind.value,
        terms={},
        reason=reason,
        protest=_of_race(session, Protest, protest, race),
        case_id=_of_race(session, Case, case, race),
        staged_at=now,
        staged_by=by,
    )
    _show(Sheet(session, view), row, terms, now)
    session.add(row)
    session.flush()
    _log("decision_staged", row, by)
    return row.id


def refresh(session: Session, decision: UUID, *, now: datetime) -> None:
    """Show a staged decision's difference anew, against the race as it is now.

    Raises UnknownDecision, Decided, OffStage, NotTakenIn.
    """
    row, view = _open(session, decision)
    _show(Sheet(session, view), row, stored_terms(row.kind, row.terms), now)
    session.flush()


def apply(session: Session, decision: UUID, *, by: UUID, now: datetime) -> None:
    """Apply a staged decision as a whole: exactly what was shown, or nothing at all.

    Raises UnknownDecision, Decided, OffStage, NotTakenIn, and RaceMoved where the results at the
    decision's moment are not those it was shown against.
    """
    row, view = _open(session, decision)
    sheet = Sheet(session, view)
    sheet.require_taken_in()
    terms, t_ms = stored_terms(row.kind, row.terms), int(row.terms["t_ms"])
    facts = terms.facts(view.id, row.id, t_ms)
    before = snapshot(sheet.results(until_ms=t_ms))
    after = snapshot(sheet.results(*facts, until_ms=t_ms))
    if (row.terms["told"], row.before, row.after) != (sheet.told, before, after):
        raise RaceMoved(
            _("The race changed since the difference was shown. Look at it anew."),
            subject=view.title,
        )
    for fact in facts:
        _tell(session, view, fact, now)
    applied = DecisionApplied(race=view.id, decision=row.id, by=by, kind=row.kind)
    append(session, applied, key=str(row.id), occurred_at=now)
    row.applied_at, row.applied_by = now, by
    session.flush()
    _on_course(session, view, terms.bibs, sheet.results(*facts))
    _log("decision_applied", row, by)


def drop(session: Session, decision: UUID, *, by: UUID, now: datetime) -> None:
    """Drop a staged decision; it stays on record. Raises UnknownDecision, Decided."""
    row = _locked(session, decision)[0]
    _require_staged(row)
    row.dropped_at, row.dropped_by = now, by
    session.flush()
    _log("decision_dropped", row, by)


def undo(session: Session, decision: UUID, *, by: UUID, now: datetime) -> None:
    """Undo an applied decision as a whole by a fact; the results are as if it had never been.

    Raises UnknownDecision, Decided, OffStage, NotTakenIn.
    """
    row, view = _locked(session, decision)
    if row.applied_at is None or row.undone_at is not None:
        raise Decided(_("This decision is not in force."), subject=view.title)
    require_judged(view)
    sheet = Sheet(session, view)
    sheet.require_taken_in()
    fact = DecisionUndone(race=view.id, t_ms=sheet.moment_ms(now), decision=row.id)
    _tell(session, view, fact, now)
    row.undone_at, row.undone_by = now, by
    session.flush()
    bibs = stored_terms(row.kind, row.terms).bibs
    _on_course(session, view, bibs, sheet.results(without=row.id))
    _log("decision_undone", row, by)


def _open(session: Session, decision: UUID) -> tuple[Decision, RaceView]:
    row, view = _locked(session, decision)
    _require_staged(row)
    require_judged(view)
    return row, view


def _locked(session: Session, decision: UUID) -> tuple[Decision, RaceView]:
    race = session.scalar(select(Decision.race).where(Decision.id == decision))
    if race is None:
        raise UnknownDecision(_("There is no such decision."), subject=str(decision))
    view = locked(session, race)
    return session.get_one(Decision, decision, populate_existing=True), view


def _require_staged(row: Decision) -> None:
    if row.applied_at is not None or row.dropped_at is not None:
        raise Decided(_("This decision was applied or dropped before."), subject=str(row.id))


def _show(sheet: Sheet, row: Decision, terms: Terms, now: datetime) -> None:
    """Write down what the decision would change at its moment."""
    sheet.require_taken_in()
    t_ms = sheet.moment_ms(now)
    row.terms = {**terms.stored(), "t_ms": t_ms, "told": sheet.told}
    row.before = snapshot(sheet.results(until_ms=t_ms))
    row.after = snapshot(sheet.results(*terms.facts(sheet.view.id, row.id, t_ms), until_ms=t_ms))


def _tell(session: Session, view: RaceView, fact: Fact, now: datetime) -> None:
    """Append a ruling under the race's next key."""
    number = races.count_told(session, view.id)
    append(session, fact, key=f"{view.id}:jury:{number}", occurred_at=now)


def _on_course(
    session: Session, view: RaceView, bibs: Sequence[int], results: Mapping[str, Any]
) -> None:
    """While the race runs, let those of ``bibs`` who are out race no more, and the others go on."""
    if view.stage is not Stage.RUNNING:
        return
    marks = {line["bib"]: line["irm"] for line in results["results"]}
    for bib in bibs:
        if marks[bib] is None:
            course.let_in(session, view.id, bib)
        else:
            course.take_out(session, view.id, bib, marks[bib])


def _require_fit(session: Session, view: RaceView, terms: Terms, reason: str) -> None:
    wrong: dict[str, list[str]] = {}
    if not reason or len(reason) > LONGEST_REASON:
        wrong["reason"] = [str(_("Give a reason of at most 1,000 characters."))]
    if terms.kind is Kind.VOID:
        asked = {one.question.id for one in race_queries.question_set(session, view.id)}
        if terms.question not in asked:
            wrong["question"] = [str(_("Choose a question of this race."))]
    else:
        listed = {one.bib for one in race_queries.start_list(session, view.id)}
        unknown = [bib for bib in terms.concerned if bib not in listed]
        if unknown or not terms.concerned:
            wrong["bibs"] = [str(_("Name numbers of the start list."))]
    if terms.kind is Kind.ADJUST and not all(0 < abs(ms) <= LARGEST_MS for ms in terms.ms.values()):
        wrong["bibs"] = [str(_("An adjustment is more than nothing and at most a day."))]
    if wrong:
        raise TermsInvalid(
            _("This decision does not fit the race."), subject=view.title, fields=wrong
        )


def _of_race(
    session: Session, table: type[Case] | type[Protest], found: UUID | None, race: UUID
) -> UUID | None:
    """Return the case or protest a decision comes from, where it is one of this race."""
    return session.scalar(select(table.id).where(table.id == found, table.race == race))


def _log(what: str, row: Decision, by: UUID) -> None:
    security_log().info(
        what, member=str(by), race=str(row.race), decision=str(row.id), kind=row.kind
    )
