"""The watch opens cases with evidence; nobody is punished by it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from psot.course.queries import tasks
from psot.database import Database
from psot.jury import operations, queries, schedule
from psot.jury.errors import Decided, TermsInvalid
from psot.races.stages import Stage
from tests.jury import JUDGE, START, a_run_race, now_in


def test_a_running_race_is_watched_and_a_case_grows_until_it_is_closed(judged: Database) -> None:
    view = a_run_race(judged, {1: (2,), 2: (2,), 3: ()}, stage=Stage.RUNNING, think_s=0.5)
    now = START + timedelta(minutes=5)
    before = now_in(judged, view.id)
    with judged.begin() as session:
        session.execute(text("UPDATE race_runs SET away = 7 WHERE bib = 3"))
        session.execute(
            text("INSERT INTO race_outages (from_at, until_at) VALUES (:from_at, :until_at)"),
            {"from_at": START + timedelta(seconds=10), "until_at": START + timedelta(seconds=14)},
        )
    schedule.keep(judged, now)
    with judged.begin() as session:
        found = {(one.kind, one.bibs): one for one in queries.cases(session, view.id)}
    assert ("too_fast", (1,)) in found
    assert ("focus_lost", (3,)) in found
    outage = next(one for (kind, _), one in found.items() if kind == "outage")
    assert outage.evidence["lost_ms"]["1"] == 4_000
    assert now_in(judged, view.id) == before

    focus = found["focus_lost", (3,)]
    with judged.begin() as session:
        session.execute(text("UPDATE race_runs SET away = 9 WHERE bib = 3"))
    schedule.keep(judged, now)
    with judged.begin() as session:
        assert queries.case(session, view.id, focus.id).evidence == {"times": 9}
        with pytest.raises(TermsInvalid):
            operations.close(session, focus.id, verdict=" ", by=JUDGE, now=now)
        operations.close(session, focus.id, verdict="Рабочий звонок", by=JUDGE, now=now)
        session.execute(text("UPDATE race_runs SET away = 20 WHERE bib = 3"))
    schedule.keep(judged, now)
    with judged.begin() as session:
        closed = queries.case(session, view.id, focus.id)
        with pytest.raises(Decided):
            operations.close(session, focus.id, verdict="Ещё раз", by=JUDGE, now=now)
        assert tasks(session, view.id)
    assert (closed.evidence, closed.verdict) == ({"times": 9}, "Рабочий звонок")


def test_a_running_race_is_left_alone_while_it_rests_and_a_locked_one_is_not(
    judged: Database,
) -> None:
    now_s = [0.0]
    rests = schedule.Rests(lambda: now_s[0])
    running = a_run_race(judged, {1: (2,)}, stage=Stage.RUNNING, think_s=0.5)
    locked = a_run_race(judged, {1: (2,)}, think_s=0.5)
    for view in (running, locked):
        with rests.after(view.id):
            now_s[0] += 10

    def kinds(race: UUID) -> set[str]:
        with judged.begin() as session:
            return {one.kind for one in queries.cases(session, race)}

    schedule.keep(judged, START + timedelta(minutes=5), rests)
    assert (kinds(running.id), "too_fast" in kinds(locked.id)) == (set(), True)

    now_s[0] += 1_000
    schedule.keep(judged, START + timedelta(minutes=5), rests)
    assert "too_fast" in kinds(running.id)
