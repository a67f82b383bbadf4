"""Listen to a Redis channel for as long as the process lives, whatever happens to Redis."""

import time
from collections.abc import Iterator

import structlog
from redis import Redis
from redis.exceptions import RedisError

HEARTBEAT_S = 1.0
RETRY_S = 0.5
# A connection that brought nothing for so many heartbeats is asked whether it lives; half-open ones
# do not answer and are opened anew.
PROBE_AFTER = 5

_log = structlog.get_logger()


def listen(redis: Redis, channel: str, *, heartbeat_s: float = HEARTBEAT_S) -> Iterator[bytes]:
    """Give every message of ``channel``, and an empty one at least each heartbeat.

    The empty message also follows each subscription: what was rung before it has to be looked for.
    """
    while True:
        try:
            yield from _subscription(redis, channel, heartbeat_s)
        except (RedisError, OSError) as error:
            # The pause comes first: nothing that fails after it may turn this into a hot loop.
            time.sleep(RETRY_S)
            _log.warning("live_channel_lost", channel=channel, error=str(error))
            yield b""


def _subscription(redis: Redis, channel: str, heartbeat_s: float) -> Iterator[bytes]:
    with redis.pubsub(ignore_subscribe_messages=True) as pubsub:  # type: ignore[no-untyped-call]
        pubsub.subscribe(channel)
        yield b""
        silent = 0
        while True:
            message = pubsub.get_message(timeout=heartbeat_s)
            silent = silent + 1 if message is None else 0
            if silent == PROBE_AFTER:
                pubsub.ping()
            if silent > 2 * PROBE_AFTER:
                raise ConnectionError("silent since the last probe")
            is_message = message is not None and message["type"] == "message"
            yield message["data"] if is_message else b""
