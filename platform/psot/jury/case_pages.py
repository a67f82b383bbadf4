"""One case and one protest: what was found or said, and the jury's word to it."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from psot import clock
from psot.course import queries as course
from psot.database import transaction
from psot.errors import Conflict
from psot.jury import operations, queries
from psot.jury.desk import back, judge, racers_of
from psot.jury.errors import ProtestInvalid, TermsInvalid
from psot.jury.pages import blueprint, question_texts
from psot.jury.values import JUDGED
from psot.members.queries import public_names
from psot.races import queries as races


@blueprint.get("/jury/races/<uuid:race_id>/cases/<uuid:case_id>")
def case(race_id: UUID, case_id: UUID) -> str:
    """Show a case with its evidence and what the connection of its racers was like."""
    return _case(race_id, case_id)


@blueprint.post("/jury/races/<uuid:race_id>/cases/<uuid:case_id>/close")
def close_case(race_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Close a case with a verdict."""
    verdict = request.form.get("verdict", "")
    try:
        with transaction() as session:
            queries.case(session, race_id, case_id)
            operations.close(session, case_id, verdict=verdict, by=judge(), now=clock.now())
    except TermsInvalid as error:
        return _case(race_id, case_id, problems=error.fields["verdict"]), error.status
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(gettext("The case is closed."), "success")
    return back(race_id)


@blueprint.get("/jury/races/<uuid:race_id>/protests/<uuid:protest_id>")
def protest(race_id: UUID, protest_id: UUID) -> str:
    """Show a protest with the task it is about."""
    return _protest(race_id, protest_id)


@blueprint.post("/jury/races/<uuid:race_id>/protests/<uuid:protest_id>/answer")
def answer_protest(race_id: UUID, protest_id: UUID) -> ResponseReturnValue:
    """Answer a protest; the racer is written to."""
    told = request.form.get("upheld", "")
    if told not in {"yes", "no"}:
        problems = {"upheld": [gettext("Choose whether it is upheld.")]}
        return _protest(race_id, protest_id, problems=problems), 422
    try:
        with transaction() as session:
            queries.protest(session, race_id, protest_id)
            operations.answer(
                session,
                protest_id,
                upheld=told == "yes",
                text=request.form.get("answer", ""),
                by=judge(),
                now=clock.now(),
            )
    except ProtestInvalid as error:
        return _protest(race_id, protest_id, problems=error.fields), error.status
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(gettext("The protest is answered, and the racer is written to."), "success")
    return redirect(url_for("jury.protest", race_id=race_id, protest_id=protest_id), 303)


def _case(race_id: UUID, case_id: UUID, *, problems: list[str] | None = None) -> str:
    with transaction() as session:
        view = races.race(session, race_id)
        found = queries.case(session, race_id, case_id)
        racers = racers_of(session, race_id)
        runs = {one.bib: one for one in course.runs(session, race_id) if one.bib in found.bibs}
        names = public_names(session, [found.closed_by] if found.closed_by else [])
        decisions = [one for one in queries.decisions(session, race_id) if one.case == case_id]
    return render_template(
        "jury/case.html",
        race=view,
        found=found,
        racers=racers,
        runs=runs,
        names=names,
        decisions=decisions,
        problems=problems or [],
        judged=view.stage in JUDGED,
    )


def _protest(
    race_id: UUID, protest_id: UUID, *, problems: dict[str, list[str]] | None = None
) -> str:
    with transaction() as session:
        view = races.race(session, race_id)
        found = queries.protest(session, race_id, protest_id)
        racers = racers_of(session, race_id)
        texts = question_texts(session, race_id)
        tasks = [
            one
            for one in course.tasks(session, race_id, found.bib)
            if one.question == found.question
        ]
        names = public_names(session, [found.answered_by] if found.answered_by else [])
        decisions = [
            one for one in queries.decisions(session, race_id) if one.protest == protest_id
        ]
    return render_template(
        "jury/protest.html",
        race=view,
        found=found,
        racers=racers,
        texts=texts,
        tasks=tasks,
        names=names,
        decisions=decisions,
        problems=problems or {},
        judged=view.stage in JUDGED,
        answer=request.form.get("answer", ""),
    )
