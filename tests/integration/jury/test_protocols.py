"""Protocols: provisional at the lock, official after the window; the ratings are told once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from events.competition import (
    DrawRevealed,
    ParticipationCredited,
    RaceQuestionAnswered,
    ShootingCleaned,
)
from psot import clock
from psot.course.queries import tasks
from psot.database import Database
from psot.jury import checking, feed, operations, proof, queries, schedule
from psot.jury.errors import OffStage, StillOpen
from psot.jury.terms import Kind, Terms
from psot.ledger.models import FactRow
from psot.members.models import Mail
from psot.races import queries as races
from psot.races.proof import canonical, sha256
from psot.races.stages import Stage
from psot.ratings.derivations import open_rating
from psot.ratings.operations import open_season
from psot.ratings.queries import member_rating
from tests.jury import JUDGE, OVER, a_run_race, asked, settle
from tests.races import racer

WINDOW_OVER = OVER + timedelta(hours=25)


def told(database: Database, kind: type) -> int:
    with database.begin() as session:
        wanted = select(func.count()).where(FactRow.type == kind.type)  # type: ignore[attr-defined]
        return session.scalars(wanted).one()


def test_a_race_becomes_official_by_itself_when_its_window_is_over(judged: Database) -> None:
    view = a_run_race(judged)
    assert schedule.keep(judged, OVER) == 1
    assert schedule.keep(judged, OVER) == 0
    settle(judged)
    assert schedule.keep(judged, OVER + timedelta(hours=23)) == 0
    assert told(judged, DrawRevealed) == 0
    assert schedule.keep(judged, WINDOW_OVER) == 1

    with judged.begin() as session:
        first = queries.published(session, view.id, "provisional")
        last = queries.published(session, view.id)
        found = races.race(session, view.id)
    assert first is not None
    assert last is not None
    assert (first.stage, last.stage, found.stage) == ("provisional", "official", Stage.OFFICIAL)
    assert first.body["results"] == last.body["results"]
    assert sha256(last.body) == last.sha256
    assert told(judged, DrawRevealed) == 1
    assert {line["name"] for line in last.body["results"]} == {None}
    assert {line["region"] for line in last.body["results"]} == {"RU-TYU"}


def test_the_scheduler_keeps_the_office_beside_its_other_duties(judged: Database) -> None:
    view = a_run_race(judged, {1: (), 2: ()})
    keeper = schedule.Keeper(judged)
    with clock.fixed(OVER):
        keeper.keep()
    keeper.keep()
    keeper.finish()

    with judged.begin() as session:
        assert queries.published(session, view.id) is not None


def test_a_locked_race_waits_for_its_log_and_practice_stays_locked(judged: Database) -> None:
    view = a_run_race(judged, {1: (), 2: ()})
    with judged.begin() as session:
        session.execute(text("DELETE FROM race_log WHERE n = (SELECT max(n) FROM race_log)"))
    assert schedule.keep(judged, OVER) == 0
    with judged.begin() as session:
        session.execute(text("UPDATE races SET practice_of = id WHERE id = :id"), {"id": view.id})
        with pytest.raises(OffStage):
            operations.publish(session, view.id, Stage.PROVISIONAL, now=OVER, by=JUDGE)
    assert schedule.keep(judged, OVER) == 0


def test_nothing_is_official_while_the_jury_owes_an_answer(judged: Database) -> None:
    view = a_run_race(judged, {1: (), 2: (2,)})
    schedule.keep(judged, OVER)
    settle(judged)
    with judged.begin() as session:
        who = racer(session, view.id, 2)
        protest = operations.lodge(
            session, view.id, who, text="Вопрос поставлен двусмысленно", task=None, now=OVER
        )
        decision = operations.stage(
            session,
            view.id,
            Terms(kind=Kind.ADJUST, ms={2: -1000}),
            reason="По протесту",
            by=JUDGE,
            now=OVER,
            protest=protest,
        )
    assert schedule.keep(judged, WINDOW_OVER) == 0
    with judged.begin() as session:
        operations.answer(session, protest, upheld=True, text="Верно", by=JUDGE, now=OVER)
    assert schedule.keep(judged, WINDOW_OVER) == 0
    with pytest.raises(StillOpen), judged.begin() as session:
        operations.publish(session, view.id, Stage.OFFICIAL, now=OVER, by=JUDGE)
    with judged.begin() as session:
        operations.apply(session, decision, by=JUDGE, now=WINDOW_OVER)
    settle(judged)
    with judged.begin() as session:
        operations.publish(session, view.id, Stage.OFFICIAL, now=WINDOW_OVER, by=JUDGE)

    with judged.begin() as session:
        first = queries.published(session, view.id, "provisional")
        last = queries.published(session, view.id, "official")
        letters = session.scalars(select(Mail.body)).all()
    assert first is not None
    assert last is not None
    before, after = (
        {one["bib"]: one["total_ms"] for one in each.body["results"]} for each in (first, last)
    )
    assert after == {**before, 2: before[2] - 1000}
    assert [one for one in letters if "Верно" in one]


def test_an_official_race_counts_in_the_ratings_once(judged: Database) -> None:
    with judged.begin() as session:
        open_season(session, now=OVER)
    view = a_run_race(judged, normed_minutes=30, racing=(1, 2, 3))
    void = asked(judged, view.id, 3)
    with judged.begin() as session:
        found = operations.stage(
            session,
            view.id,
            Terms(kind=Kind.VOID, question=void),
            reason="Две верные редакции",
            by=JUDGE,
            now=OVER,
        )
        operations.apply(session, found, by=JUDGE, now=OVER)
    settle(judged)
    schedule.keep(judged, OVER)
    settle(judged)
    schedule.keep(judged, WINDOW_OVER)
    settle(judged)

    assert told(judged, ParticipationCredited) == 3, "who never came is credited nothing"
    count = told(judged, RaceQuestionAnswered)
    with judged.begin() as session:
        answered = {(one.bib, one.question) for one in tasks(session, view.id)}
        who = racer(session, view.id, 3)
        rating = member_rating(session, "2026-Q4", who)
        opened = open_rating(session, "2026-Q4", who)
        last = queries.published(session, view.id)
        assert last is not None
        again = feed.tell(session, races.race(session, view.id), last.body)
    assert count == len([one for one in answered if one[1] != void])
    clean = told(judged, ShootingCleaned)
    assert clean == 4, "two bouts of bib 1, one of bib 2, one of bib 3 without the void question"
    assert again == count + 3 + clean
    assert (told(judged, ParticipationCredited), told(judged, RaceQuestionAnswered)) == (3, count)
    assert rating is not None
    assert opened is not None
    own = {question for bib, question in answered if bib == 3 and question != void}
    assert rating.first_attempts == len(own)
    assert [(one.race, one.minutes) for one in opened.races] == [(view.id, 30)]
    assert {one.race for one in opened.answers} == {view.id}
    assert sum(one.score_ppm == 0 for one in opened.answers) == 1, "one of the two misses is void"


def test_an_exhibition_tells_the_ratings_nothing(judged: Database) -> None:
    view = a_run_race(judged, {1: (), 2: ()})
    with judged.begin() as session:
        session.execute(text("UPDATE races SET exhibition = true"))
    schedule.keep(judged, OVER)
    schedule.keep(judged, WINDOW_OVER)

    with judged.begin() as session:
        assert races.race(session, view.id).stage is Stage.OFFICIAL
    assert (told(judged, ParticipationCredited), told(judged, RaceQuestionAnswered)) == (0, 0)


def test_anybody_can_derive_every_draw_from_the_proof(judged: Database) -> None:
    view = a_run_race(judged, {1: (2,), 2: ()})
    schedule.keep(judged, OVER)
    with judged.begin() as session:
        early = proof.document(session, races.race(session, view.id))
    schedule.keep(judged, WINDOW_OVER)
    with judged.begin() as session:
        whole = proof.document(session, races.race(session, view.id))

    assert {"secret", "questions", "tasks"}.isdisjoint(early)
    checks = {one.what: one for one in checking.check(whole)}
    assert [one for one in checks.values() if one.broken] == []
    assert checks["questions drawn"].held == len(whole["tasks"]) > 10
    assert "Анна" not in canonical(whole).decode()
    whole["tasks"][3]["question"] = whole["tasks"][0]["question"]
    whole["protocols"][0]["body"]["results"][0]["points"] += 1
    broken = {one.what for one in checking.check(whole) if one.broken}
    assert broken == {"protocol provisional", "questions drawn", "options drawn"}
