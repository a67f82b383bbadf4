"""Who draws questions gets the same ones again, and others get others."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from content.quiz import Draw, Names, Question, Quiz, draw_questions, read_question

NAMES = Names(ru="Проверка", en="Check")


def question(topic: str, number: int, *, kind: str = "truefalse", difficulty: int = 1) -> Question:
    own = {"truefalse": {"correct": True}, "text": {"accept": ["да"]}}[kind]
    id_ = f"{topic}-{number:02}"
    row = {"id": id_, "kind": kind, "difficulty": difficulty, "text": "Да?", **own}
    return read_question(row, topic=topic)


def quiz(*draws: Draw) -> Quiz:
    return Quiz(slug="check", version=1, topic=None, title=NAMES, intro=NAMES, draw=draws)


POOL = [
    *(question("ppe", number, difficulty=1 + number % 3) for number in range(12)),
    *(question("height", number, kind="text") for number in range(12)),
]


@given(st.text())
def test_the_same_seed_draws_the_same_questions(seed: str) -> None:
    drawn = quiz(Draw(topics=("ppe",), count=4), Draw(topics=("ppe", "height"), count=5))
    found = draw_questions(drawn, POOL, seed)

    assert found == draw_questions(drawn, reversed(POOL), seed)
    assert len({one.id for one in found}) == 9
    assert Counter(one.topic for one in found)["ppe"] >= 4


def test_every_question_of_a_pool_is_drawn_by_somebody() -> None:
    drawn = quiz(Draw(topics=("ppe",), count=3))
    seen = Counter(one.id for n in range(200) for one in draw_questions(drawn, POOL, str(n)))

    assert len(seen) == 12
    assert min(seen.values()) > 20


def test_a_pool_is_cut_by_kinds_and_difficulties() -> None:
    hard = Draw(topics=("ppe", "height"), count=99, difficulties=(3,))
    typed = Draw(topics=("ppe", "height"), count=99, kinds=("text",))

    assert {one.difficulty for one in draw_questions(quiz(hard), POOL, "")} == {3}
    assert {one.kind for one in draw_questions(quiz(typed), POOL, "")} == {"text"}


def test_a_question_of_two_topics_is_in_both_pools_and_asked_once() -> None:
    both = read_question(
        {
            "id": "ppe-99",
            "kind": "truefalse",
            "difficulty": 1,
            "text": "Да?",
            "correct": True,
            "also": ["height"],
        },
        topic="ppe",
    )
    drawn = quiz(Draw(topics=("ppe",), count=1), Draw(topics=("height",), count=1))

    assert draw_questions(drawn, [both], "any") == (both,)


def test_a_quiz_with_a_list_asks_it_in_its_order() -> None:
    listed = Quiz(
        slug="list",
        version=1,
        topic="ppe",
        title=NAMES,
        intro=NAMES,
        questions=("ppe-03", "ppe-01", "ppe-77"),
    )

    assert [one.id for one in draw_questions(listed, POOL, "any")] == ["ppe-03", "ppe-01"]
