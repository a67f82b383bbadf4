"""What a racer does, over the socket or over HTTP: the same calls, answers and rules.

The receive stamp is taken first thing; the answer leaves after the commit.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import structlog
from flask import Blueprint, Flask, Response, current_app, jsonify, request
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from psot import clock
from psot.course import operations
from psot.course.errors import AnswerStands
from psot.course.group import ALONE
from psot.course.lineup import line_up
from psot.course.operations import Answered
from psot.course.pulse import Heart
from psot.course.schemas import AnswerSchema, AwaySchema, EchoSchema, LookSchema
from psot.course.sets import remembered
from psot.course.together import NO_ANSWER, together
from psot.database import Database, transaction
from psot.errors import Invalid, PsotError, Unavailable
from psot.live import Connection, Event, Rate
from psot.live.current import door_of, new_ticket
from psot.live.events import refusal
from psot.members.queries import current_member

blueprint = Blueprint("racing", __name__)

RACING = Rate(burst=30, per_s=8)
"""A racer answers once a second at most; holds and reconnects ask a little more."""

HEART = "psot.course.heart"
_log = structlog.get_logger()

Answer = dict[str, Any]


# -- the calls ----------------------------------------------------------------------------------


def enter(race: UUID, member: UUID, received_at: datetime) -> Answer:
    """Take the seat; the tab or device that had it is told."""
    _beat(received_at)
    with answering():
        made = together(race, member, received_at, operations.entered, running=False)
        if made is ALONE:
            made = line_up(race, member, received_at)
    if made is ALONE:
        with accepted() as session:
            made = operations.enter(session, race=race, member=member, now=received_at)
    if made.seat_no > 1:
        _take_over(race, member, made.seat_no)
    return {"seat": made.seat, "situation": made.situation}


def _take_over(race: UUID, member: UUID, seat_no: int) -> None:
    told = {"race": str(race), "seat_no": seat_no}
    try:
        door_of().send_to_member(member, "race.taken_over", told)
    except RedisError as error:  # the seat is taken; the older one hears it at its next call
        _log.warning("taken_over_not_told", error=str(error))


def look(data: Answer, member: UUID, received_at: datetime) -> Answer:
    """Tell where the racer is."""
    _beat(received_at)
    seat, probe = data["seat"], data["probe"]
    with answering():
        shown = together(
            data["race"],
            member,
            received_at,
            lambda way: operations.looked(way, seat=seat, probe=probe),
        )
    if shown is ALONE:
        with accepted() as session:
            shown = operations.look(session, member=member, received_at=received_at, **data)
    return {"situation": shown}


def answer(data: Answer, member: UUID, received_at: datetime) -> Answer:
    """Take an answer."""
    _beat(received_at)
    said = {name: data[name] for name in ("seat", "task", "option", "probe")}
    with answering():
        made = together(
            data["race"], member, received_at, lambda way: operations.answered(way, **said)
        )
    if made is ALONE:
        made = _alone(data, member, received_at)
    return {"outcome": made.outcome, "repeated": made.repeated, "situation": made.situation}


def _alone(data: Answer, member: UUID, received_at: datetime) -> Answered:
    try:
        with accepted() as session:
            return operations.answer(session, member=member, received_at=received_at, **data)
    except AnswerStands:
        with transaction() as session:
            operations.contradict(
                session,
                race=data["race"],
                member=member,
                task=data["task"],
                received_at=received_at,
            )
        raise


def echo(data: Answer, member: UUID, received_at: datetime) -> Answer:
    """Measure a round trip; nothing is written."""
    racer = remembered(data["race"], member)
    if racer is None:
        with accepted() as session:
            racer = operations.known(session, race=data["race"], member=member)
    heard = operations.echo(racer, received_at=received_at, **data)
    return {"rtt_ms": heard.rtt_ms, "probe": heard.probe}


def away(data: Answer, member: UUID, received_at: datetime) -> Answer:
    """Count a lost focus."""
    with transaction() as session:
        operations.away(session, member=member, received_at=received_at, **data)
    return {}


@contextmanager
def accepted() -> Iterator[Session]:
    """Give a transaction; a database that does not answer means: not accepted, send it again."""
    with answering(), transaction() as session:
        yield session


@contextmanager
def answering() -> Iterator[None]:
    """Tell of a database that does not answer as `accepted` does."""
    try:
        yield
    except NO_ANSWER as error:
        raise Unavailable(_("Not accepted yet: send it again in a moment.")) from error


def heart(app: Flask) -> Heart:
    """Return the pulse of ``app``, which whoever serves it starts."""
    return cast("Heart", app.extensions[HEART])


def _beat(now: datetime) -> None:
    with answering():
        heart(current_app).ensure(now)


# -- over HTTP ----------------------------------------------------------------------------------


@blueprint.post("/races/<uuid:race_id>/enter")
def post_enter(race_id: UUID) -> Response:
    """Take the racer's seat for this page; the ticket of its socket comes along."""
    received_at = clock.now()
    return _told({**enter(race_id, _me(), received_at), "ticket": _ticket()})


