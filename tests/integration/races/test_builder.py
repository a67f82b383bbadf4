"""The builder of races that other tests stand on."""

import pytest

from psot.database import Database
from psot.races import queries
from psot.races.stages import Stage
from scoring.biathlon import format_names
from tests.races import a_race


@pytest.mark.parametrize("stage", [*Stage])
def test_a_race_can_be_had_at_any_stage(races: Database, stage: Stage) -> None:
    with races.begin() as session:
        made = a_race(session, stage=stage)

        assert made.stage is stage


@pytest.mark.parametrize("format_", format_names())
def test_a_race_of_any_format_can_run(races: Database, format_: str) -> None:
    with races.begin() as session:
        made = a_race(session, stage=Stage.RUNNING, format=format_, racers=4)

        assert len(queries.start_list(session, made.id)) == 4
        assert queries.question_set(session, made.id)
