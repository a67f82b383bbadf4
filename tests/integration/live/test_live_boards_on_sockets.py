"""From a published board to an open page, over real sockets and a real Redis."""

from redis import Redis

from psot.live import boards
from tests.live_client import Client

ROWS = {"anna": {"rank": 1, "rating": 900}, "boris": {"rank": 2, "rating": 700}}


def test_a_watcher_gets_a_snapshot_and_then_what_changes(port: int, redis: Redis) -> None:
    boards.publish(redis, "open:first", ROWS)
    with Client(port).connect() as page:
        answer = page.watch("open:first")
        snapshot = page.wait_event("board.snapshot")
        boards.publish(redis, "open:first", {"anna": {"rank": 1, "rating": 901}})
        delta = page.wait_event("board.delta")

    assert answer == {"ok": True, "board": "open:first", "sent": "snapshot"}
    assert snapshot["rows"] == ROWS
    assert delta == {
        "board": "open:first",
        "epoch": snapshot["epoch"],
        "from": 1,
        "to": 2,
        "set": {"anna": {"rank": 1, "rating": 901}},
        "gone": ["boris"],
    }
