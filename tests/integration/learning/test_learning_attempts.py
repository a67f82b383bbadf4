"""A quiz is taken question by question; every answer is stored once, told once and judged once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from redis import Redis
from sqlalchemy import text

from content.quiz import PublicQuestion
from psot.database import Database
from psot.errors import PsotError
from psot.learning.errors import AnswerStands, ChoiceInvalid, NotShown, UnknownAttempt, UnknownQuiz
from psot.learning.operations import answer, show_question, start_attempt, withdraw_quiz
from psot.learning.values import Answered, Shown
from psot.ratings import ranks
from psot.ratings.operations import open_season
from psot.ratings.queries import member_rating
from tests.integration.ratings.history import drain
from tests.quizzes import the_question

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ANNA, BORIS = UUID(int=1), UUID(int=2)


def begin(database: Database, slug: str, who: UUID = ANNA, now: datetime = NOW) -> UUID:
    with database.begin() as session:
        return start_attempt(session, member=who, slug=slug, now=now).id


def shown(database: Database, attempt: UUID, who: UUID = ANNA, now: datetime = NOW) -> Shown:
    with database.begin() as session:
        found = show_question(session, member=who, attempt=attempt, now=now)
    assert found is not None
    return found


def give(
    database: Database,
    attempt: UUID,
    question: str,
    chosen: list[str],
    *,
    who: UUID = ANNA,
    now: datetime = NOW,
) -> Answered:
    with database.begin() as session:
        return answer(
            session,
            member=who,
            attempt=attempt,
            question=question,
            response=chosen,
            received_at=now,
        )


def right(question: PublicQuestion) -> list[str]:
    return sorted(the_question(question.id).correct)


def wrong(question: PublicQuestion) -> list[str]:
    key = the_question(question.id)
    return sorted(key.option_ids - key.correct)[:1]


def take(database: Database, slug: str, who: UUID = ANNA, now: datetime = NOW) -> list[Answered]:
    attempt = begin(database, slug, who, now)
    given = []
    while True:
        with database.begin() as session:
            asked = show_question(session, member=who, attempt=attempt, now=now)
        if asked is None:
            return given
        now += timedelta(seconds=20)
        given.append(
            give(database, attempt, asked.question.id, right(asked.question), who=who, now=now)
        )


def facts(database: Database, name: str) -> list[dict]:  # type: ignore[type-arg]
    query = text("SELECT data FROM ledger_facts WHERE type LIKE :name ORDER BY seq")
    with database.begin() as session:
        return list(session.execute(query, {"name": f"psot.learning.{name}.v%"}).scalars())


def test_a_quiz_taken_becomes_facts_a_rating_and_a_rank(
    ledger: Database, redis: Redis, slug: str
) -> None:
    with ledger.begin() as session:
        open_season(session, now=NOW)
    take(ledger, slug)
    drain(ledger)
    ranks.sync(ledger, redis)

    told = facts(ledger, "question.answered")
    assert [(one["nth"], one["score_ppm"], one["response_ms"]) for one in told] == [
        (1, 1_000_000, 20_000)
    ] * 5
    assert [one["score_ppm"] for one in facts(ledger, "attempt.finished")] == [1_000_000]
    with ledger.begin() as session:
        rating = member_rating(session, "2026-Q4", ANNA)
    assert rating is not None
    assert (rating.first_attempts, rating.minutes) == (5, 15)
    assert ranks.look(redis, "2026-Q4", [ANNA]).place_of(ANNA) == ranks.Place(
        rank=1, member=ANNA, rating_milli=rating.rating_milli
    )


def test_a_reload_shows_the_same_question_from_the_same_moment(ledger: Database, slug: str) -> None:
    attempt = begin(ledger, slug)
    first = shown(ledger, attempt)
    later = shown(ledger, attempt, now=NOW + timedelta(minutes=1))

    assert later == first
    assert begin(ledger, slug, now=NOW + timedelta(minutes=2)) == attempt


def test_time_runs_from_the_first_showing(ledger: Database, slug: str) -> None:
    attempt = begin(ledger, slug)
    question = shown(ledger, attempt).question
    shown(ledger, attempt, now=NOW + timedelta(seconds=8))
    given = give(ledger, attempt, question.id, right(question), now=NOW + timedelta(seconds=12.345))

    assert given.response_ms == 12_345


def test_what_is_shown_before_the_answer_has_no_place_for_a_key(
    ledger: Database, slug: str
) -> None:
    attempt = begin(ledger, slug)
    asked = shown(ledger, attempt)
    key = the_question(asked.question.id)

    assert type(asked.question) is PublicQuestion
    assert key.explanation not in repr(asked)


def test_the_same_answer_again_gets_the_first_result(ledger: Database, slug: str) -> None:
    attempt = begin(ledger, slug)
    question = shown(ledger, attempt).question
    first = give(ledger, attempt, question.id, right(question), now=NOW + timedelta(seconds=9))
    again = give(ledger, attempt, question.id, right(question), now=NOW + timedelta(hours=9))

    assert (again.repeated, again.answered_at) == (True, first.answered_at)
    assert len(facts(ledger, "question.answered")) == 1


def test_another_answer_to_an_answered_question_is_refused(ledger: Database, slug: str) -> None:
    attempt = begin(ledger, slug)
    question = shown(ledger, attempt).question
    give(ledger, attempt, question.id, wrong(question))

    with pytest.raises(AnswerStands):
        give(ledger, attempt, question.id, right(question))
    assert len(facts(ledger, "question.answered")) == 1


def test_a_double_click_is_one_answer(ledger: Database, slug: str) -> None:
    attempt = begin(ledger, slug)
    question = shown(ledger, attempt).question
    with ThreadPoolExecutor(8) as clicks:
        results = list(
            clicks.map(lambda _: give(ledger, attempt, question.id, right(question)), range(10))
        )

    assert sorted(one.repeated for one in results) == [False] + [True] * 9
    assert len(facts(ledger, "question.answered")) == 1


def test_of_ten_different_answers_at_once_one_stands(ledger: Database, slug: str) -> None:
    attempt = begin(ledger, slug)
    question = shown(ledger, attempt).question
    options = [one.id for one in question.options]

    def click(number: int) -> str:
        try:
            return give(ledger, attempt, question.id, [options[number % len(options)]]).response[0]
        except PsotError as error:
            return error.code

    with ThreadPoolExecutor(8) as clicks:
        results = list(clicks.map(click, range(10)))
    (stands,) = {one for one in results if one in options}

    assert set(results) == {stands, "answer_stands"}
    assert len(facts(ledger, "question.answered")) == 1


def test_only_the_question_shown_can_be_answered(ledger: Database, slug: str) -> None:
    attempt = begin(ledger, slug)
    shown(ledger, attempt)
    with ledger.begin() as session:
        second = start_attempt(session, member=ANNA, slug=slug, now=NOW).questions[1]

    with pytest.raises(NotShown):
        give(ledger, attempt, second, ["a"])


@pytest.mark.parametrize("chosen", [[], ["no-such-option"]])
def test_what_is_no_answer_is_refused_and_may_be_corrected(
    ledger: Database, slug: str, chosen: list[str]
) -> None:
    attempt = begin(ledger, slug)
    question = shown(ledger, attempt).question

    with pytest.raises(ChoiceInvalid) as refused:
        give(ledger, attempt, question.id, chosen)
    assert list(refused.value.fields) == ["response"]
    assert give(ledger, attempt, question.id, right(question)).score_ppm == 1_000_000


def test_answers_to_a_question_are_counted_over_all_attempts(ledger: Database, slug: str) -> None:
    take(ledger, slug)
    take(ledger, slug, now=NOW + timedelta(days=1))
    take(ledger, slug, who=BORIS)

    assert [one["nth"] for one in facts(ledger, "question.answered")] == [1] * 5 + [2] * 5 + [1] * 5
    assert [one["number"] for one in facts(ledger, "attempt.started")] == [1, 2, 1]


def test_an_attempt_is_its_members_alone(ledger: Database, slug: str) -> None:
    attempt = begin(ledger, slug)
    question = shown(ledger, attempt).question

    with pytest.raises(UnknownAttempt):
        shown(ledger, attempt, who=BORIS)
    with pytest.raises(UnknownAttempt):
        give(ledger, attempt, question.id, right(question), who=BORIS)


def test_a_withdrawn_quiz_can_be_finished_but_not_begun(ledger: Database, slug: str) -> None:
    attempt = begin(ledger, slug)
    with ledger.begin() as session:
        withdraw_quiz(session, slug=slug, editor=None, now=NOW)

    assert shown(ledger, attempt).position == 1
    assert begin(ledger, slug) == attempt
    with pytest.raises(UnknownQuiz):
        begin(ledger, slug, who=BORIS)


def test_ten_clicks_on_start_begin_one_attempt(ledger: Database, slug: str) -> None:
    with ThreadPoolExecutor(8) as clicks:
        attempts = set(clicks.map(lambda _: begin(ledger, slug), range(10)))

    assert len(attempts) == 1
    assert len(facts(ledger, "attempt.started")) == 1
