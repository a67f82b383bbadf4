"""What others may read of the ratings; nothing here walks over all members."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from content.regions import all_regions
from psot.items.queries import Absent
from psot.ratings import rulesets
from psot.ratings.models import MemberRow, RegionRow, SeasonRow
from psot.ratings.rules import ZONE, season_named
from psot.ratings.standards import standards
from psot.ratings.sums import NOTHING, Sums
from scoring.rating import (
    Country,
    Interval,
    NationalMeans,
    Parameters,
    Season,
    SharedPlace,
    SizeLeague,
    coverage_ppm,
    points,
    region_score,
    score_interval,
    shared_places,
    size_league,
    whole_country,
)

_SEASONS = text(
    """
    SELECT s.season, s.rules, coalesce(c.mean_ppm, s.mean_ppm) AS mean_ppm,
           coalesce(c.weeks_elapsed, 1) AS weeks_elapsed, coalesce(c.number, 0) AS number,
           c.taken_at
    FROM rating_seasons s LEFT JOIN rating_calibrations c USING (season)
    ORDER BY s.starts_on DESC
    """
)
_HOMES = text(
    "SELECT member, region FROM rating_members"
    " WHERE season = :season AND member = ANY(CAST(:members AS uuid[]))"
)


@dataclass(frozen=True, kw_only=True)
class OpenSeason:
    """A season that was opened, with what its members are measured by now."""

    name: str
    calendar: Season
    parameters: Parameters
    mean_ppm: int
    weeks_elapsed: int
    calibration: int
    """Number of the newest calibration, 0 before the first."""
    calibrated_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class RegionLine:
    """A region in a season: its sums, and the score they make with the national means.

    ``rank`` is None for a region without anybody on its roster, and so is ``place``: the places it
    shares with the regions that its 80 % ``interval`` does not tell apart.
    """

    region: str
    rank: int | None
    place: SharedPlace | None
    interval: Interval
    sums: Sums
    activity_ppb: int
    effectiveness_ppb: int
    score_milli: int
    coverage_ppm: int
    league: SizeLeague

    @property
    def points(self) -> int:
        """The score in whole points."""
        return points(self.score_milli)


@dataclass(frozen=True, kw_only=True)
class MemberRating:
    """A member's stored rating of one season."""

    season: str
    member: UUID
    region: str
    on_roster: bool
    activity_ppb: int
    effectiveness_ppb: int
    rating_milli: int
    minutes: int
    first_attempts: int

    @property
    def points(self) -> int:
        """The rating in whole points."""
        return points(self.rating_milli)


def seasons(session: Session) -> list[OpenSeason]:
    """Return all opened seasons, the newest first; one waits until its rules are published."""
    rows = session.execute(_SEASONS).all()
    rules = rulesets.named(session, {row.rules for row in rows})
    return [
        OpenSeason(
            name=row.season,
            calendar=season_named(row.season),
            parameters=rules[row.rules],
            mean_ppm=row.mean_ppm,
            weeks_elapsed=row.weeks_elapsed,
            calibration=row.number,
            calibrated_at=row.taken_at,
        )
        for row in rows
        if row.rules in rules
    ]


def parameters_of(session: Session, version: int) -> Parameters:
    """Return the set of rules ``version``. Raises rulesets.UnknownVersion."""
    return rulesets.parameters_of(session, version)


def newest_rules(session: Session) -> int:
    """Return the version of the set of rules that was published last."""
    return rulesets.newest_rules(session)


def newest_season(session: Session) -> OpenSeason | None:
    """Return the season opened last, None before the first."""
    return next(iter(seasons(session)), None)


def season_called(session: Session, name: str) -> OpenSeason | None:
    """Return the opened season called ``name``, or None."""
    return next((one for one in seasons(session) if one.name == name), None)


def member_rating(session: Session, season: str, member: UUID) -> MemberRating | None:
    """Return a member's rating, None before the first answer of the season."""
    row = session.get(MemberRow, (season, member))
    return _rating(row) if row else None


def regions_of(session: Session, season: str, members: Iterable[UUID]) -> dict[UUID, str]:
    """Return under which region each of ``members`` stands; those without a rating are absent."""
    rows = session.execute(_HOMES, {"season": season, "members": list(members)})
    return {row.member: row.region for row in rows}


def region_table(session: Session, season: str) -> list[RegionLine]:
    """Return all 85 regions, the highest score first; those without a roster at the end."""
    stored = {
        row.region: Sums(
            members=row.members,
            active=row.active,
            activity_ppb=row.activity_ppb,
            qualified=row.qualified,
            effectiveness_ppb=row.effectiveness_ppb,
            activity_ppm2=row.activity_ppm2,
            effectiveness_ppm2=row.effectiveness_ppm2,
        )
        for row in session.scalars(select(RegionRow).where(RegionRow.season == season))
    }
    opened = session.get(SeasonRow, season)
    parameters = parameters_of(session, opened.rules if opened else newest_rules(session))
    return _ranked(stored, parameters)


def table_under(stored: Mapping[str, Sums], parameters: Parameters) -> list[RegionLine]:
    """Return the table that the sums of regions make under other ``parameters``."""
    return _ranked(dict(stored), parameters)


def national(lines: Iterable[RegionLine], parameters: Parameters) -> NationalMeans:
    """Return the means of the whole community that scores are drawn towards."""
    return _country((one.sums for one in lines), parameters).means


def _country(stored: Iterable[Sums], parameters: Parameters) -> Country:
    return whole_country(((one.rule, one.squares) for one in stored), parameters)


def _ranked(stored: dict[str, Sums], parameters: Parameters) -> list[RegionLine]:
    country = _country(stored.values(), parameters)
    scored = []
    for region in all_regions():
        sums = stored.get(region.code, NOTHING)
        score = region_score(sums.rule, country.means, parameters)
        interval = score_interval(score, sums.rule, sums.squares, country, parameters)
        scored.append((region.code, sums, score, interval))
    scored.sort(key=lambda one: (one[1].members == 0, -one[2].score_milli, one[0]))
    places = shared_places([interval for _, sums, _, interval in scored if sums.members])
    lines: list[RegionLine] = []
    for position, (code, sums, score, interval) in enumerate(scored, 1):
        rank = position if sums.members else None
        if rank and lines and lines[-1].score_milli == score.score_milli:
            rank = lines[-1].rank
        place = places[position - 1] if sums.members else None
        lines.append(
            RegionLine(
                region=code,
                rank=rank,
                place=place,
                interval=interval,
                sums=sums,
                activity_ppb=score.activity_ppb,
                effectiveness_ppb=score.effectiveness_ppb,
                score_milli=score.score_milli,
                coverage_ppm=coverage_ppm(sums.active, sums.members),
                league=size_league(sums.members, parameters),
            )
        )
    return lines


def _rating(row: MemberRow) -> MemberRating:
    return MemberRating(
        season=row.season,
        member=row.member,
        region=row.region,
        on_roster=row.on_roster,
        activity_ppb=row.activity_ppb,
        effectiveness_ppb=row.effectiveness_ppb,
        rating_milli=row.rating_milli,
        minutes=row.minutes,
        first_attempts=row.first_attempts,
    )


def absences(session: Session) -> Callable[[str, int], Absent | None]:
    """Return what tells of a version of a question since when it is out of the running season."""
    newest = newest_season(session)
    standard = next(
        (one for one in standards(session) if newest and one.season == newest.name), None
    )

    def told(question: str, version: int) -> Absent | None:
        found = standard.absence(question, version) if standard else None
        if found is None:
            return None
        return Absent(reason=found.reason, since=found.since.astimezone(ZONE).date())

    return told
