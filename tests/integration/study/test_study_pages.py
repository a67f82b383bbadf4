"""A member's learning over time, on its pages: mistakes, the day's set, the plan and its years."""

import re
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from psot import clock
from psot.database import Database
from psot.learning import queries as learning
from psot.ledger import Catalogue
from psot.ledger.consumers import enrol
from psot.study import courses, queries, schedule
from psot.study.projections import STUDY
from tests.integration.study.history import (
    DAY,
    HALF,
    NOW,
    RIGHT,
    WRONG,
    answered,
    drain,
    finished,
    read,
    tell,
)
from tests.quizzes import the_pack
from tests.web import Browser, database_of, sign_in

MOSCOW = ZoneInfo("Europe/Moscow")
PLAN = "head-of-a-small-firm"
STEPS = the_pack().plans[PLAN].steps
FIRST = STEPS[0].topic


@pytest.fixture
def database(app: Flask) -> Database:
    """The database of the running app, to whose ledger study listens."""
    enrol(database_of(app), Catalogue((STUDY,)))
    return database_of(app)


@pytest.fixture
def learner(app: Flask) -> Browser:
    """A member who reads English pages."""
    with clock.fixed(NOW):
        return sign_in(app, language="en", timezone="Europe/Moscow")


def who(browser: Browser) -> UUID:
    assert browser.member_id
    return browser.member_id


def questions_of(topic: str) -> list[str]:
    return [one.id for one in the_pack().questions.values() if one.topic == topic]


def present(browser: Browser, at: datetime) -> Browser:
    """The browser, or one signed in anew where the session is too old by then."""
    return browser if at < NOW + 10 * DAY else sign_in(browser.application, member=who(browser))


def page(browser: Browser, path: str, at: datetime = NOW) -> str:
    with clock.fixed(at):
        answer = (present(browser, at) if browser.member_id else browser).get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text.replace("\xa0", " "))


def post(browser: Browser, path: str, at: datetime = NOW, **form: object) -> str:
    """Send a form; returns where it leads."""
    with clock.fixed(at):
        answer = present(browser, at).post(path, data=form)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def asked(database: Database, browser: Browser, path: str) -> list[str]:
    """The questions of the attempt at ``path``."""
    with database.begin() as session:
        attempt = UUID(path.rpartition("/")[2])
        return list(learning.attempt_of(session, who(browser), attempt).questions)


# -- mistakes ---------------------------------------------------------------------------------


def test_who_made_no_mistakes_is_told_so(learner: Browser) -> None:
    assert "No mistakes to mend" in page(learner, "/me/mistakes")


def test_a_mistake_is_listed_until_it_was_right_on_two_days(
    database: Database, learner: Browser
) -> None:
    anna, question = who(learner), questions_of("ppe")[0]

    def shown(at: datetime) -> str:
        return page(learner, "/me/mistakes", at)

    tell(database, answered(anna, question, HALF))
    assert "Partly right: 50%" in shown(NOW)
    tell(database, answered(anna, question, RIGHT, at=NOW + DAY, nth=2))
    assert "right today" in shown(NOW + DAY)
    assert "All of these were right today" in shown(NOW + DAY)
    tell(database, answered(anna, question, RIGHT, at=NOW + DAY + timedelta(hours=1), nth=3))
    assert "once more" in shown(NOW + 2 * DAY), "twice on one day is once"
    tell(database, answered(anna, question, RIGHT, at=NOW + 2 * DAY, nth=4))
    assert "No mistakes to mend" in shown(NOW + 2 * DAY)
    tell(database, answered(anna, question, WRONG, at=NOW + 9 * DAY, nth=5))
    assert "No mistakes to mend" not in shown(NOW + 9 * DAY)


