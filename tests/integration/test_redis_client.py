"""The client that every process of the product has for Redis."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from redis import Redis

from psot.runtime import REDIS_CONNECTIONS, redis_client


def test_a_crowd_shares_few_connections_and_everybody_is_answered(redis_url: str) -> None:
    crowd = 4 * REDIS_CONNECTIONS
    with (
        closing(Redis.from_url(redis_url)) as beside,
        closing(redis_client(redis_url)) as client,
        ThreadPoolExecutor(crowd) as pool,
    ):
        before = len(beside.client_list())
        # Each holds its connection for a while, so that all are wanted at once.
        answers = list(pool.map(lambda _: client.blpop(["nobody"], timeout=0.05), range(crowd)))
        opened = len(beside.client_list()) - before

    assert answers == [None] * crowd
    assert 0 < opened <= REDIS_CONNECTIONS
