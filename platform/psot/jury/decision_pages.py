"""One decision: staged out of a form, a case or a protest, shown with the difference it makes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from psot import clock
from psot.database import transaction
from psot.errors import Conflict
from psot.jury import operations, queries
from psot.jury.desk import judge, racers_of
from psot.jury.errors import RaceMoved, TermsInvalid
from psot.jury.pages import blueprint, question_texts
from psot.jury.terms import Kind, Terms, read_adjustments, read_bibs, written_adjustments
from psot.jury.values import JUDGED, CaseView
from psot.members.queries import public_names
from psot.races import queries as races

Act = Callable[[Session, UUID, UUID, datetime], None]


def _apply(session: Session, decision: UUID, by: UUID, now: datetime) -> None:
    operations.apply(session, decision, by=by, now=now)


def _drop(session: Session, decision: UUID, by: UUID, now: datetime) -> None:
    operations.drop(session, decision, by=by, now=now)


def _undo(session: Session, decision: UUID, by: UUID, now: datetime) -> None:
    operations.undo(session, decision, by=by, now=now)


ACTS: Final[dict[str, tuple[Act, object]]] = {
    "apply": (_apply, lazy_gettext("The decision is in force.")),
    "drop": (_drop, lazy_gettext("The decision is dropped; nothing changed.")),
    "undo": (_undo, lazy_gettext("The decision is undone; the results are as they were.")),
}


@blueprint.get("/jury/races/<uuid:race_id>/decisions/new")
def new_decision(race_id: UUID) -> str:
    """Ask what is to be decided; a case or a protest fills in what it is about."""
    return _form(race_id, _filled(race_id))


@blueprint.post("/jury/races/<uuid:race_id>/decisions")
def stage_decision(race_id: UUID) -> ResponseReturnValue:
    """Stage what the form says and show the difference it would make."""
    try:
        with transaction() as session:
            made = operations.stage(
                session,
                race_id,
                _terms(request.form),
                reason=request.form.get("reason", ""),
                by=judge(),
                now=clock.now(),
                protest=_id("protest"),
                case=_id("case"),
            )
    except TermsInvalid as error:
        return _form(race_id, dict(request.form), problems=error.fields), error.status
    except Conflict as error:
        flash(str(error.message), "warning")
        return _form(race_id, dict(request.form)), error.status
    return _to(race_id, made)


@blueprint.get("/jury/races/<uuid:race_id>/decisions/<uuid:decision_id>")
def decision(race_id: UUID, decision_id: UUID) -> str:
    """Show a decision: what it does, why, and what it changes."""
    with transaction() as session:
        view = races.race(session, race_id)
        found = queries.decision(session, race_id, decision_id)
        racers = racers_of(session, race_id)
        texts = question_texts(session, race_id)
        people = {found.staged_by, found.applied_by, found.dropped_by, found.undone_by} - {None}
        names = public_names(session, [one for one in people if one])
    return render_template(
        "jury/decision.html",
        race=view,
        found=found,
        racers=racers,
        texts=texts,
        names=names,
        judged=view.stage in JUDGED,
    )


@blueprint.post("/jury/races/<uuid:race_id>/decisions/<uuid:decision_id>/<act>")
def act_on_decision(race_id: UUID, decision_id: UUID, act: str) -> ResponseReturnValue:
    """Apply, drop or undo a decision, or show it against the race as it is now."""
    if act == "refresh":
        return _refreshed(race_id, decision_id)
    if act not in ACTS or not request.form.get("confirmed"):
        flash(gettext("Confirm that this is meant."), "warning")
        return _to(race_id, decision_id)
    do, said = ACTS[act]
    try:
        with transaction() as session:
            queries.decision(session, race_id, decision_id)
            do(session, decision_id, judge(), clock.now())
    except RaceMoved as error:
        flash(str(error.message), "warning")
        return _refreshed(race_id, decision_id)
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(str(said), "success")
    return _to(race_id, decision_id)


def _refreshed(race_id: UUID, decision_id: UUID) -> Response:
    try:
        with transaction() as session:
            queries.decision(session, race_id, decision_id)
            operations.refresh(session, decision_id, now=clock.now())
    except Conflict as error:
        flash(str(error.message), "warning")
    return _to(race_id, decision_id)


def _terms(form: Mapping[str, str]) -> Terms:
    """Read the terms out of the form. Raises TermsInvalid naming the field that cannot be read."""
    kind = form.get("kind", "")
    if kind not in set(Kind):
        raise _unreadable("kind", gettext("Choose what is to be decided."))
    if kind == Kind.VOID:
        return Terms(kind=Kind.VOID, question=form.get("question", ""))
    if kind == Kind.ADJUST:
        try:
            return Terms(kind=Kind.ADJUST, ms=read_adjustments(form.get("adjustments", "")))
        except ValueError:
            message = gettext("Write a number and seconds on each line, such as: 12 -4.5")
            raise _unreadable("adjustments", message) from None
    try:
        return Terms(kind=Kind(kind), bibs=read_bibs(form.get("bibs", "")))
    except ValueError:
        message = gettext("Write the racers' numbers, apart by commas.")
        raise _unreadable("bibs", message) from None


def _unreadable(field: str, message: str) -> TermsInvalid:
    return TermsInvalid(message, fields={field: [message]})


def _filled(race_id: UUID) -> dict[str, Any]:
    """Return what the form begins with: nothing, or what a case or a protest is about."""
    filled: dict[str, Any] = {"kind": request.args.get("kind", "")}
    with transaction() as session:
        if (case := _id("case")) is not None:
            filled |= {"case": str(case)} | _of_case(queries.case(session, race_id, case))
        if (protest := _id("protest")) is not None:
            found = queries.protest(session, race_id, protest)
            filled |= {"protest": str(protest), "bibs": str(found.bib)}
            filled |= {"adjustments": f"{found.bib} "}
            if found.question is not None:
                filled |= {"question": found.question, "kind": Kind.VOID.value}
    return filled


def _of_case(case: CaseView) -> dict[str, Any]:
    bibs = ", ".join(str(one) for one in case.bibs)
    if case.kind != "outage":
        return {"bibs": bibs, "adjustments": "\n".join(f"{one} " for one in case.bibs)}
    lost_ms = {int(bib): -ms for bib, ms in case.evidence["lost_ms"].items()}
    return {
        "kind": Kind.ADJUST.value,
        "bibs": bibs,
        "adjustments": written_adjustments(lost_ms),
        "reason": gettext("The service did not answer: the time lost on the course is given back."),
    }


def _form(
    race_id: UUID, filled: Mapping[str, Any], *, problems: dict[str, list[str]] | None = None
) -> str:
    with transaction() as session:
        view = races.race(session, race_id)
        texts = question_texts(session, race_id)
    return render_template(
        "jury/decision_form.html",
        race=view,
        texts=texts,
        filled=filled,
        problems=problems or {},
        kinds=list(Kind),
    )


def _id(name: str) -> UUID | None:
    """Return the id that the address or the form names, None where it names none."""
    try:
        return UUID(request.values.get(name, ""))
    except ValueError:
        return None


def _to(race_id: UUID, decision_id: UUID) -> Response:
    return redirect(url_for("jury.decision", race_id=race_id, decision_id=decision_id), 303)
