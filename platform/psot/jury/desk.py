"""The jury's desk: what waits for it in every race, and one race with all of its office."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from psot import clock
from psot.course import operations as course
from psot.database import transaction
from psot.errors import Conflict
from psot.jury import audit, operations, queries
from psot.jury.difference import Difference, difference
from psot.jury.pages import blueprint, question_texts
from psot.jury.results import snapshot
from psot.jury.values import JUDGED
from psot.members.queries import current_member, public_names
from psot.races import queries as races
from psot.races.stages import RESULTS, Stage
from psot.races.values import Racer, RaceView

LISTED: Final = (
    Stage.RUNNING,
    Stage.LOCKED,
    Stage.PROVISIONAL,
    Stage.ZEROING,
    Stage.OFFICIAL,
)
NEVER: Final = datetime.min.replace(tzinfo=UTC)
SHOWN_OVER: Final = 20
"""Official races listed: the newest."""
AUDIT_SHOWN: Final = 200

Move = Callable[[Session, UUID, datetime, UUID], object]


def _lock(session: Session, race: UUID, now: datetime, by: UUID) -> object:
    return course.close(session, race, now, by=by)


def _provisional(session: Session, race: UUID, now: datetime, by: UUID) -> object:
    return operations.publish(session, race, Stage.PROVISIONAL, now=now, by=by)


def _official(session: Session, race: UUID, now: datetime, by: UUID) -> object:
    return operations.publish(session, race, Stage.OFFICIAL, now=now, by=by)


# What the jury may do to a race by hand: from which stage, the act, and what is said afterwards.
MOVES: Final[dict[str, tuple[Stage, Move, object]]] = {
    "lock": (Stage.RUNNING, _lock, lazy_gettext("The race is locked. Nothing more is taken.")),
    "provisional": (
        Stage.LOCKED,
        _provisional,
        lazy_gettext("The provisional protocol is published; the protest window is open."),
    ),
    "official": (
        Stage.PROVISIONAL,
        _official,
        lazy_gettext("The official protocol is published, and the secret of the draws with it."),
    ),
}


@blueprint.get("/jury/races")
def jury_races() -> str:
    """List the races with something for the jury, those under way first."""
    with transaction() as session:
        found = [one for one in races.races_in(session, LISTED) if one.practice_of is None]
        found.sort(key=_newest, reverse=True)
        listed = [
            *(one for stage in LISTED[:-1] for one in found if one.stage is stage),
            *[one for one in found if one.stage is Stage.OFFICIAL][:SHOWN_OVER],
        ]
        waiting = queries.office(session, [one.id for one in listed])
    return render_template("jury/races.html", races=listed, waiting=waiting)


@blueprint.get("/jury/races/<uuid:race_id>")
def jury_race(race_id: UUID) -> str:
    """Show a race's office: cases, protests, decisions, protocols, the audit log."""
    with transaction() as session:
        view = races.race(session, race_id)
        racers = racers_of(session, race_id)
        cases = queries.cases(session, race_id)
        decisions = queries.decisions(session, race_id)
        lines = audit.audit(session, view)
        names = public_names(session, {one.by for one in lines if one.by})
        texts = question_texts(session, race_id)
        protests = queries.protests(session, race_id)
        protocols = [
            one
            for stage in (Stage.PROVISIONAL, Stage.OFFICIAL)
            if (one := queries.published(session, race_id, stage.value)) is not None
        ]
        moved = _since(session, view) if any(one.applied_at for one in decisions) else None
    return render_template(
        "jury/race.html",
        race=view,
        racers=racers,
        cases=cases,
        protests=protests,
        decisions=decisions,
        lines=lines[:AUDIT_SHOWN],
        names=names,
        texts=texts,
        protocols=protocols,
        moved=moved,
        judged=view.stage in JUDGED,
        move=next((name for name, one in MOVES.items() if one[0] is view.stage), ""),
    )


@blueprint.post("/jury/races/<uuid:race_id>/move/<name>")
def move(race_id: UUID, name: str) -> ResponseReturnValue:
    """Lock the race, publish its provisional protocol, or make it official, once confirmed."""
    if name not in MOVES:
        abort(404)
    if not request.form.get("confirmed"):
        flash(gettext("Confirm that this is meant."), "warning")
        return back(race_id)
    _stage, act, said = MOVES[name]
    try:
        with transaction() as session:
            act(session, race_id, clock.now(), judge())
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(str(said), "success")
    return back(race_id)


def racers_of(session: Session, race_id: UUID) -> dict[int, Racer]:
    """Return the start list by bib."""
    return {one.bib: one for one in races.start_list(session, race_id)}


def judge() -> UUID:
    """Return the member of the jury who makes this request."""
    viewer = current_member()
    if viewer is None:  # the door lets the jury in only; this is its second bolt
        abort(401)
    return viewer.id


def back(race_id: UUID) -> Response:
    """Lead back to the race's office."""
    return redirect(url_for("jury.jury_race", race_id=race_id), 303)


def _since(session: Session, view: RaceView) -> Difference | None:
    """Return what decisions changed since the provisional protocol; None where none is out."""
    if view.stage not in RESULTS:
        return None
    published = queries.published(session, view.id, Stage.PROVISIONAL.value)
    if published is None:
        return None
    now = queries.current(session, view.id)
    return difference(snapshot(published.body), snapshot(now))


def _newest(view: RaceView) -> datetime:
    moments = (view.zero_at, view.starts_at, view.zeroes_at)
    return next((one for one in moments if one is not None), NEVER)
