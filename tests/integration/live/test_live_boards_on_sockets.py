"""From a published board to an open page, over real sockets and a real Redis."""

from redis import Redis

from psot.embedded.valkey import Valkey
from psot.live import boards
from tests.live_client import Client, processes
from tests.services import running, throw_away_folder

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


def test_a_killed_redis_costs_nobody_the_board() -> None:
    with throw_away_folder() as folder:
        server = Valkey(folder / "data", folder / "redis.sock")
        server.initialise()
        with processes(server.url()) as start:
            with running(server.program(), server.ready, folder / "first") as process:
                port, _ = start()
                with Redis.from_url(server.url()) as redis:
                    boards.publish(redis, "open:killed", ROWS)
                page = Client(port).connect()
                page.watch("open:killed")
                page.wait_event("board.snapshot")
                process.kill()
                process.wait()
            page.wait_for(lambda one: one == ("live.delayed", {"delayed": True}))
            with running(server.program(), server.ready, folder / "second"):
                with Redis.from_url(server.url()) as redis:
                    boards.publish(redis, "open:killed", {"anna": {"rank": 7}})
                _, again = page.wait_for(
                    lambda one: one[0] == "board.snapshot" and one[1]["rows"] != ROWS
                )
                page.wait_for(lambda one: one == ("live.delayed", {"delayed": False}))
                with Client(port).connect() as newcomer:
                    newcomer.watch("open:killed")
                    snapshot = newcomer.wait_event("board.snapshot")
                page.close()

    assert again["rows"] == {"anna": {"rank": 7}}
    assert snapshot == again
