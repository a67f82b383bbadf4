"""Many sockets: some never read, all drop at once."""

import json
from pathlib import Path

import psutil
from redis import Redis

from psot.live import boards, tickets
from psot.live.visitor import Visitor
from psot.live.wire.wire import LONGEST_QUEUE
from tests.live_client import Client, Raw, Start, http, metric
from tests.services import wait_until

SLOW = 100
CROWD = 1000


def arrive(port: int, redis: Redis) -> Raw:
    """Connect with a ticket of one's own."""
    return Raw(port, shown=tickets.issue(redis, Visitor())).connect()


def memory_bytes(pid: int) -> int:
    return int(psutil.Process(pid).memory_info().rss)


def test_clients_that_never_read_are_cut_and_the_others_miss_nothing(
    start_web: Start, redis: Redis
) -> None:
    port, process = start_web()
    slow = [arrive(port, redis) for _ in range(SLOW)]
    for one in slow:
        one.send('42["board.watch",{"board":"open:q"}]')
    with Client(port).connect() as reader:
        reader.watch("open:q")
        before = memory_bytes(process.pid)
        longest = 0
        for told in range(60, 601, 60):
            http(port, "POST", "/pour/open:q/60")
            # The reader reads; a busy machine must not make it look like one who does not.
            wait_until(lambda told=told: reader.names().count("test.poured") == told)  # type: ignore[misc]  # bound now
            longest = max([longest, *json.loads(http(port, "GET", "/waiting")[1])])
        cuts = 'psot_sockets_cut_total{reason="slow_reader"}'
        wait_until(lambda: metric(port, "psot_sockets_connected") == 1)
        grown = memory_bytes(process.pid) - before
        reader.watch("open:other")
        poured = reader.names().count("test.poured")
        cut = metric(port, cuts)
    for one in slow:
        one.close()

    assert cut == SLOW
    assert poured == 600
    assert longest <= LONGEST_QUEUE
    assert grown < 50_000_000


def test_a_thousand_clients_drop_at_once_and_come_back(start_web: Start, redis: Redis) -> None:
    port, process = start_web()
    boards.publish(redis, "open:q", {f"{n}": {"rank": n, "rating": 5} for n in range(50)})
    board = boards.snapshot(redis, "open:q")
    assert board is not None

    def come(have: dict[str, object] | None) -> list[Raw]:
        crowd = [arrive(port, redis) for _ in range(CROWD)]
        for one in crowd:
            one.send("421" + json.dumps(["board.watch", {"board": "open:q", "have": have}]))
        for one in crowd:
            one.skip_to('431[{"ok"')
        return crowd

    redis.config_resetstat()
    crowd = come(None)
    connected = metric(port, "psot_sockets_connected")
    hint_ms = 4 * CROWD
    before = memory_bytes(process.pid)
    for one in crowd:
        one.close()
    status, _ = http(port, "POST", "/live/ticket")
    wait_until(lambda: metric(port, "psot_sockets_connected") == 0)
    boards.publish(redis, "open:q", {f"{n}": {"rank": n, "rating": 6} for n in range(50)})
    back = come({"epoch": board.epoch, "version": board.version})
    after = memory_bytes(process.pid)
    with Client(port).connect() as one_more:
        retry_ms = one_more.wait_event("live.hello")["retry_ms"]
    for one in back:
        one.close()

    assert connected == CROWD
    assert status == 200
    assert after < 1.5 * before
    assert retry_ms[1] >= hint_ms
    assert read_calls(redis) < 10


def read_calls(redis: Redis) -> int:
    """How often a board was read from Redis."""
    return int(redis.info("commandstats").get("cmdstat_lrange", {"calls": 0})["calls"])


def test_descriptors_are_given_back(start_web: Start, redis: Redis) -> None:
    port, process = start_web()
    folder = Path(f"/proc/{process.pid}/fd")

    def open_files() -> int:
        # A connection to Redis is opened where two are used in one moment, and kept.
        return len(list(folder.iterdir())) - len(redis.client_list())

    with Client(port).connect():
        pass
    wait_until(lambda: metric(port, "psot_sockets_connected") == 0)
    before = open_files()
    for one in [arrive(port, redis) for _ in range(50)]:
        one.close()
    wait_until(lambda: open_files() <= before)
