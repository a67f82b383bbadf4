"""A member's sockets: known by their session, and cut with it."""

import uuid
from typing import cast

from flask import Flask
from redis import Redis
from sqlalchemy import select

from psot.live import Door, orders
from psot.live.boards import CHANNEL
from psot.members.models import MemberSession
from tests.web import Browser, database_of, sign_in


def door(app: Flask) -> Door:
    return cast("Door", app.extensions["psot.live"])


def key_of(app: Flask, client: Browser) -> uuid.UUID:
    with database_of(app).begin() as session:
        found = session.scalar(
            select(MemberSession.key).where(MemberSession.member_id == client.member_id)
        )
    assert found is not None
    return found


def test_the_door_knows_the_member_and_the_session_of_a_request(app: Flask) -> None:
    client = sign_in(app, roles=("editor",))

    with client:
        client.get("/me/sessions")
        visitor = door(app).recognition.visitor()

    assert (visitor.member, visitor.session) == (client.member_id, str(key_of(app, client)))
    assert visitor.roles == {"editor"}


def test_a_visitor_is_nobody(app: Flask, client: Browser) -> None:
    with client:
        client.get("/sign-in")
        assert door(app).recognition.visitor().member is None


def test_only_sessions_that_have_not_ended_are_alive(app: Flask) -> None:
    here, there = sign_in(app), sign_in(app)
    keys = [str(key_of(app, one)) for one in (here, there)]

    here.post("/sign-out")

    with app.app_context():
        assert door(app).recognition.alive(keys) == {keys[1]}


def test_ending_a_session_cuts_its_sockets_in_every_process(app: Flask, redis: Redis) -> None:
    client = sign_in(app)
    key = key_of(app, client)
    listener = redis.pubsub()
    listener.subscribe(CHANNEL)
    assert listener.get_message(timeout=5) is not None

    client.post(f"/me/sessions/{key}/end")

    told = [orders.read(one["data"]) for one in iter(lambda: listener.get_message(timeout=1), None)]
    listener.close()
    assert {"cut": orders.session_room(str(key))} in told
