"""A run: its page, its actions as JSON, its end, its debrief."""

from typing import Any
from uuid import UUID

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from psot import clock
from psot.database import transaction
from psot.errors import PsotError
from psot.library import queries as library
from psot.workplace import live, operations, queries
from psot.workplace.debrief import debrief as debrief_of
from psot.workplace.errors import ActionRefused, BadAction, Gap, RunOver
from psot.workplace.pages import blueprint, me, private, to_run, wants_json
from psot.workplace.schemas import read_path, read_sent
from psot.workplace.values import RunView
from psot.workplace.wording import ENDINGS, KINDS, MODES, VERDICTS, language
from psot.workplace.words import words

__all__: list[str] = []

LARGEST_BYTES = 64_000


@blueprint.get("/workplace/runs/<uuid:run_id>")
def run(run_id: UUID) -> ResponseReturnValue:
    """Show the screen of a run; everything that moves on it comes by script."""
    found = _settled(run_id)
    if found.ended_at is not None:
        return redirect(url_for("workplace.debrief", run_id=run_id), 303)
    with transaction() as session:
        page = _page(session, found)
    return private(
        render_template(
            "workplace/run.html",
            given=page,
            words=words(),
            here=url_for("workplace.run", run_id=run_id),
            home=url_for("workplace.scenario", scenario=found.scenario),
        )
    )


@blueprint.get("/workplace/runs/<uuid:run_id>.json")
def run_json(run_id: UUID) -> Response:
    """Tell where a run stands."""
    found = _settled(run_id)
    with transaction() as session:
        return private(jsonify(_page(session, found)))


@blueprint.post("/workplace/runs/<uuid:run_id>/actions")
def act(run_id: UUID) -> ResponseReturnValue:
    """Take an action; the same one under the same number gets the same answer."""
    try:
        nth, action = read_sent(_sent())
        with transaction() as session:
            taken = operations.act(
                session, member=me().id, run=run_id, nth=nth, action=action, now=clock.now()
            )
            found = taken.run
            row = library.scenario(session, found.scenario, found.version).row
    except PsotError as error:
        if isinstance(error, RunOver):
            _settled(run_id)
        return private((_refusal(run_id, error), error.status))
    if not taken.repeated:
        live.publish(taken.group)
    effects = queries.told(row, taken.effects, seed=found.seed, language=language())
    return private(jsonify(answer={"nth": nth, "effects": effects}))


@blueprint.post("/workplace/runs/<uuid:run_id>/path")
def path(run_id: UUID) -> ResponseReturnValue:
    """Keep a stretch of the way walked."""
    try:
        points = read_path(_sent())
        with transaction() as session:
            kept = operations.walk(
                session, member=me().id, run=run_id, points=points, now=clock.now()
            )
    except PsotError as error:
        return private((_refusal(run_id, error), error.status))
    return private(jsonify(kept=kept))


@blueprint.post("/workplace/runs/<uuid:run_id>/stop")
def stop(run_id: UUID) -> Response:
    """Leave a run with what is done."""
    with transaction() as session:
        found = operations.stop(session, member=me().id, run=run_id, now=clock.now())
        group = queries.group_of_run(session, found)
    live.publish(group)
    address = url_for("workplace.debrief", run_id=run_id)
    return private(jsonify(debrief=address)) if wants_json() else redirect(address, 303)


@blueprint.get("/workplace/runs/<uuid:run_id>/debrief")
def debrief(run_id: UUID) -> ResponseReturnValue:
    """Walk through what was missed in an ended run; one that goes on goes on."""
    found = _settled(run_id)
    if found.ended_at is None:
        return to_run(run_id)
    with transaction() as session:
        told = debrief_of(session, found, language=language())
        of_scenario = library.scenario(session, found.scenario, found.version)
        content_language = library.packs(session)
        published = library.scenarios(session).get(found.scenario)
    page = render_template(
        "workplace/debrief.html",
        run=found,
        told=told,
        scenario=of_scenario,
        published=published,
        packs=content_language,
        kinds=KINDS,
        verdicts=VERDICTS,
        endings=ENDINGS,
        modes=MODES,
        words=words(),
    )
    return private(page)


def _settled(run_id: UUID) -> RunView:
    """Return the reader's run, ended where its time is up: that stands whatever comes after."""
    now = clock.now()
    with transaction() as session:
        queries.run(session, member=me().id, run=run_id)
        ended = operations.settle(session, run=run_id, now=now)
    with transaction() as session:
        found = queries.run(session, member=me().id, run=run_id)
        group = queries.group_of_run(session, found)
    if ended:
        live.publish(group)
    return found


def _page(session: Session, found: RunView) -> dict[str, Any]:
    return queries.run_page(session, found, language=language(), now=clock.now())


def _sent() -> object:
    if (request.content_length or 0) > LARGEST_BYTES:
        raise BadAction("")
    return request.get_json(silent=True)


def _refusal(run_id: UUID, error: PsotError) -> Response:
    """Return ``Refusal`` of the front end's types.ts; with a gap, where the run stands."""
    code = error.reason if isinstance(error, ActionRefused) else error.code
    told: dict[str, Any] = {"error": {"code": code, "message": str(error.message)}}
    if isinstance(error, Gap | RunOver):
        with transaction() as session:
            found = queries.run(session, member=me().id, run=run_id)
            told["run"] = _page(session, found)
    return jsonify(told)
