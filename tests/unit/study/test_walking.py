"""How far somebody came in a plan, and when its steps are due."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.quiz import Draw, Names, PlanStep, Quiz, QuizMode, Step
from psot.study.queries import in_a_row
from psot.study.walking import Deed, Done, Finished, Shelf, months_after, walk

BEGAN = date(2026, 11, 2)
MOMENT = datetime(2026, 11, 3, 9, tzinfo=UTC)
LATER = MOMENT + timedelta(days=1)
NAMES = Names(ru="", en="")
EVERYTHING = (Step.LESSON, Step.PRACTICE, Step.CHECK)


def a_quiz(slug: str = "quick", **fields: Any) -> Quiz:
    return Quiz(
        slug=slug,
        version=1,
        topic="ppe",
        title=NAMES,
        intro=NAMES,
        **{"questions": ("p1",), **fields},
    )


def a_shelf(*quizzes: Quiz, **fields: Any) -> Shelf:
    questions = {"ppe": ["p1", "p2"], "risk": ["r1"]}
    plain = {
        "questions": questions,
        "published": {one for each in questions.values() for one in each},
        "quizzes": {one.slug: one for one in quizzes},
        "lessons": {"ppe", "risk"},
        "pass_ppm": 800_000,
    }
    return Shelf(**{**plain, **fields})


def a_step(topic: str = "ppe", do: tuple[Step, ...] = EVERYTHING, **fields: Any) -> PlanStep:
    return PlanStep(topic=topic, do=do, **fields)


def deed(kind: Step, done: Done, shelf: Shelf, **fields: Any) -> Deed:
    """The one thing of a step that is asked for."""
    (walked,) = walk([a_step(do=(kind,), **fields)], done, shelf, first_day=BEGAN)
    (found,) = walked.deeds
    return found


def finished(quiz: str, score_ppm: int = 900_000, answers: int = 10) -> Finished:
    return Finished(quiz=quiz, score_ppm=score_ppm, answers=answers, at=MOMENT)


def test_a_lesson_is_done_when_it_was_read() -> None:
    assert deed(Step.LESSON, Done(), a_shelf()).done_at is None
    assert deed(Step.LESSON, Done(lessons={"ppe": MOMENT}), a_shelf()).done_at == MOMENT


def test_practice_is_done_when_every_question_of_the_topic_was_answered_once() -> None:
    half = deed(Step.PRACTICE, Done(answered={"p1": MOMENT}), a_shelf())
    whole = deed(Step.PRACTICE, Done(answered={"p1": LATER, "p2": MOMENT}), a_shelf())

    assert (half.got, half.of, half.done) == (1, 2, False)
    assert whole.done_at == LATER


def test_practice_is_done_with_the_quiz_of_the_step_too() -> None:
    shelf = a_shelf(a_quiz(questions=("p1", "gone")))

    found = deed(Step.PRACTICE, Done(answered={"p1": MOMENT}), shelf, quiz="quick")

    assert (found.got, found.of, found.done_at) == (1, 1, MOMENT)


def test_practice_counts_from_the_way_that_was_done_first() -> None:
    done = Done(answered={"p1": MOMENT, "p2": MOMENT, "r1": LATER})
    shelf = a_shelf(a_quiz(questions=("p1", "r1")))

    assert deed(Step.PRACTICE, done, shelf, quiz="quick").done_at == MOMENT


def test_a_quiz_whose_questions_are_all_gone_asks_for_the_topic() -> None:
    shelf = a_shelf(a_quiz(questions=("gone",)))

    assert deed(Step.PRACTICE, Done(), shelf, quiz="quick").of == 2


@pytest.mark.parametrize(("answers", "got", "done"), [(0, 0, False), (2, 2, False), (9, 3, True)])
def test_of_a_drawn_quiz_as_many_answers_are_asked_as_it_draws(
    *, answers: int, got: int, done: bool
) -> None:
    shelf = a_shelf(a_quiz(questions=(), draw=(Draw(topics=("ppe",), count=3),)))

    found = deed(Step.PRACTICE, Done(finished=[finished("quick", 0, answers)]), shelf, quiz="quick")

    assert (found.got, found.of, found.done) == (got, 3, done)


@pytest.mark.parametrize(
    ("quiz", "score_ppm", "done"),
    [
        ("ppe.check", 800_000, True),
        ("ppe.check", 799_999, False),
        ("risk.check", 1_000_000, False),
        ("exam", 600_000, True),
        ("exam", 599_999, False),
        ("ppe.practice", 1_000_000, False),
    ],
)
def test_a_check_is_done_with_the_mark_of_the_topic_or_of_the_quiz(
    *, quiz: str, score_ppm: int, done: bool
) -> None:
    shelf = a_shelf(a_quiz("exam", mode=QuizMode.CHECK, pass_percent=60))

    found = deed(Step.CHECK, Done(finished=[finished(quiz, score_ppm)]), shelf, quiz="exam")

    assert found.done is done


def test_a_check_without_a_mark_of_its_own_has_the_usual_one() -> None:
    shelf = a_shelf(a_quiz("exam", mode=QuizMode.CHECK))
    short = Done(finished=[finished("exam", 799_999)])

    assert not deed(Step.CHECK, short, shelf, quiz="exam").done


def test_a_practice_quiz_passes_no_check() -> None:
    done = Done(finished=[finished("quick", 1_000_000)])

    assert not deed(Step.CHECK, done, a_shelf(a_quiz()), quiz="quick").done


def test_what_is_not_published_is_not_asked_for() -> None:
    (found,) = walk([a_step("nowhere")], Done(), a_shelf(), first_day=BEGAN)

    assert found.deeds == ()
    assert found.done
    assert found.done_at is None


def test_the_first_step_that_is_not_done_is_the_next_and_what_is_past_its_day_is_late() -> None:
    steps = [
        a_step("ppe", (Step.LESSON,), within_days=7),
        a_step("risk", (Step.LESSON,), within_days=14),
        a_step("ppe", (Step.PRACTICE,)),
    ]

    found = walk(steps, Done(lessons={"ppe": MOMENT}), a_shelf(), first_day=BEGAN)

    def states(today: date) -> list[str]:
        return [one.state(today) for one in found]

    assert [one.due_on for one in found] == [date(2026, 11, 9), date(2026, 11, 16), None]
    assert found[0].done_at == MOMENT
    assert states(date(2026, 11, 16)) == ["done", "next", "ahead"]
    assert states(date(2026, 11, 17)) == ["done", "late", "ahead"]


def test_a_pause_moves_the_days() -> None:
    (found,) = walk([a_step(within_days=7)], Done(), a_shelf(), first_day=BEGAN, paused_days=3)

    assert found.due_on == date(2026, 11, 12)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - any clock
    st.integers(0, 60),
)
def test_so_many_months_after_is_the_same_day_or_the_last_of_the_month(
    moment: datetime, months: int
) -> None:
    after = months_after(moment, months)

    assert (after.year - moment.year) * 12 + after.month - moment.month == months
    assert after.day == moment.day or (after + timedelta(days=1)).day == 1
    assert after.time() == moment.time()


@pytest.mark.parametrize(
    ("days", "streak"),
    [
        ([], 0),
        ([22], 1),
        ([21], 1),
        ([20], 0),
        ([22, 21, 20], 3),
        ([22, 20], 1),
        ([21, 20, 18], 2),
    ],
)
def test_days_in_a_row_end_today_or_yesterday(days: list[int], streak: int) -> None:
    told = [date(2026, 11, one) for one in days]

    assert in_a_row(told, date(2026, 11, 22)) == streak
