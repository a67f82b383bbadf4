"""Which way of ranking regions finds the good ones: made-up seasons whose truth is known.

Each region has a quality that nobody sees. Its members are as active and as knowing as quality,
chance and their own nature make them; sizes are those of the real regions. A way of ranking is good
if its order follows quality and not size: rank correlations, averaged over seasons.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import correlation, fmean, median

from content.regions import all_regions
from scoring.rating import (
    PARAMETERS_V1,
    NationalMeans,
    RegionSums,
    national_means,
    rating,
    region_score,
)

MEMBERS = 10_000
SEASONS = 20
PPB = 1_000_000_000

MEAN_ACTIVITY, MEAN_KNOWLEDGE = 0.42, 0.62
"""What an average member of an average region does and knows."""
QUALITY_IN_ACTIVITY, QUALITY_IN_KNOWLEDGE = 0.05, 0.03
"""What one standard deviation of a region's quality adds."""
SPREAD_OF_ACTIVITY, SPREAD_OF_KNOWLEDGE = 0.25, 0.12
"""How different members of one region are."""
ANSWERS, SPREAD_OF_ANSWERS = 60, 15
"""First answers of a member of average activity."""
ACTIVE_FROM = 0.1
TOP = 10

Member = tuple[float, float, int]
"""Activity, effectiveness, first answers."""
Way = Callable[[Sequence[Member], NationalMeans], float]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a way of ranking did: rank correlations from -1 to 1, means over the seasons."""

    way: str
    with_size: float
    with_quality: float


def simulate(*, seasons: int = SEASONS, members: int = MEMBERS, seed: int = 1) -> list[Outcome]:
    """Return how each way did over ``seasons`` made from ``seed``, always the same."""
    chance = random.Random(seed)  # noqa: S311 - a simulation, nothing secret
    sizes = sizes_of(members)
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    for _season in range(seasons):
        quality = [chance.gauss(0, 1) for _ in sizes]
        regions = [_region(chance, n, q) for n, q in zip(sizes, quality, strict=True)]
        national = national_means(map(_sums, regions), PARAMETERS_V1)
        for way, rank in WAYS.items():
            scores = [rank(region, national) for region in regions]
            size_and_quality = (_along(scores, sizes), _along(scores, quality))
            found[way].append(size_and_quality)
    return [
        Outcome(
            way=way,
            with_size=fmean(size for size, _ in told),
            with_quality=fmean(quality for _, quality in told),
        )
        for way, told in found.items()
    ]


def sizes_of(members: int) -> list[int]:
    """Share out ``members`` among the regions by population, at least one each."""
    people = [region.population for region in all_regions()]
    return [max(1, round(members * one / sum(people))) for one in people]


def _region(chance: random.Random, size: int, quality: float) -> list[Member]:
    return [_member(chance, quality) for _ in range(size)]


def _member(chance: random.Random, quality: float) -> Member:
    activity = _share(
        chance.gauss(MEAN_ACTIVITY + QUALITY_IN_ACTIVITY * quality, SPREAD_OF_ACTIVITY)
    )
    knowledge = _share(
        chance.gauss(MEAN_KNOWLEDGE + QUALITY_IN_KNOWLEDGE * quality, SPREAD_OF_KNOWLEDGE)
    )
    answers = max(0, round(chance.gauss(ANSWERS * activity / MEAN_ACTIVITY, SPREAD_OF_ANSWERS)))
    # Many answers, each right with the same chance: the bell curve is close enough.
    right = chance.gauss(answers * knowledge, math.sqrt(answers * knowledge * (1 - knowledge)))
    prior = PARAMETERS_V1.prior_weight
    scored = min(max(right, 0.0), float(answers)) + prior * MEAN_KNOWLEDGE
    return activity, scored / (answers + prior), answers


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def _sums(region: Sequence[Member]) -> RegionSums:
    least = PARAMETERS_V1.region_min_attempts
    counted = [effectiveness for _, effectiveness, answers in region if answers >= least]
    return RegionSums(
        members=len(region),
        activity_ppb=sum(round(PPB * activity) for activity, _, _ in region),
        qualified=len(counted),
        effectiveness_ppb=sum(round(PPB * one) for one in counted),
    )


def _ratings(region: Sequence[Member]) -> list[float]:
    return [rating(activity, effectiveness) for activity, effectiveness, _ in region]


def _of_active(region: Sequence[Member], _national: NationalMeans) -> float:
    active = [one for one in region if one[0] >= ACTIVE_FROM]
    return fmean(_ratings(active)) if active else 0.0


def _ours(region: Sequence[Member], national: NationalMeans) -> float:
    return region_score(_sums(region), national, PARAMETERS_V1).score_milli


WAYS: Mapping[str, Way] = {
    "sum of all ratings": lambda region, _: sum(_ratings(region)),
    "sum over the root of the size": lambda region, _: (
        sum(_ratings(region)) / math.sqrt(len(region))
    ),
    "mean of the best ten": lambda region, _: fmean(sorted(_ratings(region))[-TOP:]),
    "the best member": lambda region, _: max(_ratings(region)),
    "median": lambda region, _: median(_ratings(region)),
    "mean of the active": _of_active,
    "shrunken means (ours)": _ours,
}
"""Seven ways to rank regions."""


def _along(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rank correlation; 0 where either never changes."""
    if min(one) == max(one) or min(other) == max(other):
        return 0.0
    return correlation(_ranks(one), _ranks(other))


def _ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value; equal ones share the mean of theirs.

    >>> _ranks([7, 3, 7, 1])
    [3.5, 2.0, 3.5, 1.0]
    """
    order = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(order, 1)))}
    last = {value: place for place, value in enumerate(order, 1)}
    return [(first[one] + last[one]) / 2 for one in values]
