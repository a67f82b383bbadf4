"""How long an answer lasts: what is due, from the answers alone. Pure, without any clock.

The rule of one answer:

* less than half of the score: *again*;
* half or more, but not in full: *hard*;
* in full: *good*;
* in full within `EASY_MS`, but not sooner than anybody could have read it (`HASTY_MS`): *easy*.

From these the library ``fsrs`` (FSRS-6) reckons when the question is forgotten with a chance of one
in ten; it is due then. There are no steps of minutes: whatever was answered comes back on another
day. No chance is added to the days, and the parameters are those of the FSRS-6 paper's default set,
so the same answers give the same days for ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from fsrs import Card, Rating, Scheduler

PPM = 1_000_000
HALF_PPM = 500_000
HASTY_MS = 2_000
EASY_MS = 10_000
LONGEST_DAYS = 365
"""Nothing stays away for more than a year: what a law says may have changed since."""

RETENTION = 0.9
PARAMETERS = (
    *(0.212, 1.2931, 2.3065, 8.2956),
    *(6.4133, 0.8334, 3.0194, 0.001),
    *(1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483),
    *(0.6014, 1.8729),
    *(0.5425, 0.0912, 0.0658),
    0.1542,
)
_SCHEDULER = Scheduler(
    parameters=PARAMETERS,
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)
_DAY_S = 86_400


@dataclass(frozen=True, kw_only=True)
class Review:
    """An answer to a question: what the memory of it rests on."""

    attempt: UUID
    answered_at: datetime
    nth: int
    score_ppm: int
    response_ms: int

    @property
    def right(self) -> bool:
        """Whether it is right in full."""
        return self.score_ppm == PPM

    @property
    def order(self) -> tuple[datetime, int, UUID]:
        """What the answers to one question are sorted by."""
        return self.answered_at, self.nth, self.attempt


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """The last answer that was not right in full, and the right ones since."""

    review: Review
    right_first_at: datetime | None
    right_last_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What all answers of a member to one question come to.

    ``due_before`` says of each review, in their order, when the question had been due; None for the
    first. ``stability_s`` is how long it takes until the chance of knowing falls to nine in ten.
    """

    last: Review
    answers: int
    due_at: datetime
    stability_s: int
    difficulty_milli: int
    due_before: tuple[datetime | None, ...]
    mistake: Mistake | None


def rate(score_ppm: int, response_ms: int) -> Rating:
    """Return what an answer says about the memory of it.

    >>> rate(1_000_000, 6_000).name, rate(1_000_000, 500).name, rate(600_000, 6_000).name
    ('Easy', 'Good', 'Hard')
    """
    if score_ppm < HALF_PPM:
        return Rating.Again
    if score_ppm < PPM:
        return Rating.Hard
    return Rating.Easy if HASTY_MS <= response_ms <= EASY_MS else Rating.Good


def remember(reviews: Iterable[Review]) -> Memory:
    """Return what ``reviews`` of one question, in any order, come to; there is at least one."""
    ordered = sorted(reviews, key=lambda one: one.order)
    card = Card(card_id=0, due=ordered[0].answered_at.astimezone(UTC))
    due_before: list[datetime | None] = []
    for one in ordered:
        due_before.append(card.due if card.last_review else None)
        rating = rate(one.score_ppm, one.response_ms)
        card, _log = _SCHEDULER.review_card(card, rating, one.answered_at.astimezone(UTC))
    return Memory(
        last=ordered[-1],
        answers=len(ordered),
        due_at=card.due,
        stability_s=round((card.stability or 0) * _DAY_S),
        difficulty_milli=round((card.difficulty or 0) * 1_000),
        due_before=tuple(due_before),
        mistake=_mistake(ordered),
    )


def _mistake(ordered: list[Review]) -> Mistake | None:
    wrong = [place for place, one in enumerate(ordered) if not one.right]
    if not wrong:
        return None
    since = ordered[wrong[-1] + 1 :]
    return Mistake(
        review=ordered[wrong[-1]],
        right_first_at=since[0].answered_at if since else None,
        right_last_at=since[-1].answered_at if since else None,
    )
