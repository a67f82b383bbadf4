"""A web process with nothing but the live part, on a free port of the loopback address.

``python -m tests.programs.live_web REDIS_URL`` prints its port. Who visits is said by the request
header ``X-Visitor: session member role,role``, in place of the members' room.
"""

# Before anything else is imported, or psycopg and redis would block the other greenlets.
from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import gevent
import structlog
from flask import Flask, Response, jsonify, request
from flask_babel import Babel
from marshmallow import Schema, fields
from prometheus_client import generate_latest
from redis import Redis

from psot import live, policies, server
from psot.config import Settings
from psot.live import door as doors
from psot.live import idlers
from psot.live.door import Door
from psot.live.orders import board_room
from psot.live.tickets import Counter
from psot.policies import EDITOR, MEMBER, PUBLIC


class TextSchema(Schema):
    """The payload of the test's own event."""

    text = fields.String(required=True)


def visitor() -> live.Visitor:
    """Read the header that stands for a session."""
    told = request.headers.get("X-Visitor", "").split()
    if not told:
        return live.Visitor()
    roles = frozenset(told[2].split(",")) if len(told) > 2 else frozenset({"participant"})
    return live.Visitor(session=told[0], member=UUID(told[1]), roles=roles)


def windows(redis: Redis, board: str, members: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """What lies around each member: kept in a hash by the test."""
    texts = redis.hmget(f"test:windows:{board}", [str(one) for one in members])
    return {
        member: json.loads(text)
        for member, text in zip(members, texts, strict=True)
        if text is not None
    }


def build(redis_url: str) -> Flask:
    """Return the app; its origin is http://live.test."""
    settings = Settings(
        database_url="",
        redis_url=redis_url,
        data_dir=Path(),
        port=0,
        secret_key="s" * 32,
        allowed_origins=("http://live.test",),
    )
    policies.SOCKET_EVENTS.update({"test.echo": MEMBER, "test.edit": EDITOR, "test.fail": PUBLIC})
    app = Flask("live_web")
    Babel(app)
    redis = Redis.from_url(redis_url, socket_timeout=2)
    app.extensions["psot.settings"] = settings
    app.extensions["psot.redis"] = redis
    live.install(app)
    here = live.door_of(app)
    furnish(here, redis)
    open_windows(app, here)
    return app


def furnish(here: Door, redis: Redis) -> None:
    """Register what a room would register."""

    def alive(sessions: Iterable[str]) -> set[str]:
        return {one for one in sessions if not redis.sismember("test:ended", one)}

    def echo(connection: live.Connection, data: dict[str, Any]) -> dict[str, Any]:
        return {"text": data["text"], "member": str(connection.visitor.member)}

    def fail(_connection: live.Connection, _data: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("the secret reason")

    here.recognition = live.Recognition(visitor=visitor, alive=alive)
    here.register_board(live.BoardKind(prefix="open", policy=PUBLIC))
    here.register_board(live.BoardKind(prefix="ratings", policy=PUBLIC, windows=windows))
    here.register_board(live.BoardKind(prefix="closed", policy=EDITOR))
    here.register_event(live.Event(name="test.echo", schema=TextSchema, handler=echo))
    here.register_event(live.Event(name="test.edit", schema=TextSchema, handler=echo))
    here.register_event(live.Event(name="test.fail", schema=Schema, handler=fail))
    here.register_event(live.Event(name="test.unlisted", schema=Schema, handler=fail))


def open_windows(app: Flask, here: Door) -> None:
    """Add pages that let the test look inside and give orders."""

    @app.post("/end/<session>")
    def end(session: str) -> str:
        here.cut_session(session)
        return ""

    @app.post("/tell/<session>")
    def tell(session: str) -> str:
        here.send_to_session(session, "test.told", {"by": "another process"})
        return ""

    @app.post("/ask-sessions")
    def ask_sessions() -> str:
        here._cut_ended_sessions()
        return ""

    @app.post("/pour/<board>/<int:messages>")
    def pour(board: str, messages: int) -> str:
        for number in range(messages):
            here.emit_here(board_room(board), "test.poured", {"number": number, "text": "x" * 4096})
            gevent.sleep(0)
        return ""

    @app.post("/redis/<state>")
    def tickets_are_read(state: str) -> str:
        nowhere = Redis.from_url("unix:///nowhere/at/all")
        here.tickets = Counter(nowhere if state == "gone" else here.redis)
        return ""

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(here.metrics.registry))

    @app.get("/wires")
    def open_wires() -> Response:
        return jsonify(len(here.engine.serving))

    @app.get("/waiting")
    def waiting() -> Response:
        return jsonify([one.waiting() for one in here.engine.sockets()])


def main() -> None:
    """Serve until SIGTERM, then say good-bye."""
    # A test has not the patience of a server.
    idlers.OUTSIDE_S = idlers.DYING_S = 1
    # Clients by hand answer no pings.
    doors.PING_EVERY_S = 600
    app = build(sys.argv[1])
    bound = server.listener(app.extensions["psot.settings"])
    sys.stdout.write(f"{bound.getsockname()[1]}\n")
    sys.stdout.flush()
    # Nobody reads what is logged after that.
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    server.serve(app, bound, farewell=live.door_of(app).goodbye)


if __name__ == "__main__":
    main()