@blueprint.post("/races/<uuid:race_id>/look")
def post_look(race_id: UUID) -> Response:
    """Where the racer is, for a page without a socket."""
    received_at = clock.now()
    return _told(look(_body(LookSchema, race_id), _me(), received_at))


@blueprint.post("/races/<uuid:race_id>/answers")
def post_answer(race_id: UUID) -> Response:
    """Take an answer from a page without a socket."""
    received_at = clock.now()
    return _told(answer(_body(AnswerSchema, race_id), _me(), received_at))


@blueprint.post("/races/<uuid:race_id>/echo")
def post_echo(race_id: UUID) -> Response:
    """Measure the round trip of a page without a socket."""
    received_at = clock.now()
    return _told(echo(_body(EchoSchema, race_id), _me(), received_at))


@blueprint.post("/races/<uuid:race_id>/away")
def post_away(race_id: UUID) -> Response:
    """Count a lost focus."""
    received_at = clock.now()
    return _told(away(_body(AwaySchema, race_id), _me(), received_at))


@blueprint.errorhandler(PsotError)
def refused(error: PsotError) -> tuple[Response, int]:
    """Tell a page what was wrong, in the shape of the sockets."""
    answer = jsonify(refusal(error, str(get_locale() or "ru")))
    answer.headers["Cache-Control"] = "no-store"
    return answer, error.status


def _body(schema: type[Schema], race_id: UUID) -> Answer:
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise Invalid(_("This does not fit."))
    try:
        loaded: Answer = schema().load({**sent, "race": str(race_id)})
    except ValidationError as error:
        raise Invalid(_("This does not fit."), fields=dict(error.messages_dict)) from error
    return loaded


def _told(answer: Answer) -> Response:
    told = jsonify(ok=True, **answer)
    told.headers["Cache-Control"] = "no-store"
    return told


def _ticket() -> str:
    """Return a ticket, "" without Redis: the seat is taken all the same."""
    try:
        return new_ticket()
    except RedisError as error:
        _log.warning("ticket_not_issued", error=str(error))
        return ""


def _me() -> UUID:
    viewer = current_member()
    if viewer is None:  # the door lets members only in; this is its second bolt
        raise PsotError(_("Sign in to do this."))
    return viewer.id


# -- over the socket ----------------------------------------------------------------------------


def register(app: Flask) -> None:
    """Bring the calls to the sockets of ``app``, and its pulse."""
    app.extensions[HEART] = Heart(cast("Database", app.extensions["psot.database"]))
    app.register_blueprint(blueprint)
    door = app.extensions["psot.live"]
    for name, schema, call in (
        ("race.look", LookSchema, look),
        ("race.answer", AnswerSchema, answer),
        ("race.echo", EchoSchema, echo),
        ("race.away", AwaySchema, away),
    ):
        door.register_event(Event(name=name, schema=schema, handler=_heard(call), rate=RACING))


def _heard(
    call: Callable[[Answer, UUID, datetime], Answer],
) -> Callable[[Connection, Answer], Answer]:
    def handle(connection: Connection, data: Answer) -> Answer:
        received_at = clock.now()
        member = connection.visitor.member
        if member is None:
            raise PsotError(_("Sign in to do this."))
        return call(data, member, received_at)

    return handle