def test_days_are_those_of_the_members_zone(database: Database, learner: Browser) -> None:
    anna, question = who(learner), questions_of("ppe")[0]
    evening = NOW.replace(hour=20, minute=30)  # 23:30 in Moscow
    tell(
        database,
        answered(anna, question, WRONG),
        answered(anna, question, RIGHT, at=evening, nth=2),
        answered(anna, question, RIGHT, at=evening + timedelta(hours=1), nth=3),
    )

    with database.begin() as session:
        assert queries.mistakes(session, anna, MOSCOW) == []
        assert len(queries.mistakes(session, anna, ZoneInfo("UTC"))) == 1


def test_mistakes_of_one_topic_are_practised_the_oldest_first(
    database: Database, learner: Browser
) -> None:
    anna = who(learner)
    ppe, height = questions_of("ppe")[:3], questions_of("height")[:1]
    tell(
        database,
        *(
            answered(anna, one, WRONG, at=NOW + timedelta(minutes=number))
            for number, one in enumerate([*reversed(ppe), *height])
        ),
    )

    shown = page(learner, "/me/mistakes?topic=ppe", NOW + DAY)
    attempt = post(learner, "/me/mistakes", NOW + DAY, topic="ppe")

    assert "Practise 3 questions" in shown
    assert asked(database, learner, attempt) == list(reversed(ppe))
    assert post(learner, "/me/mistakes", NOW + DAY, topic="ppe") == attempt
    assert "Go on: 0 of 3" in page(learner, "/me/mistakes?topic=ppe", NOW + DAY)
    assert "Practise 4 questions" in page(learner, "/me/mistakes", NOW + DAY)


def test_no_more_than_twenty_are_practised_at_once(database: Database, learner: Browser) -> None:
    wrong = list(the_pack().questions)[:23]
    tell(database, *(answered(who(learner), one, WRONG) for one in wrong))

    assert "Practise 20 questions" in page(learner, "/me/mistakes")
    assert len(asked(database, learner, post(learner, "/me/mistakes", NOW + DAY))) == 20


def test_nothing_to_practise_is_said(learner: Browser) -> None:
    assert post(learner, "/me/mistakes", topic="ppe") == "/me/mistakes"
    assert "There is nothing to practise here today." in page(learner, "/me/mistakes")


def test_a_question_nobody_asks_any_more_is_no_mistake(
    database: Database, learner: Browser
) -> None:
    tell(database, answered(who(learner), "gone-01", WRONG))

    assert "No mistakes to mend" in page(learner, "/me/mistakes")
    assert "Nothing to repeat yet" in page(learner, "/me/today")


# -- the day's set ----------------------------------------------------------------------------


def test_what_is_due_is_asked_and_what_is_not_says_when_to_come_back(
    database: Database, learner: Browser
) -> None:
    wrong, right = questions_of("ppe")[:2]
    tell(database, answered(who(learner), wrong, WRONG), answered(who(learner), right))

    assert "Come back on 23 November 2026" in page(learner, "/me/today")
    assert post(learner, "/me/today") == "/me/today"
    early = NOW.replace(hour=0) + DAY  # due from midnight, not from nine
    assert "1 question today" in page(learner, "/me/today", early)
    assert "Practise 1 question" in page(learner, "/me/mistakes", early)
    attempt = post(learner, "/me/today", early)
    assert asked(database, learner, attempt) == [wrong]
    assert "The set is under way: 0 of 1" in page(learner, "/me/today", early)
    assert post(learner, "/me/today", early) == attempt
    table = page(learner, "/me/today")
    assert table.count("<tr>") == 15, "a head and fourteen days"


def test_a_set_of_yesterday_ends_with_what_was_answered(
    database: Database, learner: Browser
) -> None:
    first, second = questions_of("ppe")[:2]
    tell(database, answered(who(learner), first, WRONG), answered(who(learner), second))
    yesterday = post(learner, "/me/today", NOW + DAY)

    today = post(learner, "/me/today", NOW + 2 * DAY)

    assert today != yesterday
    assert asked(database, learner, today) == [first, second]
    with database.begin() as session:
        old = learning.attempt_of(session, who(learner), UUID(yesterday.rpartition("/")[2]))
    assert old.finished


