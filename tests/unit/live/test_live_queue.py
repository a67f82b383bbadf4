"""Who is in which room: the rooms of the sockets, as python-socketio's server uses them."""

import pytest
from redis import Redis
from socketio import Server

from psot.live.queue import Pending, RedisQueue


@pytest.fixture
def queue() -> RedisQueue:
    """The manager of a server that nobody has connected to; Redis is asked for nothing."""
    made = RedisQueue(Redis(port=1))
    Server(async_mode="threading", client_manager=made)
    return made


def let_in(queue: RedisQueue, eio_sid: str) -> str:
    """Let a client in as the server does."""
    sid = queue.pre_connect(eio_sid, "/")
    assert sid is not None
    assert not queue.is_connected(sid, "/")
    queue.connect(sid, "/")
    assert queue.is_connected(sid, "/")
    return sid


def test_a_client_is_found_by_both_its_ids(queue: RedisQueue) -> None:
    sid = let_in(queue, "engine")

    assert queue.sid_from_eio_sid("engine", "/") == sid
    assert queue.eio_sid_from_sid(sid, "/") == "engine"
    assert queue.sid_from_eio_sid("another", "/") is None


def test_a_client_that_is_in_is_not_let_in_twice(queue: RedisQueue) -> None:
    let_in(queue, "engine")

    assert queue.pre_connect("engine", "/") is None


def test_a_room_knows_who_is_in_it(queue: RedisQueue) -> None:
    one, two = let_in(queue, "engine 1"), let_in(queue, "engine 2")
    for sid in (one, two):
        queue.enter_room(sid, "/", "board")
    queue.leave_room(one, "/", "board")

    assert dict(queue.get_participants("/", "board")) == {two: "engine 2"}
    assert set(queue.get_rooms(two, "/")) == {two, "board"}


def test_nobody_enters_a_room_before_coming_in_nor_the_room_of_another(queue: RedisQueue) -> None:
    with pytest.raises(ValueError, match="not connected"):
        queue.basic_enter_room("nobody", "/", "board")
    one, two = let_in(queue, "engine 1"), let_in(queue, "engine 2")
    with pytest.raises(ValueError, match="sid room"):
        queue.enter_room(one, "/", two)


def test_nothing_is_left_of_who_went(queue: RedisQueue) -> None:
    for number in range(3):
        sid = let_in(queue, f"engine {number}")
        queue.enter_room(sid, "/", "board")
    for number in range(3):
        sid = str(queue.sid_from_eio_sid(f"engine {number}", "/"))
        assert queue.pre_disconnect(sid, "/") == f"engine {number}"
        assert isinstance(queue.pending_disconnect["/"], Pending)
        assert not queue.is_connected(sid, "/")
        queue.disconnect(sid, "/", ignore_queue=True)

    assert (queue.rooms, queue.pending_connect, queue.pending_disconnect) == ({}, {}, {})
    assert let_in(queue, "engine 0")
