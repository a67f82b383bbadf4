"""The map of misses: added up once, whoever adds, however many runs there are."""

from collections import Counter

from flask import Flask
from sqlalchemy import event, text

from psot.workplace import queries, schedule
from psot.workplace.tallying import tally
from tests.integration.workplace.conftest import START, Player
from tests.web import database_of

RUNS = 10_000
PARTS = 30


def many_runs(app: Flask) -> None:
    """Let ten thousand runs of the small shop have ended, with their outcomes."""
    with database_of(app).begin() as session:
        session.execute(
            text(
                "INSERT INTO workplace_runs (id, member, scenario, version, mode, seed, number,"
                " minutes, started_at, taken, done, found, ended_at, how, score_ppm, duration_ms)"
                " SELECT gen_random_uuid(), gen_random_uuid(), 'mini', 1, 'practice', 1, 1, 6, :at,"
                " 9, 4, 2, :at, 'finished', nth % 2 * 500000, 1000"
                " FROM generate_series(1, :runs) AS nth"
            ),
            {"runs": RUNS, "at": START},
        )
        session.execute(
            text(
                "INSERT INTO workplace_outcomes (run, kind, part, scenario, verdict)"
                " SELECT id, 'step', 'part-' || nth, scenario,"
                " CASE WHEN score_ppm = 0 THEN 'missed' ELSE 'right' END"
                " FROM workplace_runs CROSS JOIN generate_series(1, :parts) AS nth"
            ),
            {"parts": PARTS},
        )
    with database_of(app).engine.execution_options(isolation_level="AUTOCOMMIT").connect() as plain:
        plain.execute(text("ANALYZE"))


def counted(app: Flask) -> dict[tuple[str, str], tuple[int, int]]:
    """Add up afresh, from what came of each part of each run."""
    with database_of(app).begin() as session:
        rows = session.execute(text("SELECT kind, part, verdict FROM workplace_outcomes"))
        runs: Counter[tuple[str, str]] = Counter()
        missed: Counter[tuple[str, str]] = Counter()
        for kind, part, verdict in rows:
            runs[kind, part] += 1
            missed[kind, part] += verdict in {"missed", "wrong"}
    return {one: (runs[one], missed[one]) for one in runs if one[0] not in queries.ERRORS}


def test_the_map_is_the_sum_of_all_outcomes_however_often_it_is_added(shop: Flask) -> None:
    for last in ("lathe", "exit", "rack"):
        player = Player(shop)
        player.do("report", object="lathe")
        player.do("report", object=last) if last != "lathe" else None
        player.do("finish")
        schedule.keep(database_of(shop), START)
    schedule.keep(database_of(shop), START)
    Player(shop).do("report", object="lathe")

    with database_of(shop).begin() as session:
        found = queries.misses(session, "mini")
        ended = queries.ended_runs(session, "mini")

    assert ended == 3
    alarms = [one for one in found if one.kind == "false_alarm"]
    assert {one.runs for one in alarms} == {3}
    told = {(one.kind, one.id): (one.runs, one.missed) for one in found}
    afresh = counted(shop)
    assert {one: told[one][1] for one in told} == {one: afresh[one][1] for one in afresh}
    assert all(told[one] == afresh[one] for one in told if one[0] != "false_alarm")


def test_a_run_that_is_being_added_is_not_added_by_another_scheduler(shop: Flask) -> None:
    Player(shop).do("finish")
    database = database_of(shop)
    with database.begin() as first, database.begin() as second:
        assert (tally(first), tally(second)) == (1, 0)

    with database.begin() as session:
        assert queries.ended_runs(session, "mini") == 1


def test_pages_look_at_the_sums_alone_and_the_scheduler_at_new_runs_alone(shop: Flask) -> None:
    many_runs(shop)
    database = database_of(shop)
    schedule.keep(database, START)
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(str(told[2])))

    with database.begin() as session:
        found = queries.misses(session, "mini")
        figures = queries.figures(session)
        plan = "\n".join(
            session.scalars(
                text(
                    "EXPLAIN SELECT id FROM workplace_runs WHERE ended_at IS NOT NULL"
                    " AND NOT tallied ORDER BY ended_at LIMIT 500"
                )
            )
        )

    assert {(one.runs, one.missed) for one in found} == {(RUNS, RUNS // 2)}
    assert figures == {"mini": (RUNS, 250_000)}
    assert not [one for one in asked if "workplace_outcomes" in one]
    assert "ix_workplace_runs_untallied" in plan
