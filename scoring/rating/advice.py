"""What would raise a rating most: every gain is the rating computed again with the deed done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil

from scoring.rating.attempts import PPB, PPM, EffectivenessSums
from scoring.rating.formula import rating_milli
from scoring.rating.parameters import Parameters
from scoring.rating.weeks import activity_ppb, counted_weeks, week_share


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something a member could do in a ``week`` (0 for the first one of the season)."""

    week: int
    minutes: int = 0
    """Credited minutes that it earns."""
    weight_ppm: int = 0
    """Sum of the weights of the questions answered for the first time."""
    score_ppm: int = 0
    """Share of them answered right, weighted."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """All that a member's rating is made of, as exact sums."""

    weeks_min: Mapping[int, int | Fraction]
    weeks_elapsed: int
    sums: EffectivenessSums
    mean_ppb: int
    params: Parameters

    @property
    def rating_milli(self) -> int:
        """The rating of these sums."""
        activity = activity_ppb(self.weeks_min.values(), self.weeks_elapsed, self.params)
        return rating_milli(activity, self.sums.ppb(self.mean_ppb, self.params))

    @property
    def counted(self) -> tuple[int, ...]:
        """The weeks that are averaged, the fullest first; of equal ones the earlier."""
        shares = {week: week_share(self.weeks_min[week], self.params) for week in self.weeks_min}
        best_first = sorted(shares, key=lambda week: (-shares[week], week))
        return tuple(best_first[: counted_weeks(self.weeks_elapsed, self.params)])

    @property
    def own_score_ppm(self) -> int:
        """The weighted mean of the member's own answers; the season's mean before any that weigh.

        What the next answers are expected to score.
        """
        if not self.sums.weight_ppm:
            return self.mean_ppb * PPM // PPB
        return round(Fraction(self.sums.weighted_score_ppm2, self.sums.weight_ppm))

    def begun(self, week: int) -> "Position":
        """Return the position once ``week`` has begun: nothing done in it yet."""
        return replace(self, weeks_elapsed=max(self.weeks_elapsed, week + 1))

    def after(self, deed: Deed) -> "Position":
        """Return the position with ``deed`` done."""
        done = self.weeks_min.get(deed.week, 0) + deed.minutes
        told = EffectivenessSums(
            weight_ppm=deed.weight_ppm, weighted_score_ppm2=deed.weight_ppm * deed.score_ppm
        )
        return replace(
            self.begun(deed.week),
            weeks_min={**self.weeks_min, deed.week: done},
            sums=self.sums + told,
        )


@dataclass(frozen=True, kw_only=True)
class Gain:
    """What a deed changes, in thousandths of a point; below zero where it lowers the rating."""

    milli: int
    rating_milli: int
    """The rating afterwards."""
    replaces: int | None
    """The week that is no longer averaged, since that of the deed is better."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """A deed with what it promises: at the member's own mean, and where every answer is right."""

    name: str
    deed: Deed
    takes_min: int
    """Normed minutes that it takes."""
    expected: Gain
    best: Gain

    @property
    def pace(self) -> Fraction:
        """Expected gain for each minute it takes, in thousandths of a point."""
        return Fraction(self.expected.milli, self.takes_min)


class Spent(StrEnum):
    """What can raise a rating no more."""

    WEEK = "week"
    """The running week is full: more minutes in it change nothing."""
    WEEKS = "weeks"
    """Every week that is averaged is full: activity is the highest there is."""
    ANSWERS = "answers"
    """More answers like those so far would not raise effectiveness; better ones would."""


def gain(position: Position, deed: Deed) -> Gain:
    """Return what ``deed`` changes: the rating computed again with it, less the one without it.

    A deed of a week that has not begun is compared with that week left empty.
    """
    before, after = position.begun(deed.week), position.after(deed)
    reached = after.rating_milli
    gone = [week for week in before.counted if week not in after.counted]
    return Gain(
        milli=reached - before.rating_milli,
        rating_milli=reached,
        replaces=gone[0] if gone else None,
    )


def minutes_to_full(position: Position, week: int) -> int:
    """Return how many whole minutes ``week`` lacks of a full one; 0 for a full one."""
    done = position.weeks_min.get(week, 0)
    return max(0, ceil(position.params.full_week_min - done))


def option(
    position: Position, name: str, *, week: int, minutes: int, takes_min: int, weight_ppm: int = 0
) -> Option:
    """Offer a deed that takes ``takes_min`` (at least 1) and earns ``minutes`` in ``week``.

    ``weight_ppm`` is the sum of the weights of the questions it asks for the first time.

    >>> from scoring.rating.attempts import NOTHING_ANSWERED
    >>> from scoring.rating.parameters import PARAMETERS_V1
    >>> start = Position(weeks_min={0: 45}, weeks_elapsed=1, sums=NOTHING_ANSWERED,
    ...                  mean_ppb=620_000_000, params=PARAMETERS_V1)
    >>> ten = option(start, "ten questions", week=0, minutes=30, takes_min=30,
    ...              weight_ppm=10_000_000)
    >>> start.rating_milli, ten.expected.rating_milli, ten.best.rating_milli
    (556776, 718795, 788811)
    """
    deed = Deed(week=week, minutes=minutes, weight_ppm=weight_ppm, score_ppm=position.own_score_ppm)
    return Option(
        name=name,
        deed=deed,
        takes_min=takes_min,
        expected=gain(position, deed),
        best=gain(position, replace(deed, score_ppm=PPM)),
    )


def by_gain(options: Iterable[Option]) -> list[Option]:
    """Return those that promise anything, what raises the rating most first; a tie: the shorter."""
    worth = (one for one in options if one.best.milli > 0)
    return sorted(
        worth, key=lambda one: (-one.expected.milli, -one.best.milli, one.takes_min, one.name)
    )


def by_pace(options: Iterable[Option]) -> list[Option]:
    """Return those that promise anything, the highest expected gain per minute first."""
    worth = (one for one in options if one.best.milli > 0)
    return sorted(worth, key=lambda one: (-one.pace, -one.expected.milli, one.name))


def spent(position: Position, week: int) -> tuple[Spent, ...]:
    """Return what can raise the rating no more while ``week`` runs."""
    now = position.begun(week)
    full = [one for one in now.counted if week_share(now.weeks_min[one], now.params) == 1]
    answering = now.after(Deed(week=week, weight_ppm=PPM, score_ppm=now.own_score_ppm))
    told = {
        Spent.WEEK: not minutes_to_full(now, week),
        Spent.WEEKS: 0 < counted_weeks(now.weeks_elapsed, now.params) == len(full),
        Spent.ANSWERS: now.sums.weight_ppm > 0
        and answering.sums.ppb(now.mean_ppb, now.params) <= now.sums.ppb(now.mean_ppb, now.params),
    }
    return tuple(one for one in Spent if told[one])