def test_the_days_limit_holds_and_more_is_the_members_choice(
    database: Database, learner: Browser
) -> None:
    anna = who(learner)
    wrong = list(the_pack().questions)[:12]
    tell(database, *(answered(anna, one, WRONG) for one in wrong))
    post(learner, "/me/today/limit", NOW, limit="5")
    tomorrow = NOW + DAY

    with database.begin() as session:
        before = queries.today(session, anna, tomorrow, MOSCOW)
    tell(
        database,
        *(answered(anna, one, at=tomorrow, nth=2, quiz="daily", mode="daily") for one in wrong[:5]),
    )
    shown = page(learner, "/me/today", tomorrow)

    assert (len(before.due), before.waiting) == (5, 7)
    assert "Done for today" in shown
    assert "7 more are due" in shown
    assert "5 of 5 answers" in shown
    assert post(learner, "/me/today", tomorrow) == "/me/today"
    beyond = post(learner, "/me/today", tomorrow, beyond="yes")
    assert asked(database, learner, beyond) == wrong[5:10]


@pytest.mark.parametrize("limit", ["4", "51", "many", ""])
def test_a_limit_that_makes_no_sense_is_refused_beside_its_field(
    learner: Browser, limit: str
) -> None:
    refused = learner.post("/me/today/limit", data={"limit": limit})

    assert refused.status_code == 422
    assert "Choose a number from 5 to 50." in refused.text


def test_retention_counts_answers_to_what_was_due_and_nothing_else(
    database: Database, learner: Browser
) -> None:
    anna = who(learner)
    known = list(the_pack().questions)[:12]
    tell(database, *(answered(anna, one) for one in known))  # due in two days
    tell(
        database,
        answered(anna, known[0], at=NOW + timedelta(hours=1), nth=2),  # not due yet
        *(answered(anna, one, at=NOW + 2 * DAY, nth=3) for one in known[1:11]),
        answered(anna, known[11], WRONG, at=NOW + 2 * DAY, nth=3),
    )

    with database.begin() as session:
        found = queries.retention(session, anna, NOW + 3 * DAY, MOSCOW)
        later = queries.retention(session, anna, NOW + 40 * DAY, MOSCOW)

    assert (found.answers, found.right) == (11, 10)
    assert later.share is None
    assert "91%" in page(learner, "/me/today", NOW + 3 * DAY)


def test_days_in_a_row_are_counted_quietly(database: Database, learner: Browser) -> None:
    anna, question = who(learner), questions_of("ppe")[0]
    tell(database, *(answered(anna, question, at=NOW - DAY * day, nth=9 - day) for day in range(4)))

    with database.begin() as session:
        assert queries.streak(session, anna, NOW, MOSCOW) == 4
        assert queries.streak(session, anna, NOW + DAY, MOSCOW) == 4
        assert queries.streak(session, anna, NOW + 2 * DAY, MOSCOW) == 0


def test_a_plan_brings_a_few_new_questions_a_day(database: Database, learner: Browser) -> None:
    post(learner, "/me/plan", plan=PLAN)

    assert "5 new ones from your plan" in page(learner, "/me/today")
    attempt = post(learner, "/me/today")
    assert asked(database, learner, attempt) == questions_of(FIRST)[:5]
    post(learner, "/me/plan/pause", on="yes")
    with database.begin() as session:
        assert queries.today(session, who(learner), NOW, MOSCOW).fresh == ()


def test_the_first_page_reminds_of_what_is_due_and_of_the_next_step(
    database: Database, learner: Browser
) -> None:
    tell(database, answered(who(learner), questions_of("ppe")[0], WRONG))
    post(learner, "/me/plan", plan=PLAN)

    home = page(learner, "/", NOW + DAY)
    late = page(learner, "/", NOW + 10 * DAY)

    assert "1 question is due" in home
    assert "Next in your plan" in home
    assert "Your plan waits" in late


# -- plans ------------------------------------------------------------------------------------


def test_everybody_reads_what_plans_contain(client: Browser) -> None:
    shown = page(client, "/plans")

    assert shown.count('class="card study-plan"') == len(the_pack().plans)
    assert 'href="/topics/' in shown
    assert client.get("/me/plan").status_code in {302, 303, 401}


