"""The crowd of `bench/fanout.py` speaks the product's protocol."""

import time
from contextlib import closing

from redis import Redis

from bench import fanout_wire as wire
from bench.fanout_load import Crowd
from psot.live import boards
from tests.live_client import ORIGIN


def publish(redis: Redis, seq: int) -> None:
    row = wire.row(seq, time.monotonic_ns(), 2048)
    boards.publish(redis, wire.BOARD, {"row": row})


def test_a_crowd_enters_the_product_and_everybody_hears_what_is_published(
    port: int, redis: Redis
) -> None:
    publish(redis, 0)
    with closing(Crowd(("127.0.0.1", port), wire.product(ORIGIN), redis)) as crowd:
        entered = crowd.enter(count=30, at_once=10, stalled_s=20)
        publish(redis, 1)
        told = crowd.heard(expected=30, quiet_s=20)
        crowd.drop(15)
        back = crowd.enter(count=15, at_once=15, stalled_s=20)

    assert (entered["held"], back["held"], crowd.lost) == (30, 30, 0)
    assert [(one["seq"], one["heard"]) for one in told["broadcasts"]] == [(1, 30)]
    assert abs(told["broadcasts"][0]["bytes"] - 2048) < 10
