"""An answer is judged the same way everywhere, and a guess is not worth a try."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.quiz import (
    Grade,
    InvalidChoice,
    MultipleChoice,
    Option,
    Question,
    SingleChoice,
    Source,
    Verified,
    grade,
)

LETTERS = "abcdefgh"
RIGHT = Grade(score_ppm=1_000_000, correct=True)
WRONG = Grade(score_ppm=0, correct=False)


def question(
    *, correct: str, options: str = "abcd", kind: type[Question] = MultipleChoice
) -> Question:
    return kind(
        id="ppe-01",
        version=1,
        topic="ppe",
        difficulty=1,
        text="Что из этого средства защиты?",
        options=tuple(Option(id=letter, text=f"Ответ {letter}") for letter in options),
        correct=frozenset(correct),
        explanation="Так сказано в Правилах.",
        source=Source(
            act="Приказ", ref="п. 1", urls=(), verified=Verified.ONE, as_of=date(2026, 11, 22)
        ),
    )


def single(correct: str = "b") -> Question:
    return question(correct=correct, kind=SingleChoice)


def test_the_right_option_earns_everything_and_any_other_nothing() -> None:
    assert grade(single("b"), ["b"]) == RIGHT
    assert [grade(single("b"), [letter]) for letter in "acd"] == [WRONG] * 3


def test_all_right_options_and_no_other_earn_everything() -> None:
    assert grade(question(correct="acd"), ["d", "a", "c"]) == RIGHT


def test_a_part_of_the_right_options_earns_its_share() -> None:
    assert grade(question(correct="acd"), ["a", "c"]) == Grade(score_ppm=666_667, correct=False)


def test_a_wrong_option_takes_its_share_away() -> None:
    two_of_four = question(correct="ab")

    assert grade(two_of_four, ["a", "b", "c"]) == Grade(score_ppm=500_000, correct=False)


def test_choosing_everything_earns_nothing() -> None:
    assert grade(question(correct="acd"), list("abcd")) == WRONG


def test_choosing_an_option_twice_is_choosing_it_once() -> None:
    assert grade(single("b"), ["b", "b"]) == RIGHT


def test_choosing_nothing_is_no_answer() -> None:
    with pytest.raises(InvalidChoice, match="Choose an answer"):
        grade(single(), [])


def test_an_option_of_another_question_is_no_answer() -> None:
    with pytest.raises(InvalidChoice, match="no option x, z"):
        grade(question(correct="ab"), ["z", "a", "x"])


def test_two_options_are_no_answer_to_a_question_with_one() -> None:
    with pytest.raises(InvalidChoice, match="one answer only"):
        grade(single(), ["a", "b"])


@st.composite
def questions(draw: st.DrawFn) -> Question:
    options = LETTERS[: draw(st.integers(3, 8))]
    correct = draw(st.sets(st.sampled_from(options), min_size=2, max_size=len(options) - 1))
    return question(correct="".join(correct), options=options)


@given(asked=questions(), data=st.data())
def test_only_the_exact_answer_is_right_and_every_score_is_a_share(
    asked: Question, data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(asked.option_ids)), min_size=1))
    result = grade(asked, chosen)

    assert 0 <= result.score_ppm <= 1_000_000
    assert result.correct == (chosen == asked.correct) == (result.score_ppm == 1_000_000)


@given(asked=questions(), data=st.data())
def test_one_more_right_option_never_lowers_and_one_more_wrong_never_raises_a_score(
    asked: Question, data: st.DataObject
) -> None:
    letters = sorted(asked.option_ids)
    chosen = data.draw(st.sets(st.sampled_from(letters), min_size=1))
    one_more = data.draw(st.sampled_from(letters))
    before, after = grade(asked, chosen), grade(asked, chosen | {one_more})

    if one_more in asked.correct:
        assert after.score_ppm >= before.score_ppm
    else:
        assert after.score_ppm <= before.score_ppm
