"""The events of boards: watch, leave, and the own window."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate
from redis.exceptions import RedisError

from psot.errors import Invalid, NotFound, Unavailable
from psot.live.around import Around
from psot.live.buckets import Rate
from psot.live.events import Answer, Connection, Event, Events, require
from psot.live.kinds import NAME, BoardKinds
from psot.live.orders import board_room
from psot.live.relay import Have, Relay

MOST_BOARDS = 8
"""Boards that one connection may watch at once."""

# A page watches a handful of boards when it opens; more often than that is a fault or a flood.
WATCHING = Rate(burst=16, per_s=2)


class HaveSchema(Schema):
    """What the client has of the board."""

    epoch = fields.String(required=True, validate=validate.Length(max=64))
    version = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class WatchSchema(Schema):
    """``board.watch``."""

    board = fields.String(required=True, validate=validate.Regexp(NAME))
    have = fields.Nested(HaveSchema, load_default=None, allow_none=True)


class BoardSchema(Schema):
    """``board.leave`` and ``board.around``."""

    board = fields.String(required=True, validate=validate.Regexp(NAME))


def register(
    events: Events,
    kinds: BoardKinds,
    relay: Relay,
    around: Around,
    leave_room: Callable[[str, str], None],
) -> None:
    """Let clients watch boards of ``kinds``."""

    def watch(connection: Connection, data: dict[str, object]) -> Answer:
        name = _allowed(kinds, connection, data)
        have = _have(data["have"])
        with _redis_needed():
            sent = relay.watch(connection.sid, name, have)
        connection.boards.add(name)
        return {"board": name, "sent": sent}

    def leave(connection: Connection, data: dict[str, object]) -> Answer:
        name = str(data["board"])
        connection.boards.discard(name)
        leave_room(connection.sid, board_room(name))
        around.leave(connection.sid, name)
        return {"board": name}

    def around_me(connection: Connection, data: dict[str, object]) -> Answer:
        name = _allowed(kinds, connection, data)
        member = connection.visitor.member
        if kinds.of(name).windows is None or member is None:
            raise NotFound(_("This board has no place of your own."), subject=name)
        connection.boards.add(name)
        around.watch(connection.sid, member, name)
        return {"board": name}

    events.register(Event(name="board.watch", schema=WatchSchema, handler=watch, rate=WATCHING))
    events.register(Event(name="board.leave", schema=BoardSchema, handler=leave))
    events.register(
        Event(name="board.around", schema=BoardSchema, handler=around_me, rate=WATCHING)
    )


def _allowed(kinds: BoardKinds, connection: Connection, data: dict[str, object]) -> str:
    name = str(data["board"])
    require(connection.visitor, kinds.of(name).policy)
    if len(connection.boards | {name}) > MOST_BOARDS:
        raise Invalid(_("Too many boards at once."))
    return name


def _have(told: object) -> Have:
    return (str(told["epoch"]), int(told["version"])) if isinstance(told, dict) else None


class _redis_needed:  # noqa: N801 - read as a statement: with _redis_needed():
    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, RedisError):
            raise Unavailable(_("Standings cannot be read at the moment.")) from error
