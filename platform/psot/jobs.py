"""Everything a worker may be asked to do: the names in `ALLOWED`, and nothing else.

A job carries no data beyond its name: what is to be done is in the database.
"""

from collections.abc import Callable

from psot.ledger.drain import Drainer
from psot.projections import CATALOGUE
from psot.runtime import runtime


def drain() -> int:
    """Fold waiting facts into every projection; returns the number of effects."""
    made = runtime()
    return Drainer(made.database, made.redis, CATALOGUE).run()


ALLOWED: dict[str, Callable[[], object]] = {f"{drain.__module__}.{drain.__name__}": drain}
