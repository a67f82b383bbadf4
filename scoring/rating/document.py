"""A season as one file on its own, and what it scores: to try a rule, or to check ours.

Everything is exact until it is written: sums over the members given, with the roster given.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from scoring.fields import Fields, Malformed, read_json, shown
from scoring.rating.formula import rating
from scoring.rating.parameters import PARAMETERS, PARAMETERS_V1, Parameters
from scoring.rating.weeks import exact_activity

_DOCUMENT = ("season", "members", "regions")
_MEMBER = ("id", "region", "weeks_min", "attempts")
_ATTEMPT = ("facility", "score", "question")
_REGION = ("code", "roster")
_CHANGEABLE = tuple(
    one.name for one in fields(Parameters) if one.name not in {"version", "time_zone", "weeks"}
)
_LISTS = frozenset({"league_edges_percent", "career_percent"})
MOST_WEEKS = 53
MOST_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """A member of the file; ``region`` is empty for none."""

    id: str | int
    region: str
    weeks_min: tuple[Fraction, ...]
    attempts: tuple[tuple[Fraction | None, Fraction], ...]
    """Facility (None before the first calibration) and score of each first attempt."""


@dataclass(frozen=True, kw_only=True)
class SeasonDocument:
    """A season, its members, and the frozen rosters of the regions."""

    weeks: int
    """Weeks begun."""
    mean: Fraction
    """Season mean, towards which few attempts are pulled."""
    parameters: Parameters
    members: tuple[MemberLine, ...]
    rosters: Mapping[str, int]


def read_season(text: str) -> SeasonDocument:
    """Read a season from JSON. Raises Malformed naming the field that does not fit."""
    document = Fields(read_json(text, number=_exact), "", _DOCUMENT)
    season = Fields(document.any("season", {}), "season", ("weeks", "mu", "version", *_CHANGEABLE))
    parameters = _parameters(season)
    rosters: dict[str, int] = {}
    for number, one in enumerate(document.array("regions", ())):
        region = Fields(one, f"regions[{number}]", _REGION)
        code = region.text("code")
        if code in rosters:
            raise Malformed(region.at("code"), f"{code} is there twice")
        rosters[code] = region.whole("roster")
    weeks = season.whole("weeks", parameters.weeks, least=1, most=MOST_WEEKS)
    return SeasonDocument(
        weeks=weeks,
        mean=_share(season, "mu", Fraction(parameters.initial_mean_ppm, 1_000_000)),
        parameters=parameters,
        members=_members(document, rosters),
        rosters=rosters,
    )


def score_season(document: SeasonDocument) -> dict[str, Any]:
    """Return the figures of everybody as plain data, unrounded; see ``psot ratings score``."""
    activity = {
        one.id: exact_activity(one.weeks_min, document.weeks, document.parameters)
        for one in document.members
    }
    effectiveness = {one.id: _effectiveness(one, document) for one in document.members}
    return {
        "members": [
            {
                "id": one.id,
                "A": float(activity[one.id]),
                "E": float(effectiveness[one.id]),
                "R": rating(float(activity[one.id]), float(effectiveness[one.id])),
            }
            for one in document.members
        ],
        "regions": _regions(document, activity, effectiveness),
    }


def _regions(
    document: SeasonDocument,
    activity: Mapping[str | int, Fraction],
    effectiveness: Mapping[str | int, Fraction],
) -> list[dict[str, Any]]:
    least = document.parameters.region_min_attempts
    prior = document.parameters.region_prior_members
    members: dict[str, list[MemberLine]] = defaultdict(list)
    for one in document.members:
        members[one.region].append(one)
    qualified = [one for one in document.members if len(one.attempts) >= least]
    mean_activity = _mean(list(activity.values()), Fraction(0))
    mean_effectiveness = _mean([effectiveness[one.id] for one in qualified], document.mean)
    lines = []
    for code, roster in document.rosters.items():
        counted = [one for one in members[code] if len(one.attempts) >= least]
        total = sum((activity[one.id] for one in members[code]), prior * mean_activity)
        scored = sum((effectiveness[one.id] for one in counted), prior * mean_effectiveness)
        act = total / (roster + prior) if roster + prior else mean_activity
        eff = scored / (len(counted) + prior) if len(counted) + prior else mean_effectiveness
        lines.append((code, act, eff))
    scores = {code: act * eff for code, act, eff in lines}
    return [
        {
            "code": code,
            "Act": float(act),
            "Eff": float(eff),
            "Score": rating(float(act), float(eff)),
            "place": 1 + sum(other > scores[code] for other in scores.values()),
        }
        for code, act, eff in lines
    ]


def _mean(values: list[Fraction], empty: Fraction) -> Fraction:
    return sum(values, Fraction(0)) / len(values) if values else empty


def _effectiveness(member: MemberLine, document: SeasonDocument) -> Fraction:
    params = document.parameters
    weight = scored = Fraction(0)
    for facility, score in member.attempts:
        one = _weight(facility, params)
        weight += one
        scored += one * score
    if not weight + params.prior_weight:
        return document.mean
    return (scored + params.prior_weight * document.mean) / (weight + params.prior_weight)


def _weight(facility: Fraction | None, params: Parameters) -> Fraction:
    ppm = Fraction(params.unknown_facility_ppm) if facility is None else facility * 1_000_000
    if ppm > params.facility_ceiling_ppm:
        return Fraction(0)
    return (params.base_weight_ppm + 1_000_000 - ppm) / 1_000_000


def _parameters(season: Fields) -> Parameters:
    version = season.whole("version", PARAMETERS_V1.version, least=1)
    if version not in PARAMETERS:
        known = ", ".join(str(one) for one in PARAMETERS)
        raise Malformed(season.at("version"), f"must be one of {known}, not {version}")
    changes: dict[str, Any] = {
        name: season.wholes(name) if name in _LISTS else season.whole(name)
        for name in _CHANGEABLE
        if season.has(name)
    }
    if changes.get("full_week_min") == 0:
        raise Malformed(season.at("full_week_min"), "must be a whole number from 1")
    return replace(PARAMETERS[version], **changes)


def _members(document: Fields, rosters: Mapping[str, int]) -> tuple[MemberLine, ...]:
    found: dict[str | int, MemberLine] = {}
    for number, value in enumerate(document.array("members")):
        one = Fields(value, f"members[{number}]", _MEMBER)
        id_ = one.any("id")
        if isinstance(id_, bool) or not isinstance(id_, str | int):
            raise Malformed(one.at("id"), f"must be a text or a whole number, not {shown(id_)}")
        if id_ in found:
            raise Malformed(one.at("id"), f"{id_} is there twice")
        region = one.text("region") if one.has("region") else ""
        if region and rosters and region not in rosters:
            raise Malformed(one.at("region"), f"{region} is not among the regions")
        minutes = one.array("weeks_min")
        if len(minutes) > MOST_WEEKS:
            why = f"must have at most {MOST_WEEKS}, not {len(minutes)}"
            raise Malformed(one.at("weeks_min"), why)
        found[id_] = MemberLine(
            id=id_,
            region=region,
            weeks_min=tuple(
                _number(each, f"{one.at('weeks_min')}[{n}]", MOST_MINUTES)
                for n, each in enumerate(minutes)
            ),
            attempts=tuple(
                _attempt(Fields(each, f"{one.at('attempts')}[{n}]", _ATTEMPT))
                for n, each in enumerate(one.array("attempts", ()))
            ),
        )
    return tuple(found.values())


def _attempt(one: Fields) -> tuple[Fraction | None, Fraction]:
    facility = _number(one.any("facility"), one.at("facility"), 1) if one.has("facility") else None
    return facility, _number(one.any("score"), one.at("score"), 1)


def _share(season: Fields, name: str, default: Fraction) -> Fraction:
    return _number(season.any(name, default), season.at(name), 1)


def _number(value: object, path: str, most: int) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise Malformed(path, f"must be a number, not {shown(value)}")
    if not 0 <= value <= most:
        raise Malformed(path, f"must be a number from 0 to {most}, not {float(value):g}")
    return Fraction(value)


def _exact(text: str) -> Fraction:
    """The decimal number as written; a far too large one raises ValueError."""
    return Fraction(str(float(text)))
