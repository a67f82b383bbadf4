"""How sure a region's score is: its 80 % interval, and the place it shares with its like.

The spread comes from the members themselves and is shrunk as the means are: every region is given
``region_prior_members`` average members who differ from each other as the country's do. With
n + k members (k of them added), second moment M of the pool and mean a, the variance of the mean is
(M - a²) / (n + k), likewise for effectiveness over its own members.

The score is 1000·√(a·e). The delta method (first order, of log Score = ½·(log a + log e), both
taken as independent) gives Var(log Score) = ¼·(Var a / a² + Var e / e²), so the half width is

    z · Score / 2 · √(Var a / a² + Var e / e²) = z · 500 · √(Var a · e / a + Var e · a / e)

with z = 1.2816, the 90 % quantile of the normal distribution: one tenth lies beyond either end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from scoring.rating.parameters import Parameters
from scoring.rating.regions import (
    NO_MEMBERS,
    NationalMeans,
    RegionScore,
    RegionSums,
    national_means,
)

Z_PER_10_000 = 12_816
"""The 90 % quantile of the normal distribution, in ten-thousandths."""
HIGHEST_MILLI = 1_000_000
_PPB = 1_000_000_000
_PPM2 = 1_000_000_000_000
_HALF_POINTS_MILLI = 500_000


@dataclass(frozen=True, kw_only=True)
class Squares:
    """Sums of squares over a roster, in any order of members; see `squared_ppm2`."""

    activity_ppm2: int = 0
    """Of the activities of all members."""
    effectiveness_ppm2: int = 0
    """Of the effectiveness of those with enough first attempts."""

    def __add__(self, other: "Squares") -> "Squares":
        return Squares(
            activity_ppm2=self.activity_ppm2 + other.activity_ppm2,
            effectiveness_ppm2=self.effectiveness_ppm2 + other.effectiveness_ppm2,
        )


NO_SQUARES = Squares()


@dataclass(frozen=True, kw_only=True)
class Country:
    """The country as an average member: the means and the mean squares."""

    means: NationalMeans
    squares: Squares
    """Mean squares over all members, and over those with enough first attempts."""


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Where a score lies eight times of ten, in thousandths of a point; both ends belong to it."""

    low_milli: int
    high_milli: int

    def overlaps(self, other: "Interval") -> bool:
        """Tell whether both have a score in common."""
        return self.low_milli <= other.high_milli and other.low_milli <= self.high_milli


@dataclass(frozen=True, kw_only=True)
class SharedPlace:
    """The places ``first`` to ``last`` (from 1) that a group of regions shares."""

    first: int
    last: int

    @property
    def shared(self) -> bool:
        """Whether more than one region stands here."""
        return self.first != self.last


def squared_ppm2(share_ppb: int) -> int:
    """Square of a share in millionths of millionths, rounded down: small enough to be stored.

    >>> squared_ppm2(500_000_000)
    250000000000
    """
    return share_ppb * share_ppb // 1_000_000


def whole_country(regions: Iterable[tuple[RegionSums, Squares]], params: Parameters) -> Country:
    """Return the average member of all ``regions``."""
    pairs = list(regions)
    sums = sum((one for one, _ in pairs), NO_MEMBERS)
    squares = sum((one for _, one in pairs), NO_SQUARES)
    means = national_means([sums], params)
    return Country(
        means=means,
        squares=Squares(
            activity_ppm2=_mean(squares.activity_ppm2, sums.members),
            # Nobody qualified: all stand on the agreed mean, which has no spread.
            effectiveness_ppm2=_mean(squares.effectiveness_ppm2, sums.qualified)
            if sums.qualified
            else squared_ppm2(means.effectiveness_ppb),
        ),
    )


def score_interval(
    score: RegionScore, sums: RegionSums, squares: Squares, country: Country, params: Parameters
) -> Interval:
    """Return the 80 % interval around ``score``, which `region_score` made of the same sums.

    Rounded outwards to thousandths and kept within 0 to 1,000 points. Without activity or
    effectiveness there is nothing to spread.
    """
    half = 0
    active, effective = score.activity_ppb, score.effectiveness_ppb
    if active and effective:
        prior = params.region_prior_members
        of_activity = _variance(
            squares.activity_ppm2 + prior * country.squares.activity_ppm2,
            sums.members + prior,
            active,
        )
        of_effectiveness = _variance(
            squares.effectiveness_ppm2 + prior * country.squares.effectiveness_ppm2,
            sums.qualified + prior,
            effective,
        )
        ratio = Fraction(effective, active)
        spread = of_activity * ratio + of_effectiveness / ratio
        z = Fraction(Z_PER_10_000, 10_000)
        half = _root_upwards((z * _HALF_POINTS_MILLI) ** 2 * spread)
    return Interval(
        low_milli=max(0, score.score_milli - half),
        high_milli=min(HIGHEST_MILLI, score.score_milli + half),
    )


def shared_places(ranked: Sequence[Interval]) -> list[SharedPlace]:
    """Return the places of regions whose intervals are given from the highest score down.

    The first region opens a group; each next one belongs to it while its interval overlaps that of
    the group's *first* region, and the first that does not opens the next group. So nobody shares
    a place with a region that is surely better or worse than the one the group began with, and a
    long chain of small differences never ties everybody. A group on the positions 3 to 7 shares
    the places 3 to 7.

    >>> high, near, low = Interval(low_milli=70, high_milli=90), Interval(
    ...     low_milli=60, high_milli=80), Interval(low_milli=50, high_milli=65)
    >>> [(one.first, one.last) for one in shared_places([high, near, low])]
    [(1, 2), (1, 2), (3, 3)]
    """
    groups: list[list[Interval]] = []
    for one in ranked:
        if groups and one.overlaps(groups[-1][0]):
            groups[-1].append(one)
        else:
            groups.append([one])
    places: list[SharedPlace] = []
    for group in groups:
        place = SharedPlace(first=len(places) + 1, last=len(places) + len(group))
        places.extend([place] * len(group))
    return places


def _variance(square_ppm2: int, count: int, mean_ppb: int) -> Fraction:
    """Variance of the mean of ``count`` members with these summed squares."""
    moment = Fraction(square_ppm2, _PPM2 * count)
    # Means are rounded, so a pool of equals may come out a hair below nothing.
    return max(Fraction(0), moment - Fraction(mean_ppb, _PPB) ** 2) / count


def _root_upwards(value: Fraction) -> int:
    """Return the least whole number whose square is not below ``value``."""
    whole = -(-value.numerator // value.denominator)
    root = isqrt(whole)
    return root + (root * root < whole)


def _mean(total: int, count: int) -> int:
    return round(Fraction(total, count)) if count else 0
