"""Everything a worker may be asked to do: the names in `ALLOWED`, and nothing else.

A job carries no data beyond its name: what is to be done is in the database.
"""

from collections.abc import Callable

from psot import clock
from psot.ledger.drain import Drainer
from psot.members.mail import send_waiting
from psot.projections import CATALOGUE
from psot.races.schedule import keep
from psot.runtime import runtime
from psot.seasons.trying import count


def drain() -> int:
    """Fold waiting facts into every projection; returns the number of effects."""
    made = runtime()
    return Drainer(made.database, made.redis, CATALOGUE).run()


def send_mails() -> int:
    """Send the mails that wait; returns how many were sent."""
    made = runtime()
    return send_waiting(made.database, made.settings)


def keep_races() -> int:
    """Move the races that are due and remind their racers; returns how many steps were made."""
    return keep(runtime().database, clock.now())


def try_rules() -> bool:
    """Count what drafted rules would change, where it was asked for; returns whether it was."""
    return count(runtime().database, clock.now)


ALLOWED: dict[str, Callable[[], object]] = {
    f"{one.__module__}.{one.__name__}": one for one in (drain, send_mails, keep_races, try_rules)
}
