"""The host that the others need: PostgreSQL and Valkey where they can be reached from afar."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from tests.chaos.hosts.network import Place
from tests.services import HASTY, running


def services(folder: Path, place: Place, up: ExitStack) -> tuple[Postgres, Valkey]:
    """Both at ``place``, and on their unix sockets as well, which no fault of a link reaches.

    They stop with ``up``.
    """
    listening = HASTY | {"listen_addresses": place.address}
    postgres = Postgres(folder / "data", folder / "s", listening)
    valkey = Valkey(folder / "redis", folder / "redis.sock")
    postgres.initialise()
    valkey.initialise()
    with (postgres.data / "pg_hba.conf").open("a", encoding="utf-8") as who_may_come:
        who_may_come.write("host all psot samenet trust\n")
    program = valkey.program()
    options = ("--port", "6379", "--bind", place.address, "--protected-mode", "no")
    afar = replace(program, argv=(*program.argv, *options))
    with place.inside():
        up.enter_context(running(postgres.program(), postgres.ready, folder / "postgres.log"))
        up.enter_context(running(afar, valkey.ready, folder / "valkey.log"))
    return postgres, valkey


def database_at(place: Place) -> str:
    """Return the database as ``DATABASE_URL`` of another host."""
    return f"postgresql://psot@{place.address}:5432/psot"


def redis_at(place: Place) -> str:
    """Return Redis as ``REDIS_URL`` of another host."""
    return f"redis://{place.address}:6379/0"
