"""What answers say about memory: the same, in whatever order they arrive."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import fsrs
import pytest
from fsrs import Rating
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from psot.study.memory import LONGEST_DAYS, PARAMETERS, Review, rate, remember

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
RIGHT, HALF, WRONG = 1_000_000, 500_000, 0

# Answers on whole minutes of two years: several on a day, and weeks between.
reviews = st.lists(
    st.builds(
        lambda minute, score, ms: (NOON + timedelta(minutes=minute), score, ms),
        st.integers(0, 2 * 365 * 24 * 60),
        st.integers(0, RIGHT),
        st.integers(0, 60_000),
    ),
    min_size=1,
    max_size=12,
).map(
    lambda told: [
        Review(
            attempt=UUID(int=number), answered_at=at, nth=number, score_ppm=score, response_ms=ms
        )
        for number, (at, score, ms) in enumerate(told, 1)
    ]
)


def review(at: datetime = NOON, score_ppm: int = RIGHT, ms: int = 20_000, nth: int = 1) -> Review:
    return Review(
        attempt=UUID(int=nth), answered_at=at, nth=nth, score_ppm=score_ppm, response_ms=ms
    )


def story(*told: tuple[int, int]) -> list[Review]:
    """Answers by (day, score)."""
    return [review(NOON + day * DAY, score, nth=nth) for nth, (day, score) in enumerate(told, 1)]


@pytest.mark.parametrize(
    ("score_ppm", "ms", "rating"),
    [
        (0, 20_000, Rating.Again),
        (499_999, 5_000, Rating.Again),
        (500_000, 5_000, Rating.Hard),
        (999_999, 5_000, Rating.Hard),
        (RIGHT, 10_001, Rating.Good),
        (RIGHT, 10_000, Rating.Easy),
        (RIGHT, 2_000, Rating.Easy),
        (RIGHT, 1_999, Rating.Good),
    ],
)
def test_an_answer_is_rated_by_its_score_and_its_time(
    score_ppm: int, ms: int, rating: Rating
) -> None:
    assert rate(score_ppm, ms) is rating


@pytest.mark.parametrize(
    ("score_ppm", "ms", "days"),
    [(WRONG, 20_000, 1), (HALF, 20_000, 1), (RIGHT, 20_000, 2), (RIGHT, 5_000, 8)],
)
def test_the_first_answer_sends_a_question_days_ahead(score_ppm: int, ms: int, days: int) -> None:
    assert remember([review(score_ppm=score_ppm, ms=ms)]).due_at == NOON + days * DAY


def test_what_is_known_comes_back_later_and_later_and_a_mistake_starts_it_anew() -> None:
    known = story((0, RIGHT), (2, RIGHT), (13, RIGHT), (60, RIGHT))
    waits = [
        (remember(known[:until]).due_at - known[until - 1].answered_at).days
        for until in range(1, 5)
    ]
    forgot = remember([*known, *story((0, 0), (0, 0), (0, 0), (0, 0), (200, WRONG))[4:]])

    assert waits == sorted(waits)
    assert waits[-1] > 60
    assert forgot.due_at - forgot.last.answered_at < DAY * waits[-1] / 3


@given(reviews, st.randoms(use_true_random=False))
def test_the_order_in_which_answers_arrive_changes_nothing(
    told: list[Review], chance: object
) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis' own Random

    assert remember(shuffled) == remember(told)


@given(reviews)
def test_a_question_is_due_on_another_day_and_within_a_year(told: list[Review]) -> None:
    made = remember(told)

    assert DAY <= made.due_at - made.last.answered_at <= LONGEST_DAYS * DAY
    assert made.answers == len(told)
    assert made.due_before[0] is None
    assert None not in made.due_before[1:]
    assert made.stability_s > 0
    assert 1_000 <= made.difficulty_milli <= 10_000


@given(reviews)
def test_the_days_are_those_of_the_library(told: list[Review]) -> None:
    scheduler = fsrs.Scheduler(
        learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False
    )
    card = fsrs.Card(card_id=1)
    for one in sorted(told, key=lambda each: each.order):
        rating = rate(one.score_ppm, one.response_ms)
        card, _ = scheduler.review_card(card, rating, one.answered_at)

    assert remember(told).due_at == card.due


def test_our_parameters_are_the_published_ones() -> None:
    assert PARAMETERS == DEFAULT_PARAMETERS


@given(reviews)
def test_a_mistake_is_the_last_answer_not_right_in_full_with_the_right_ones_since(
    told: list[Review],
) -> None:
    ordered = sorted(told, key=lambda each: each.order)
    wrong = [one for one in ordered if one.score_ppm < RIGHT]
    found = remember(told).mistake

    if not wrong:
        assert found is None
        return
    since = [one.answered_at for one in ordered[ordered.index(wrong[-1]) + 1 :]]
    assert found is not None
    assert found.review == wrong[-1]
    assert (found.right_first_at, found.right_last_at) == (
        (since[0], since[-1]) if since else (None, None)
    )
