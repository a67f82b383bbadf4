"""The schema's history: up, down, up again, with facts on the ledger and the oracle between."""

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from psot import migrations
from psot.config import Settings
from psot.ledger import append_many
from psot.ledger.consumers import enrol
from psot.ledger.drain import Drainer
from psot.ledger.verify import verify
from psot.projections import CATALOGUE
from psot.runtime import connect
from tests.chaos.story import story


def steps() -> list[str]:
    """Return the revisions, the newest first."""
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    script = ScriptDirectory.from_config(config)
    return [step.revision for step in script.walk_revisions()]


def test_there_is_one_history() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))

    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_every_step_goes_both_ways_and_the_models_fit(empty_database_url: str) -> None:
    migrations.upgrade(empty_database_url)
    for step in [*steps()[1:], "base"]:
        migrations.downgrade(empty_database_url, step)
        migrations.upgrade(empty_database_url, "+1")
        migrations.downgrade(empty_database_url, step)
    migrations.upgrade(empty_database_url)

    migrations.check(empty_database_url)


@pytest.mark.parametrize("facts", [1_500])
def test_facts_and_what_they_are_worth_survive_the_last_step_down_and_up(
    empty_database_url: str, redis_url: str, tmp_path: object, facts: int
) -> None:
    settings = Settings(
        database_url=empty_database_url,
        redis_url=redis_url,
        data_dir=tmp_path,  # type: ignore[arg-type]  # a Path
        demo=True,
    )
    migrations.upgrade(empty_database_url)
    made = connect(settings)
    enrol(made.database, CATALOGUE)
    with made.database.begin() as session:
        append_many(session, [(one.fact, one.key, one.at) for one in story(facts, seed=5)])
    drainer = Drainer(made.database, made.redis, CATALOGUE)
    drainer.run(linger_s=0)

    def oracle() -> list[tuple[str, int, str]]:
        with made.database.begin() as session:
            count = session.execute(text("SELECT count(*) FROM ledger_facts")).scalar_one()
        verdicts = [one for each in CATALOGUE.projections for one in verify(made.database, each)]
        assert count == facts
        assert [one.table for one in verdicts if one.drifted] == []
        return [(one.table, one.rows, one.stored_sha256) for one in verdicts]

    before = oracle()
    made.database.close()
    migrations.downgrade(empty_database_url, steps()[1])
    migrations.upgrade(empty_database_url)
    enrol(made.database, CATALOGUE)  # as every process does when it starts
    drainer.run(linger_s=0)

    assert oracle() == before
    made.database.close()
