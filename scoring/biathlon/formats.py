"""A format: laps, bouts, shots, spares, penalty, start, as data from ``formats.yaml``.

Reading is done by an explicit call; importing this module does nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from scoring.biathlon.points import SCORED_PLACES, points_table
from scoring.fields import Fields, Malformed

_DATA: Final = Path(__file__).with_name("formats.yaml")
_MOST: Final = 50


class PenaltyKind(StrEnum):
    """What a miss costs."""

    LOOP = "loop"
    TIME = "time"


class StartKind(StrEnum):
    """How the field starts."""

    SINGLE = "single"
    SIMULTANEOUS = "simultaneous"
    PURSUIT = "pursuit"
    GROUP = "group"


class Standing(StrEnum):
    """What a target means that stands after the last spare round."""

    PENALTY = "penalty"
    DISQUALIFIED = "disqualified"


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One leg of a relay, or the whole race of a single racer."""

    laps: int
    bouts: tuple[str, ...]
    """``P`` prone or ``S`` standing, in order."""
    racer_class: str | None = None
    """Class of the racer in a mixed relay, ``A`` or ``B``."""


@dataclass(frozen=True, kw_only=True)
class Penalty:
    """The price of one miss: ``seconds`` added to the total, or so many held in the loop."""

    kind: PenaltyKind
    seconds: int
    metres: int | None = None


@dataclass(frozen=True, kw_only=True)
class StartRule:
    """How the field starts; what does not apply to the kind is None or empty."""

    kind: StartKind
    interval_s: int | None = None
    """Between two starts, of racers or of groups."""
    group: int | None = None
    """How many start together in a group start."""
    field: int | None = None
    """How many may start."""
    wave_after_s: int | None = None
    """Who is further behind starts in one wave with this gap."""
    halve_gaps_from: tuple[str, ...] = ()
    """Formats whose gaps are halved."""
    first_bout_on_laps: tuple[int, ...] = ()
    """The lap of bout 1 for the lower and for the upper half of the bibs."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """Everything a race's rules depend on. Times in whole seconds."""

    name: str
    discipline: str
    """Under which standings of a season its points count."""
    season: bool
    """Whether its points count in a season at all."""
    legs: tuple[Leg, ...]
    relay: bool
    team_size: int
    """Racers of a relay team; fewer than legs where they take turns."""
    shots: int
    spares: int
    penalty: Penalty
    standing_target: Standing
    start: StartRule
    lapped_out: bool
    points: tuple[int, ...]
    """Points of place 1, 2, 3, ..."""
    stations: int
    """Stations of a lap."""
    falls: int
    """Falls after which a racer passes a station anyway."""
    fall_s: int
    prone_s: int
    standing_s: int
    reload_s: int


FORMAT_FIELDS: Final = frozenset(
    [
        "discipline",
        "season",
        "laps",
        "bouts",
        "legs",
        "team",
        "leg_classes",
        "order_may_be_reversed",
        "laps_per_leg",
        "bouts_per_leg",
        "shots",
        "spares",
        "penalty",
        "standing_target",
        "start",
        "lapped_out",
        "exchange",
        "km",
        "verified",
        "points",
        "stations",
        "falls",
        "fall_s",
        "prone_s",
        "standing_s",
        "reload_s",
        "loop_s",
        "penalty_s",
    ]
)
"""What an entry of ``formats.yaml`` and the options of a race may say."""


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return data


def format_names() -> tuple[str, ...]:
    """Every format's name, as in the file."""
    return tuple(_data()["formats"])


def load_format(name: str, options: object = None) -> Format:
    """The format ``name`` with its numbers overridden by ``options``, an object or None.

    Options are the fields of ``formats.yaml``; ``penalty`` and ``start`` may be given in part.
    ``penalty_s`` is the price of a miss in seconds, ``loop_s`` the hold of a loop. Raises
    Malformed naming ``format`` or the option.

    >>> load_format("individual", {"penalty_s": 45}).penalty.seconds
    45
    """
    formats = _data()["formats"]
    if name not in formats:
        raise Malformed("format", f"must be one of {', '.join(formats)}, not {name!r}")
    base = {**_data()["course"], **formats[name]}
    given = {} if options is None else options
    Fields(given, "options", FORMAT_FIELDS)
    merged = {**base, **given}  # type: ignore[dict-item]  # Fields has seen that it is an object
    for part in ("penalty", "start"):
        if isinstance(merged.get(part), Mapping) and part in base:
            merged[part] = {**base[part], **merged[part]}
    return _read(name, Fields(merged, "options", FORMAT_FIELDS))


