"""Flags are raised on evidence, never on the word of a few answers."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from scoring.items import LIMITS, Evidence, Flag, Marks, Pairs, flags, is_below_zero, stays_out

FULL = 1_000_000


def answers(right: int, wrong: int) -> Marks:
    return Marks.of([FULL] * right + [0] * wrong)


def related(attempts: int, agreeing: int) -> Pairs:
    """Of so many attempts, ``agreeing`` are good on both or bad on both."""
    against = attempts - agreeing
    return Pairs.of(
        [(FULL, 3 * FULL), (0, 2 * FULL)] * (agreeing // 2)
        + [(0, 3 * FULL), (FULL, 2 * FULL)] * (against // 2)
    )


def test_a_question_without_answers_raises_nothing() -> None:
    assert flags(Evidence()) == frozenset()


def test_who_knows_more_does_worse() -> None:
    assert flags(Evidence(pairs=related(40, 8))) == {Flag.NEGATIVE_DISCRIMINATION}


def test_twenty_nine_attempts_say_nothing_and_thirty_do() -> None:
    opposite = Pairs.of([(0, FULL), (FULL, 0)] * 14 + [(0, FULL)])

    assert not is_below_zero(opposite)
    assert is_below_zero(opposite + Pairs.of([(FULL, 0)]))


def test_a_little_below_zero_is_noise_in_few_attempts_and_not_in_many() -> None:
    assert not is_below_zero(related(40, 18))
    assert is_below_zero(related(4_000, 1_800))


def test_luck_alone_is_rarely_taken_for_a_fault() -> None:
    draw = Random(7)  # noqa: S311 - an example, not a secret
    tables = [
        Pairs.of([(draw.choice((0, FULL)), draw.randrange(10) * FULL) for _ in range(60)])
        for _ in range(400)
    ]

    assert sum(is_below_zero(one) for one in tables) < 400 * 0.05


def test_a_question_that_left_returns_only_when_it_is_not_below_zero_any_more() -> None:
    assert stays_out(related(40, 18))
    assert not stays_out(related(40, 20))
    assert not stays_out(Pairs())


def test_nearly_everybody_is_right() -> None:
    assert flags(Evidence(marks=answers(29, 0))) == frozenset()
    assert flags(Evidence(marks=answers(95, 5))) == frozenset()
    assert flags(Evidence(marks=answers(96, 4))) == {Flag.TOO_EASY}


def test_guessing_would_do_better() -> None:
    quarter = 250_000

    assert flags(Evidence(marks=answers(9, 31), chance_ppm=quarter)) == frozenset()
    assert flags(Evidence(marks=answers(3, 37), chance_ppm=quarter)) == {Flag.BELOW_CHANCE}
    assert flags(Evidence(marks=answers(0, 40), chance_ppm=quarter)) == {Flag.BELOW_CHANCE}
    assert flags(Evidence(marks=answers(0, 40))) == frozenset()


def test_an_option_that_nobody_chose_is_idle_once_many_could_have() -> None:
    assert flags(Evidence(chosen=29, idle_options=1)) == frozenset()
    assert flags(Evidence(chosen=30, idle_options=1)) == {Flag.IDLE_DISTRACTOR}
    assert flags(Evidence(chosen=30, idle_options=0)) == frozenset()


def test_many_answer_faster_than_anybody_reads() -> None:
    assert flags(Evidence(marks=answers(20, 20), rushed=2)) == frozenset()
    assert flags(Evidence(marks=answers(20, 20), rushed=3)) == {Flag.RUSHED}


@given(right=st.integers(0, 200), wrong=st.integers(0, 200))
def test_the_ceiling_is_that_of_the_documentation(right: int, wrong: int) -> None:
    count = right + wrong
    easy = Flag.TOO_EASY in flags(Evidence(marks=answers(right, wrong)))

    assert easy == (count >= LIMITS.answers and right * 100 > 95 * count)