def test_a_plan_is_followed_step_by_step(database: Database, learner: Browser) -> None:
    anna = who(learner)
    assert "No plan yet" in page(learner, "/me/plan")
    assert post(learner, "/me/plan", plan=PLAN) == "/me/plan"
    assert f"0 of {len(STEPS)}" in page(learner, "/me/plan")

    tell(database, read(anna, FIRST), *(answered(anna, one) for one in questions_of(FIRST)))

    shown = page(learner, "/me/plan", NOW + DAY)
    assert f"1 of {len(STEPS)}" in shown
    assert 'study-step-next" aria-current="step"' in shown
    assert "Was due on" not in shown
    assert "Was due on" in page(learner, "/me/plan", NOW + 20 * DAY)


def test_a_check_of_a_step_is_passed_with_its_mark(database: Database, learner: Browser) -> None:
    anna = who(learner)
    post(learner, "/me/plan", plan="commission-member")

    def passed() -> bool:
        with database.begin() as session:
            found = courses.current(session, anna, NOW, MOSCOW)
        assert found
        return found.steps[0].deeds[2].done

    tell(database, finished(anna, "training.check", 790_000))
    assert not passed()
    tell(database, finished(anna, "training.check", 800_000, number=2))
    assert passed()


def test_what_was_done_sixty_days_before_counts_and_nothing_older(
    database: Database, learner: Browser
) -> None:
    anna = who(learner)
    second = STEPS[1].topic
    tell(database, read(anna, FIRST, at=NOW - 59 * DAY), read(anna, second, at=NOW - 61 * DAY))
    post(learner, "/me/plan", plan=PLAN)

    with database.begin() as session:
        found = courses.current(session, anna, NOW, MOSCOW)

    assert found
    assert [one.deeds[0].done for one in found.steps[:2]] == [True, False]


def test_an_unknown_plan_is_not_found(learner: Browser) -> None:
    assert learner.post("/me/plan", data={"plan": "none"}).status_code == 404


def test_a_pause_moves_every_day_and_the_renewal(database: Database, learner: Browser) -> None:
    anna = who(learner)
    post(learner, "/me/plan", plan=PLAN)
    post(learner, "/me/plan/pause", NOW + DAY, on="yes")
    post(learner, "/me/plan/pause", NOW + 2 * DAY, on="yes")
    assert "Paused on" in page(learner, "/me/plan", NOW + 20 * DAY)
    assert "Was due on" not in page(learner, "/me/plan", NOW + 20 * DAY)
    post(learner, "/me/plan/pause", NOW + 21 * DAY, on="no")
    post(learner, "/me/plan/pause", NOW + 22 * DAY, on="no")

    with database.begin() as session:
        found = courses.current(session, anna, NOW + 22 * DAY, MOSCOW)

    assert found
    assert found.renews_on == (NOW + 20 * DAY).date().replace(year=2027)
    assert found.steps[0].due_on == (NOW + 27 * DAY).date()


def test_a_plan_is_left_and_come_back_to(database: Database, learner: Browser) -> None:
    anna = who(learner)
    post(learner, "/me/plan", plan=PLAN)
    tell(database, read(anna, FIRST))
    post(learner, "/me/plan/leave", NOW + DAY)

    left = page(learner, "/me/plan", NOW + DAY)
    course = re.findall(r'name="course" value="([^"]+)"', left)[0]
    kept = page(learner, f"/me/plan/rounds/{course}", NOW + DAY)
    post(learner, "/me/plan/return", NOW + 3 * DAY, course=course)
    post(learner, "/me/plan/return", NOW + 3 * DAY, course=course)

    assert "You left the plan" in left
    assert "No plan yet" in left
    assert "Not done" in kept
    assert "circle-check" in kept, "the lesson that was read"
    back = page(learner, "/me/plan", NOW + 3 * DAY)
    assert "Next" in back
    assert "What was" not in back


