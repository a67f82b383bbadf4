"""Publishes the board of `bench/fanout.py` as any process of the product would.

    python -m bench.fanout_publisher REDIS_URL

For each line ``{"size", "every_s", "count", "first"}`` on its input it publishes so many versions
in this rhythm, numbered from ``first``, and then prints a line.
"""

import json
import sys
import time

from redis import Redis

from bench.fanout_wire import BOARD, row
from psot.live import boards


def main() -> None:
    """Publish what is asked for until the input ends."""
    redis = Redis.from_url(sys.argv[1])
    for line in sys.stdin:
        order = json.loads(line)
        begun_s = time.monotonic()
        for nth in range(order["count"]):
            time.sleep(max(0.0, begun_s + nth * order["every_s"] - time.monotonic()))
            fresh = row(order["first"] + nth, time.monotonic_ns(), order["size"])
            boards.publish(redis, BOARD, {"row": fresh})
        sys.stdout.write("{}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
