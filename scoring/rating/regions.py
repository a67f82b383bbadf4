"""The score of a region: its members' activity and effectiveness, shrunk to the national means.

A sum would reward size and a mean of the best few would reward luck; adding a fixed number of
average members does neither.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scoring.rating.formula import rating_milli
from scoring.rating.parameters import Parameters

PPM = 1_000_000


@dataclass(frozen=True, kw_only=True)
class RegionSums:
    """Exact sums over the frozen roster of a region, in any order of members."""

    members: int
    """Members on the roster, active or not."""
    activity_ppb: int
    """Sum of their activities."""
    qualified: int
    """Members with enough first attempts for their effectiveness to count."""
    effectiveness_ppb: int
    """Sum of the effectiveness of those."""

    def __add__(self, other: "RegionSums") -> "RegionSums":
        return RegionSums(
            members=self.members + other.members,
            activity_ppb=self.activity_ppb + other.activity_ppb,
            qualified=self.qualified + other.qualified,
            effectiveness_ppb=self.effectiveness_ppb + other.effectiveness_ppb,
        )


NO_MEMBERS = RegionSums(members=0, activity_ppb=0, qualified=0, effectiveness_ppb=0)


@dataclass(frozen=True, kw_only=True)
class NationalMeans:
    """What an average member of the whole community reaches."""

    activity_ppb: int
    effectiveness_ppb: int


@dataclass(frozen=True, kw_only=True)
class RegionScore:
    """A region's shrunk activity and effectiveness, and the score they make."""

    activity_ppb: int
    effectiveness_ppb: int
    score_milli: int
    """Thousandths of a point, 0 to 1,000,000."""


def national_means(regions: Iterable[RegionSums], params: Parameters) -> NationalMeans:
    """Means over all members of all ``regions``, rounded half to even.

    Without members nobody is active; without qualified ones the initial season mean stands in.
    """
    total = sum(regions, NO_MEMBERS)
    return NationalMeans(
        activity_ppb=_mean(total.activity_ppb, total.members, empty=0),
        effectiveness_ppb=_mean(
            total.effectiveness_ppb, total.qualified, empty=params.initial_mean_ppm * 1000
        ),
    )


def region_score(sums: RegionSums, national: NationalMeans, params: Parameters) -> RegionScore:
    """Score of one region; a region without members stands exactly on the national means."""
    prior = params.region_prior_members
    activity = _mean(sums.activity_ppb + prior * national.activity_ppb, sums.members + prior)
    effectiveness = _mean(
        sums.effectiveness_ppb + prior * national.effectiveness_ppb, sums.qualified + prior
    )
    return RegionScore(
        activity_ppb=activity,
        effectiveness_ppb=effectiveness,
        score_milli=rating_milli(activity, effectiveness),
    )


def coverage_ppm(active: int, members: int) -> int:
    """Share of the roster that took part at all, in millionths; 0 for an empty roster."""
    return _mean(active * PPM, members)


def _mean(total: int, count: int, *, empty: int = 0) -> int:
    return round(Fraction(total, count)) if count else empty
