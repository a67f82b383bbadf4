"""How regions stand in a season or in one of its weeks: live, or as it was noted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from content.regions import by_code
from psot.ratings.queries import RegionLine
from psot.regions.models import RegionWeek
from scoring.rating import (
    Interval,
    Parameters,
    RegionScore,
    SharedPlace,
    SizeLeague,
    coverage_ppm,
    points,
    shared_places,
    size_league,
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A region on the boards.

    Without anybody on its roster it has neither rank nor places. ``league_place`` is that among
    the regions of its size; ``progress_milli`` is the difference to the end of the season before,
    None where that is not known.
    """

    region: str
    rank: int | None
    place: SharedPlace | None
    league: SizeLeague
    league_place: SharedPlace | None
    score: RegionScore
    interval: Interval
    members: int
    active: int
    qualified: int
    coverage_ppm: int
    progress_milli: int | None

    @property
    def points(self) -> int:
        """The score in whole points."""
        return points(self.score.score_milli)

    @property
    def low(self) -> int:
        """The lower end of the interval in whole points."""
        return points(self.interval.low_milli)

    @property
    def high(self) -> int:
        """The upper end of the interval in whole points."""
        return points(self.interval.high_milli)


def live(
    lines: Iterable[RegionLine], before: Mapping[str, int], parameters: Parameters
) -> list[Standing]:
    """Return the regions as they stand now; ``before`` has the scores of the season before."""
    bare = [
        _Bare(
            region=one.region,
            rank=one.rank,
            place=one.place,
            score=RegionScore(
                activity_ppb=one.activity_ppb,
                effectiveness_ppb=one.effectiveness_ppb,
                score_milli=one.score_milli,
            ),
            interval=one.interval,
            members=one.sums.members,
            active=one.sums.active,
            qualified=one.sums.qualified,
        )
        for one in lines
    ]
    return _stood(bare, before, parameters)


def noted(
    rows: Iterable[RegionWeek], before: Mapping[str, int], parameters: Parameters
) -> list[Standing]:
    """Return the regions as they stood when ``rows`` were noted."""
    bare = [
        _Bare(
            region=one.region,
            rank=one.rank,
            place=None
            if one.place_from is None or one.place_to is None
            else SharedPlace(first=one.place_from, last=one.place_to),
            score=score_of(one),
            interval=Interval(low_milli=one.low_milli, high_milli=one.high_milli),
            members=one.members,
            active=one.active,
            qualified=one.qualified,
        )
        for one in rows
        if one.region in by_code()
    ]
    bare.sort(key=lambda one: (one.rank is None, -one.score.score_milli, one.region))
    return _stood(bare, before, parameters)


def score_of(row: RegionWeek) -> RegionScore:
    """Return the score that was noted."""
    return RegionScore(
        activity_ppb=row.activity_ppb,
        effectiveness_ppb=row.effectiveness_ppb,
        score_milli=row.score_milli,
    )


def around(lines: Sequence[Standing], region: str, span: int = 3) -> list[Standing]:
    """Return ``region`` and up to ``span`` regions of its league to each side."""
    own = next(one for one in lines if one.region == region)
    league = [one for one in lines if one.league == own.league and one.rank is not None]
    if own not in league:
        return []
    at = league.index(own)
    return league[max(0, at - span) : at + span + 1]


def beside(lines: Sequence[Standing], region: str) -> list[Standing]:
    """Return ``region`` and those whose tiles touch its own, by side or by corner."""
    own = by_code()[region]
    touching = {
        one.code
        for one in by_code().values()
        if max(
            abs(one.tile_row - own.tile_row),
            abs(one.tile_column - own.tile_column),
        )
        <= 1
    }
    return [one for one in lines if one.region in touching and one.rank is not None]


@dataclass(frozen=True, kw_only=True)
class _Bare:
    """A region before it is compared with its league and with its past."""

    region: str
    rank: int | None
    place: SharedPlace | None
    score: RegionScore
    interval: Interval
    members: int
    active: int
    qualified: int


def _stood(
    bare: Sequence[_Bare], before: Mapping[str, int], parameters: Parameters
) -> list[Standing]:
    leagues = {one.region: size_league(one.members, parameters) for one in bare}
    places: dict[str, SharedPlace] = {}
    for league in SizeLeague:
        its = [one for one in bare if leagues[one.region] is league and one.rank is not None]
        found = shared_places([one.interval for one in its])
        places |= {one.region: place for one, place in zip(its, found, strict=True)}
    return [
        Standing(
            region=one.region,
            rank=one.rank,
            place=one.place,
            league=leagues[one.region],
            league_place=places.get(one.region),
            score=one.score,
            interval=one.interval,
            members=one.members,
            active=one.active,
            qualified=one.qualified,
            coverage_ppm=coverage_ppm(one.active, one.members),
            progress_milli=one.score.score_milli - before[one.region]
            if one.region in before and one.rank is not None
            else None,
        )
        for one in bare
    ]
