"""Pages for everybody: the proof of a race, and its protests."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from psot import clock
from psot.course import queries as course
from psot.database import transaction
from psot.errors import Conflict
from psot.jury import checking, operations, protests, queries, words
from psot.jury import proof as proofs
from psot.jury.errors import ProtestInvalid
from psot.members.queries import current_member
from psot.races import queries as races
from psot.races.proof import canonical
from psot.races.stages import KEYS_OPEN, RESULTS, Stage
from psot.races.values import RaceView
from psot.standings.words import clock as clock_time

blueprint = Blueprint("jury", __name__, template_folder="templates")


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    """Let the jury's templates name what they show."""
    return {"jury_words": words, "race_clock": clock_time}


@blueprint.get("/races/<uuid:race_id>/proof")
def proof(race_id: UUID) -> str:
    """Show what was committed to, what was published, and how to check all of it."""
    with transaction() as session:
        view = visible(session, race_id)
        document = proofs.document(session, view)
    return render_template(
        "jury/proof.html",
        race=view,
        document=document,
        checks=list(checking.check(document)),
        official=view.stage is Stage.OFFICIAL,
    )


@blueprint.get("/races/<uuid:race_id>/proof.json")
def proof_file(race_id: UUID) -> Response:
    """Give the proof as a file that `psot race proof` and anybody's program can read."""
    with transaction() as session:
        document = proofs.document(session, visible(session, race_id))
    answer = Response(canonical(document), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="proof-{race_id}.json"'
    return answer


@blueprint.get("/races/<uuid:race_id>/protests")
def protest_list(race_id: UUID) -> str:
    """List the protests of a race; the own ones in full, the others without who and what."""
    return _protests(race_id)


@blueprint.post("/races/<uuid:race_id>/protests")
def lodge(race_id: UUID) -> ResponseReturnValue:
    """Lodge a protest of the reader."""
    viewer = current_member()
    if viewer is None:  # the door lets members only in; this is its second bolt
        abort(401)
    told = request.form.get("task", "")
    task = int(told) if told.isascii() and told.isdecimal() and len(told) < 7 else None  # noqa: PLR2004 - digits of a task
    try:
        with transaction() as session:
            visible(session, race_id)
            operations.lodge(
                session,
                race_id,
                viewer.id,
                text=request.form.get("text", ""),
                task=task,
                now=clock.now(),
            )
    except ProtestInvalid as error:
        return _protests(race_id, problems=error.fields), error.status
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(gettext("Your protest is lodged. The jury answers here and by mail."), "success")
    return redirect(url_for("jury.protest_list", race_id=race_id), 303)


def visible(session: Session, race_id: UUID) -> RaceView:
    """Return a race that the reader may see. Raises UnknownRace."""
    viewer = current_member()
    return races.visible_race(
        session,
        race_id,
        member=viewer.id if viewer else None,
        roles=viewer.roles if viewer else frozenset(),
    )


def question_texts(session: Session, race_id: UUID) -> dict[str, str]:
    """Return what the questions of a race ask, without options and keys."""
    return {one.question.id: one.question.text for one in races.question_set(session, race_id)}


def _protests(race_id: UUID, *, problems: dict[str, list[str]] | None = None) -> str:
    viewer = current_member()
    with transaction() as session:
        view = visible(session, race_id)
        found = queries.protests(session, race_id)
        bib = races.bib_of(session, race_id, viewer.id) if viewer else None
        own_tasks = (
            course.tasks(session, race_id, bib)
            if bib is not None and view.stage in KEYS_OPEN
            else []
        )
        texts = question_texts(session, race_id) if own_tasks else {}
        decisions = (
            [one for one in queries.decisions(session, race_id) if one.in_force]
            if view.stage in RESULTS
            else []
        )
    now = clock.now()
    return render_template(
        "jury/protests.html",
        race=view,
        own=[one for one in found if viewer is not None and one.member == viewer.id],
        others=[one for one in found if viewer is None or one.member != viewer.id],
        bib=bib,
        open=protests.window_open(view, now),
        tasks=own_tasks,
        decisions=decisions,
        texts=texts,
        problems=problems or {},
        text=request.form.get("text", ""),
        task=request.form.get("task", ""),
    )