def test_changing_the_plan_leaves_the_old_one_and_returning_leaves_the_new_one(
    database: Database, learner: Browser
) -> None:
    post(learner, "/me/plan", plan=PLAN)
    post(learner, "/me/plan", NOW + DAY, plan=PLAN)
    post(learner, "/me/plan", NOW + DAY, plan="safety-specialist")
    shown = page(learner, "/me/plan", NOW + DAY)
    (old,) = re.findall(r'name="course" value="([^"]+)"', shown)

    post(learner, "/me/plan/return", NOW + 2 * DAY, course=old)

    with database.begin() as session:
        current = courses.current(session, who(learner), NOW + 2 * DAY, MOSCOW)
        past = courses.past(session, who(learner), MOSCOW)
    assert current
    assert (current.plan, [one.plan for one in past]) == (PLAN, ["safety-specialist"])


def test_who_follows_no_plan_has_none_to_pause_or_leave(learner: Browser) -> None:
    for path in ("pause", "leave", f"lessons/{FIRST}"):
        post(learner, f"/me/plan/{path}")
        assert "You follow no plan now." in page(learner, "/me/plan")


def test_the_plans_of_others_are_nobodys(app: Flask, learner: Browser) -> None:
    with clock.fixed(NOW):
        boris = sign_in(app)
    post(boris, "/me/plan", plan=PLAN)
    post(boris, "/me/plan/leave")
    course = re.findall(r'name="course" value="([^"]+)"', page(boris, "/me/plan"))[0]

    with clock.fixed(NOW):
        assert learner.get(f"/me/plan/rounds/{course}").status_code == 404
        for given in (course, "nonsense"):
            refused = learner.post("/me/plan/return", data={"course": given})
            assert refused.status_code == 404


def test_a_year_later_the_plan_begins_anew_and_the_year_stays_as_history(
    database: Database, learner: Browser
) -> None:
    anna = who(learner)
    post(learner, "/me/plan", plan=PLAN)
    second = STEPS[1].topic
    year = NOW.replace(year=2027)
    tell(database, read(anna, FIRST, at=NOW + DAY), read(anna, second, at=year - 30 * DAY))

    assert schedule.keep(database, year - timedelta(seconds=1)) == 0
    assert schedule.keep(database, year) == 1
    assert schedule.keep(database, year) == 0

    with database.begin() as session:
        found = courses.current(session, anna, year, MOSCOW)
        (past,) = courses.past(session, anna, MOSCOW)
    assert found
    assert found.round == 2
    assert [one.deeds[0].done for one in found.steps[:2]] == [False, True], "sixty days count"
    assert [one.deeds[0][1] is not None for one in past.steps[:3]] == [True, True, False]
    assert past.renewed
    assert "Round 2." in page(learner, "/me/plan", year)
    with clock.fixed(NOW):
        refused = learner.post("/me/plan/return", data={"course": str(past.id)})
    assert refused.status_code == 409


def test_a_lesson_read_before_is_read_again_in_the_new_year(
    database: Database, learner: Browser
) -> None:
    anna = who(learner)
    tell(database, read(anna, FIRST, at=NOW - 100 * DAY))
    post(learner, "/me/plan", plan=PLAN)
    assert "I have read it again" in page(learner, "/me/plan")

    post(learner, f"/me/plan/lessons/{FIRST}", NOW + DAY)
    post(learner, f"/me/plan/lessons/{STEPS[1].topic}", NOW + DAY)
    drain(database)

    shown = page(learner, "/me/plan", NOW + DAY)
    assert "I have read it again" not in shown
    with database.begin() as session:
        found = courses.current(session, anna, NOW + DAY, MOSCOW)
    assert found
    assert [one.deeds[0].done for one in found.steps[:2]] == [True, False]


def test_a_paused_plan_is_not_renewed(database: Database, learner: Browser) -> None:
    post(learner, "/me/plan", plan=PLAN)
    post(learner, "/me/plan/pause", NOW + DAY, on="yes")

    assert schedule.keep(database, NOW + 500 * DAY) == 0
