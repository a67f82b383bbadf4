"""Every process of the house finds the results that a pursuit follows, and links lead home."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from psot.config import Settings
from psot.jury.models import ProtocolRow
from psot.races import earlier, surroundings
from psot.races.proof import canonical, sha256
from psot.races.stages import Stage
from psot.runtime import Runtime, connect
from scoring.biathlon import Qualified
from tests.races import NOW, a_race

BODY = {
    "race": {},
    "results": [
        {"bib": 2, "rank": 1, "behind_ms": 0, "irm": None},
        {"bib": 1, "rank": None, "behind_ms": None, "irm": "DNF"},
    ],
    "teams": [],
}


@pytest.fixture
def made(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Runtime]:
    runtime = connect(
        Settings(
            database_url=database_url,
            redis_url=redis_url,
            data_dir=tmp_path,
            demo=True,
            base_url="https://psot.example",
        )
    )
    yield runtime
    runtime.close()


def test_a_process_finds_the_ranked_of_the_newest_protocol(made: Runtime) -> None:
    with made.database.begin() as session:
        race = a_race(session, stage=Stage.PROVISIONAL)
        before = earlier.results(session, race.id)
        session.add(
            ProtocolRow(
                race=race.id,
                stage="provisional",
                body=canonical(BODY).decode(),
                sha256=sha256(BODY),
                published_at=NOW,
            )
        )
        session.flush()

        assert before is None
        assert earlier.results(session, race.id) == [Qualified(bib=2, rank=1, behind_ms=0)]


def test_a_process_knows_its_address_and_its_redis(made: Runtime) -> None:
    with made.database.begin() as session:
        around = surroundings.around(session)

        assert (around.redis, around.base_url) == (made.redis, "https://psot.example")
