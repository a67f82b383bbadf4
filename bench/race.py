"""Racers answering at a given rate through real sockets: how long until they know, until it shows.

    python -m bench.race [--racers 10211] [--rate 680] [--seconds 180] [--spectators 200] [--webs 1]

A whole house of its own: durable PostgreSQL, Valkey, web processes (each on a port of its own, the
racers spread over them), workers, the scheduler. Every racer has the own window open, looks,
answers in a rhythm of its own, the first time a rhythm after that look, and echoes; the crowd is
one light process beside it (`bench/crowd.py`), whose CPU is counted apart. The figures begin when
everybody has looked; a field that looks within one second is one of `bench/storms.py`.

Measured are answer to acknowledgement; answer to the moment at which the point is on the public
board of 95 % of the spectators; answer to the own window; CPU and memory of every kind of process.
Each acknowledged answer is to stand on the ledger exactly once. Peer, in the same run at the same
rate: a bare Flask-SocketIO server that acknowledges and does nothing else.
"""

import argparse
import signal
import sys
import time

from bench.race_house import enough_files, many_house
from bench.race_report import report
from bench.race_run import Asked, Course, Line, peer, run

RACERS, RATE, SECONDS, SPECTATORS = 10_211, 680.0, 180.0, 200


def measure(asked: Asked) -> Line:
    """Measure one field in a house of its own, after its peer."""
    echo = peer(asked.racers, asked.rate)
    with many_house(webs=asked.webs, workers=asked.workers) as (house, made):
        return run(Course(house=house, made=made, echo=echo), asked)


def main() -> None:
    """Measure every field; print a table and JSON; ends with 1 where the last is over a limit."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--racers", type=int, nargs="+", default=[RACERS])
    parser.add_argument("--rate", type=float, default=RATE, help="answers a second, of all")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--spectators", type=int, default=SPECTATORS)
    parser.add_argument("--webs", type=int, default=1, help="web processes")
    parser.add_argument("--workers", type=int, default=2, help="workers of the ledger")
    given = vars(parser.parse_args())
    # Whoever ends the bench ends its processes with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    fields = given.pop("racers")
    enough_files(max(fields) + given["spectators"])
    began_s = time.monotonic()
    lines = [measure(Asked(racers=one, **given)) for one in fields]
    report(lines, time.monotonic() - began_s)


if __name__ == "__main__":
    main()
