"""My race: every task with its key once the race is locked, to nobody before and to nobody else."""

from datetime import timedelta
from typing import cast
from uuid import UUID

from flask import Flask

from psot.course.closing import close
from psot.course.queries import tasks
from psot.races.queries import question_set
from psot.races.stages import Stage
from tests.course import Racer
from tests.races import a_race
from tests.web import Browser, database_of, sign_in


def racing(app: Flask, browser: Browser) -> Racer:
    """A racer on the course of a new race, the member of ``browser``."""
    database = database_of(app)
    member = cast("UUID", browser.member_id)
    with app.app_context(), database.begin() as session:
        race = a_race(session, stage=Stage.RUNNING, racers=1, members=[member])
    assert race.zero_at is not None
    racer = Racer(database=database, race=race.id, member=member, now=race.zero_at)
    with app.app_context():
        racer.enter()
    return racer


def test_before_the_lock_a_racer_sees_no_key_and_after_it_every_one(app: Flask) -> None:
    browser = sign_in(app, language="en")
    other = sign_in(app, language="en")
    racer = racing(app, browser)
    with app.app_context():
        racer.race_on(misses=(2, 7))
    before = browser.get(f"/races/{racer.race}/mine").text
    with app.app_context(), database_of(app).begin() as session:
        met = tasks(session, racer.race)
        asked = {one.question.id: one.question for one in question_set(session, racer.race)}
        close(session, racer.race, racer.now + timedelta(minutes=1))

    after = browser.get(f"/races/{racer.race}/mine").text
    strangers = other.get(f"/races/{racer.race}/mine").text

    questions = [asked[one.question] for one in met]
    assert "This opens at the lock" in before
    assert not any(one.text in before or one.explanation in before for one in questions)
    assert len(met) == 13
    assert after.count('class="mine-task"') == 13
    assert after.count('<details class="mine-task" open') == 2
    assert all(str(one.source.act)[:20] in after for one in questions)
    assert "/quizzes?topic=" in after
    assert "You were not on the start list" in strangers
    assert not any(one.explanation in strangers for one in questions)


def test_a_visitor_has_no_race_of_their_own(app: Flask, client: Browser) -> None:
    with app.app_context(), database_of(app).begin() as session:
        race = a_race(session, stage=Stage.ANNOUNCED)

    answer = client.get(f"/races/{race.id}/mine")

    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["Location"]