def _read(name: str, fields: Fields) -> Format:
    legs = _legs(fields)
    start = _start(fields)
    _fits(fields, legs, start)
    return Format(
        name=name,
        discipline=fields.text("discipline"),
        season=fields.flag("season", default=True),
        legs=legs,
        relay=fields.has("legs"),
        team_size=len(fields.words("team", "AB", [])) or len(legs),
        shots=fields.whole("shots", least=1, most=_MOST),
        spares=fields.whole("spares", 0, most=_MOST),
        penalty=_penalty(fields),
        standing_target=Standing(fields.choice("standing_target", [*Standing], Standing.PENALTY)),
        start=start,
        lapped_out=fields.flag("lapped_out", default=False),
        points=_points(fields),
        **{
            one: fields.whole(one, most=3600)
            for one in ("stations", "falls", "fall_s", "prone_s", "standing_s", "reload_s")
        },
    )


def _legs(fields: Fields) -> tuple[Leg, ...]:
    """The legs of a relay, or the one "leg" of a race of single racers."""
    if not fields.has("legs"):
        laps = fields.whole("laps", least=1, most=_MOST)
        return (Leg(laps=laps, bouts=fields.words("bouts", "PS")),)
    count = fields.whole("legs", least=1, most=_MOST)
    bouts = fields.words("bouts_per_leg", "PS")
    classes = fields.words("leg_classes", "AB", [])
    if isinstance(fields.any("laps_per_leg"), list):
        laps_per_leg = fields.wholes("laps_per_leg", least=1)
    else:
        laps_per_leg = (fields.whole("laps_per_leg", least=1, most=_MOST),) * count
    for one, values in (("laps_per_leg", laps_per_leg), ("leg_classes", classes or [""] * count)):
        if len(values) != count:
            raise Malformed(fields.at(one), f"must have one value for each of the {count} legs")
    return tuple(
        Leg(laps=laps, bouts=bouts, racer_class=classes[number] if classes else None)
        for number, laps in enumerate(laps_per_leg)
    )


def _fits(fields: Fields, legs: tuple[Leg, ...], start: StartRule) -> None:
    """Raise Malformed unless every bout has its lap."""
    late = max(start.first_bout_on_laps, default=1) - 1
    for leg in legs:
        if leg.bouts and leg.laps < len(leg.bouts) + late:
            name = "laps_per_leg" if fields.has("legs") else "laps"
            least = len(leg.bouts) + late
            raise Malformed(fields.at(name), f"must be at least {least} for the bouts")


def _penalty(fields: Fields) -> Penalty:
    """The price of a miss; a loop's hold follows from its length where nothing else is said."""
    one = Fields(
        fields.any("penalty", {"kind": "loop"}),
        fields.at("penalty"),
        ("kind", "seconds", "metres"),
    )
    kind = PenaltyKind(one.choice("kind", [*PenaltyKind]))
    if kind is PenaltyKind.TIME:
        seconds = fields.whole("penalty_s", one.any("seconds", None) or 0)
        return Penalty(kind=kind, seconds=seconds)
    metres = one.whole("metres", 150, least=1)
    usual = _data()["loop_s"].get(metres, round(metres * 23 / 150))
    hold = fields.any("loop_s", fields.any("penalty_s", one.any("seconds", usual)))
    checked = Fields({"loop_s": hold}, "options", ("loop_s",)).whole("loop_s")
    return Penalty(kind=kind, seconds=checked, metres=metres)


def _start(fields: Fields) -> StartRule:
    one = Fields(
        fields.any("start"),
        fields.at("start"),
        (
            "kind",
            "interval_s",
            "group",
            "field",
            "wave_after_s",
            "halve_gaps_from",
            "halves_shoot_first_bout_on_laps",
        ),
    )
    halves = one.wholes("halves_shoot_first_bout_on_laps", [], least=1)
    if len(halves) not in (0, 2):
        raise Malformed(one.at("halves_shoot_first_bout_on_laps"), "must have two laps")
    return StartRule(
        kind=StartKind(one.choice("kind", [*StartKind])),
        interval_s=one.whole_or_none("interval_s"),
        group=one.whole_or_none("group", least=1),
        field=one.whole_or_none("field", least=1),
        wave_after_s=one.whole_or_none("wave_after_s"),
        halve_gaps_from=one.words("halve_gaps_from", format_names(), []),
        first_bout_on_laps=halves,
    )


def _points(fields: Fields) -> tuple[int, ...]:
    """The table of points: one of the named ones, or the top of an own one as a list."""
    tables = _data()["points"]
    named = fields.any("points", "current")
    if isinstance(named, str):
        return points_table(tables[fields.choice("points", tables, "current")])
    own = fields.wholes("points")
    if len(own) > SCORED_PLACES:
        raise Malformed(fields.at("points"), f"must have at most {SCORED_PLACES} places")
    return points_table(own)
