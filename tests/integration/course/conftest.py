"""A database whose races can be raced: the ledger hears every fact."""

from collections.abc import Callable

import pytest

from psot.database import Database
from psot.ledger import Ledger
from psot.projections import CATALOGUE
from psot.races import queries
from psot.races.stages import Stage
from tests.course import Racer
from tests.races import NOW, a_race, racer

Starter = Callable[..., list[Racer]]


@pytest.fixture
def ground(database: Database) -> Database:
    """The database, with a ledger whose bell nobody hears."""
    Ledger(catalogue=CATALOGUE, ring=lambda: None).attach(database)
    return database


@pytest.fixture
def start(ground: Database) -> Starter:
    """Start a race and give its racers in their seats, at the race's zero."""

    def started(racers: int = 1, **details: object) -> list[Racer]:
        with ground.begin() as session:
            view = a_race(session, stage=Stage.RUNNING, racers=racers, **details)  # type: ignore[arg-type]  # handed through
            bibs = [one.bib for one in queries.start_list(session, view.id)]
            who = [racer(session, view.id, bib) for bib in bibs]
        assert view.zero_at is not None
        assert view.zero_at > NOW
        made = [Racer(database=ground, race=view.id, member=one, now=view.zero_at) for one in who]
        for one in made:
            one.enter()
        return made

    return started
