"""``psot ratings verify``: nothing kept of the ratings can differ from the ledger unseen."""

from pathlib import Path

import pytest
import redis as redis_py
from click.testing import CliRunner
from sqlalchemy import text

from psot.cli import main
from psot.database import Database
from psot.ratings import ranks
from psot.ratings.verification import verify
from tests.integration.ratings.history import (
    SEASON,
    answered,
    member,
    moved,
    opened,
    registered,
    tell,
    watched,
)

PEOPLE = [member(number) for number in range(6)]
SCORES = f"psot:ratings:{SEASON}:scores"


@pytest.fixture
def autumn(ledger: Database, redis: redis_py.Redis) -> Database:
    """A season with members, a region's roster and a ranking in Redis."""
    tell(
        ledger,
        [
            opened(),
            *(registered(one, "RU-MOW" if one.int % 2 else "RU-TYU") for one in PEOPLE),
            *(
                answered(one, f"ppe-{question:02}", score_ppm=question * 80_000)
                for one in PEOPLE
                for question in range(11)
            ),
            *(watched(one, ms=one.int % 7 * 600_000) for one in PEOPLE),
        ],
    )
    ranks.sync(ledger, redis)
    return ledger


def differing(database: Database, redis: redis_py.Redis) -> dict[str, int]:
    return {one.what: one.differ for one in verify(database, redis) if one.differ}


def test_everything_agrees_and_nothing_is_changed(autumn: Database, redis: redis_py.Redis) -> None:
    found = {one.what: (one.rows, one.differ) for one in verify(autumn, redis)}

    assert found["rating_members"] == (6, 0)
    assert found[f"regions of {SEASON} against their members"] == (2, 0)
    assert found[f"ranking of {SEASON} in Redis"] == (6, 0)
    assert {differ for _, differ in found.values()} == {0}


def test_a_region_changed_by_hand_is_found_twice_and_shown(
    autumn: Database, redis: redis_py.Redis
) -> None:
    with autumn.begin() as session:
        session.execute(
            text(
                "UPDATE rating_regions SET activity_ppb = activity_ppb + 1 WHERE region = 'RU-TYU'"
            )
        )
    checks = [one for one in verify(autumn, redis) if one.differ]

    assert [one.what for one in checks] == [
        "rating_regions",
        f"regions of {SEASON} against their members",
    ]
    assert all("RU-TYU" in example for one in checks for example in one.examples)


def test_ranks_that_are_wrong_or_too_many_are_found(
    autumn: Database, redis: redis_py.Redis
) -> None:
    redis.zadd(SCORES, {PEOPLE[0].bytes: 1, member(99).bytes: 5})

    assert differing(autumn, redis) == {f"ranking of {SEASON} in Redis": 2}


def test_what_redis_was_not_told_yet_is_no_difference(
    autumn: Database, redis: redis_py.Redis
) -> None:
    tell(autumn, [answered(PEOPLE[0], "risk-01"), answered(member(50), "risk-01")])
    assert differing(autumn, redis) == {}
    redis.flushall()

    assert differing(autumn, redis) == {}


def test_a_move_across_the_start_keeps_rosters_and_members_together(
    autumn: Database, redis: redis_py.Redis
) -> None:
    tell(autumn, [moved(one, "RU-SVE", opened()[2].replace(month=9)) for one in PEOPLE[:3]])

    assert differing(autumn, redis) == {}


def test_the_command_names_what_differs_and_fails(
    autumn: Database, redis: redis_py.Redis, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    settings = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PSOT_DATA_DIR": str(tmp_path),
        "PSOT_DEMO": "1",
    }
    good = CliRunner().invoke(main, ["ratings", "verify"], env=settings)
    with autumn.begin() as session:
        session.execute(
            text("UPDATE rating_members SET minutes = 7 WHERE member = :one"), {"one": PEOPLE[0]}
        )
    bad = CliRunner().invoke(main, ["ratings", "verify"], env=settings)

    assert (good.exit_code, "DIFFER" in good.output) == (0, False), good.output
    assert bad.exit_code == 1
    assert "rating_members: 6 rows, 1 DIFFER" in bad.output
    assert str(PEOPLE[0]) in bad.output
    assert redis.zcard(SCORES) == len(PEOPLE)
