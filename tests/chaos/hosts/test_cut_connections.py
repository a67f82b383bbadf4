"""A host that was cut off holds up neither the others nor itself."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from psot.database import Database
from tests.chaos.hosts.base import database_at, services
from tests.chaos.hosts.network import Network, network
from tests.services import throw_away_folder

LOCK = text("SELECT pg_advisory_xact_lock(1)")
ONE = text("SELECT 1")


@dataclass(kw_only=True)
class Hosts:
    """A database as a distant host has it, and as somebody does whom nothing cuts off."""

    network: Network
    far: Database
    near: Database


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    with throw_away_folder() as folder, network("far", "base") as joined, ExitStack() as up:
        base = joined.hosts["base"]
        postgres, _ = services(folder, base, up)
        made = Hosts(network=joined, far=Database(database_at(base)), near=Database(postgres.url()))
        up.callback(made.near.close)
        up.callback(made.far.close)
        yield made


def test_what_a_host_has_locked_is_free_again_when_the_host_is_cut_off(hosts: Hosts) -> None:
    """Whoever waits for a lock gets it before the wait ends in an error; the host hears of it."""
    with hosts.network.hosts["far"].inside():
        holding = hosts.far.session()
        holding.execute(LOCK)
    hosts.network.cut("far")

    with hosts.near.begin() as waiting:
        waiting.execute(LOCK)
    with pytest.raises(OperationalError):
        holding.execute(ONE)
    holding.close()

    hosts.network.mend("far")
    with hosts.network.hosts["far"].inside(), hosts.far.begin() as session:
        assert session.execute(ONE).scalar() == 1
