"""The pack that comes with PSOT is complete and can be published as it is."""

from collections import Counter
from datetime import date

import pytest

from content.checking import check_pack, rendered_lessons
from content.quiz import MultipleChoice, Severity, SingleChoice, built_in_pack

START = built_in_pack("start")
AS_WRITTEN = date(2026, 11, 22)
TOPICS = [
    "legislation",
    "service",
    "small_business",
    "training",
    "briefings",
    "ppe",
    "risk",
    "height",
    "electrical",
    "fire_hot_works",
    "confined",
    "first_aid",
    "investigation",
    "microtrauma",
    "penalties",
    "management",
]
PAST = {"pp_2464", "prikaz_782n", "prikaz_902n", "prikaz_10_2001", "gost_12_0_003_74"}
"""Acts past their day, or repealed and told about as history."""


def test_the_pack_has_no_errors() -> None:
    problems = check_pack(START, AS_WRITTEN)

    assert [str(one) for one in problems if one.severity is Severity.ERROR] == []


def test_it_warns_only_of_acts_that_nobody_found_extended() -> None:
    problems = check_pack(START, AS_WRITTEN)

    assert {(one.subject, one.field) for one in problems} == {(act, "valid_until") for act in PAST}


def test_it_has_sixteen_topics_each_said_in_both_languages() -> None:
    assert list(START.topics) == TOPICS
    for language in ("ru", "en"):
        assert len({one.name.in_language(language) for one in START.topics.values()}) == 16
        assert all(one.intro and one.intro.in_language(language) for one in START.topics.values())


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_a_lesson_a_memo_and_eight_questions_of_four_kinds(topic: str) -> None:
    kinds = Counter(one.kind for one in START.questions.values() if one.topic == topic)

    assert topic in START.lessons
    assert topic in START.memos
    assert kinds.total() >= 8
    assert len(kinds) >= 4


def test_a_lesson_takes_five_to_fifteen_minutes_and_cites_its_norms() -> None:
    for topic, lesson in rendered_lessons(START).items():
        assert 5 <= lesson.minutes <= 15, topic
        assert len(lesson.cites) >= 3, topic


def test_every_kind_of_question_is_there() -> None:
    kinds = Counter(one.kind for one in START.questions.values())

    assert len(kinds) == 10
    assert min(kinds.values()) >= 5


def test_every_question_is_named_after_its_topic() -> None:
    assert all(id_.startswith(f"{one.topic}-") for id_, one in START.questions.items())


def test_every_question_names_the_act_it_rests_on() -> None:
    for one in START.questions.values():
        assert one.source.act_id in START.acts, one.id
        assert one.source.act == START.acts[one.source.act_id].title.ru
        assert one.source.ref, one.id


def test_an_act_without_a_known_end_and_one_past_its_day_say_so() -> None:
    decree, order = START.acts["pp_2464"], START.acts["prikaz_782n"]

    assert (decree.valid_until, order.valid_until) == (date(2026, 9, 1), date(2025, 12, 31))
    assert START.acts["pp_1479"].valid_until == date(2026, 12, 31)
    assert START.acts["tk_rf"].valid_until is None
    for act in (decree, order):
        assert act.note
        assert "не найден" in act.note.ru


def test_the_quizzes_of_a_topic_ask_five_questions_about_it() -> None:
    for quiz in START.quizzes.values():
        if quiz.questions:
            assert len(quiz.questions) == 5
            assert {START.questions[asked].topic for asked in quiz.questions} == {quiz.topic}


def test_quizzes_are_named_differently_in_both_languages() -> None:
    for language in ("ru", "en"):
        titles = [quiz.title.in_language(language) for quiz in START.quizzes.values()]

        assert len(set(titles)) == len(titles)


def test_several_answers_are_asked_for_in_every_fourth_quiz_at_least() -> None:
    asked = [START.questions[id_] for quiz in START.quizzes.values() for id_ in quiz.questions]

    assert sum(isinstance(question, MultipleChoice) for question in asked) >= 2
    assert {question.difficulty for question in asked} == {1, 2}


def test_plans_lead_three_roles_through_topics_and_come_again_every_year() -> None:
    assert list(START.plans) == ["head-of-a-small-firm", "safety-specialist", "commission-member"]
    for plan in START.plans.values():
        days = [step.within_days for step in plan.steps]
        assert plan.renew_months == 12
        assert days == sorted(day for day in days if day)
        assert len({step.topic for step in plan.steps}) == len(plan.steps)
        assert {step.topic for step in plan.steps} <= set(TOPICS)


def test_the_pack_is_read_once() -> None:
    assert built_in_pack("start") is START


def test_every_topic_has_a_memo_of_eighty_to_a_hundred_and_fifty_words() -> None:
    lengths = {topic: len(memo.text.ru.split()) for topic, memo in START.memos.items()}

    assert set(lengths) == set(START.topics)
    assert {topic: n for topic, n in lengths.items() if not 80 <= n <= 150} == {}
    assert all(memo.sources for memo in START.memos.values())


def test_no_memo_repeats_a_right_answer_of_a_race() -> None:
    raced = [one for one in START.questions.values() if isinstance(one, SingleChoice)]
    told = {
        (topic, question.id)
        for topic, memo in START.memos.items()
        for question in raced
        for option in question.options
        if option.id in question.correct
        # A bare number tells nothing without its question.
        and len(option.text) > len("Пять")
        and option.text.casefold() in " ".join(memo.paragraphs("ru")).casefold()
    }

    assert told == set()
