"""The words of a race: names of formats, stages and kinds, and a format explained from its data."""

from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext, lazy_gettext, lazy_pgettext, ngettext, pgettext

from psot.races.stages import Stage
from scoring.biathlon import Format, PenaltyKind, Standing, StartKind

FORMATS: Final[dict[str, Any]] = {
    "individual": lazy_gettext("Individual"),
    "short_individual": lazy_gettext("Short individual"),
    "sprint": lazy_gettext("Sprint"),
    "pursuit": lazy_gettext("Pursuit"),
    "mass_start": lazy_gettext("Mass start"),
    "mass_start_60": lazy_gettext("Mass start 60"),
    "super_sprint_qualification": lazy_gettext("Super sprint, qualification"),
    "super_sprint_final": lazy_gettext("Super sprint, final"),
    "relay": lazy_gettext("Relay"),
    "mixed_relay": lazy_gettext("Mixed relay"),
    "single_mixed_relay": lazy_gettext("Single mixed relay"),
}
STAGES: Final[dict[Stage, Any]] = {
    Stage.DRAFT: lazy_pgettext("stage", "Draft"),
    Stage.ANNOUNCED: lazy_pgettext("stage", "Announced"),
    Stage.REGISTRATION: lazy_pgettext("stage", "Registration open"),
    Stage.ZEROING: lazy_pgettext("stage", "Zeroing"),
    Stage.RUNNING: lazy_pgettext("stage", "On the course"),
    Stage.LOCKED: lazy_pgettext("stage", "Finished, being checked"),
    Stage.PROVISIONAL: lazy_pgettext("stage", "Provisional results"),
    Stage.OFFICIAL: lazy_pgettext("stage", "Official results"),
    Stage.CANCELLED: lazy_pgettext("stage", "Cancelled"),
}
TONES: Final[dict[Stage, str]] = {
    Stage.REGISTRATION: "own",
    Stage.ZEROING: "live",
    Stage.RUNNING: "live",
    Stage.PROVISIONAL: "warn",
    Stage.OFFICIAL: "good",
    Stage.CANCELLED: "bad",
}
KINDS: Final[dict[str, Any]] = {
    "station": lazy_gettext("Stations"),
    "P": lazy_gettext("Prone shooting"),
    "S": lazy_gettext("Standing shooting"),
}
EXPERIENCE: Final[dict[str, Any]] = {
    "newcomer": lazy_gettext("Newcomer: less than three years in occupational safety"),
    "experienced": lazy_gettext("Experienced: three years or more"),
}
EXPERIENCE_SHORT: Final[dict[str, Any]] = {
    "newcomer": lazy_gettext("newcomer"),
    "experienced": lazy_gettext("experienced"),
}
EMPLOYERS: Final[dict[str, Any]] = {
    "": lazy_gettext("I would rather not say"),
    "large_company": lazy_gettext("Large company"),
    "small_company": lazy_gettext("Small or medium company"),
    "public_body": lazy_gettext("State or municipal institution"),
    "education": lazy_gettext("Education or science"),
    "service_provider": lazy_gettext("Occupational safety services"),
    "self_employed": lazy_gettext("Self-employed"),
}
DIFFICULTIES: Final[dict[int, Any]] = {
    1: lazy_gettext("easy"),
    2: lazy_gettext("medium"),
    3: lazy_gettext("hard"),
}


@dataclass(frozen=True)
class Saying:
    """One line of a format's explanation: an icon's name, what it is about, the rule in words."""

    icon: str
    head: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Lap:
    """One lap as it is drawn: so many stations, the bout behind them ("P", "S" or none), its end.

    ``end`` is "finish", "exchange" or "".
    """

    number: int
    stations: int
    bout: str
    end: str


def laps(rules: Format) -> list[Lap]:
    """Return the laps of the race, or of the first leg of a relay."""
    leg = rules.legs[0]
    late = max(rules.start.first_bout_on_laps, default=1) - 1
    last = "exchange" if len(rules.legs) > 1 else "finish"
    bouts = [*leg.bouts] if not late else [leg.bouts[0], *[leg.bouts[0]] * late, *leg.bouts[1:]]
    return [
        Lap(
            number=number,
            stations=rules.stations,
            bout=bouts[number - 1] if number <= len(bouts) else "",
            end=last if number == leg.laps else "",
        )
        for number in range(1, leg.laps + 1)
    ]


def seconds(value: int) -> str:
    """Return a time in words: whole minutes as minutes.

    Used for rules only, never for results.
    """
    if value and value % 60 == 0:
        return str(ngettext("%(num)d minute", "%(num)d minutes", value // 60))
    return str(ngettext("%(num)d second", "%(num)d seconds", value))


def explained(rules: Format) -> list[Saying]:
    """Return a format in words, line by line, from its data alone."""
    lines = [_team(rules), _course(rules), _range(rules), _spares(rules), _penalty(rules)]
    lines += [_start(rules), _lapped(rules), _points(rules)]
    return [one for one in lines if one is not None]


def in_short(rules: Format) -> str:
    """Return a format in one line: laps, shootings, the price of a miss."""
    leg = rules.legs[0]
    parts = [str(ngettext("%(num)d lap", "%(num)d laps", leg.laps))]
    if len(rules.legs) > 1:
        parts.insert(0, str(ngettext("%(num)d leg", "%(num)d legs", len(rules.legs))))
    parts.append(str(ngettext("%(num)d shooting", "%(num)d shootings", len(leg.bouts))))
    return ", ".join(parts)


def _team(rules: Format) -> Saying | None:
    if not rules.relay:
        return None
    size = rules.team_size
    text = gettext(
        "%(racers)s of one region, drawn by lot. The next one starts when the team mate hands"
        " over.",
        racers=ngettext("A team of %(num)d racer", "A team of %(num)d racers", size),
    )
    if any(leg.racer_class for leg in rules.legs):
        text += " " + gettext(
            "Unless a class says otherwise, newcomers race the legs A and experienced racers the"
            " legs B."
        )
        text += " " + gettext(
            "Order of the legs: %(order)s.",
            order=" ".join(leg.racer_class or "" for leg in rules.legs),
        )
    return Saying("users-round", gettext("Team"), text)


def _course(rules: Format) -> Saying:
    most = max(leg.laps for leg in rules.legs)
    around = ngettext("%(num)d lap", "%(num)d laps", most)
    if len({leg.laps for leg in rules.legs}) > 1:
        around = gettext("%(laps)s at most on a leg", laps=around)
    if not rules.stations:
        return Saying("map", gettext("Course"), gettext("%(laps)s without stations.", laps=around))
    stations = ngettext("%(num)d station", "%(num)d stations", rules.stations)
    text = gettext(
        "%(laps)s, %(stations)s on each: a short case to solve.", laps=around, stations=stations
    )
    if rules.falls:
        fall = gettext(
            "A wrong answer is a fall: %(seconds)s on the snow with the topic's memo, then a new"
            " task.",
            seconds=seconds(rules.fall_s),
        )
        after = ngettext(
            "After %(num)d fall at a station the way is free.",
            "After %(num)d falls at a station the way is free.",
            rules.falls,
        )
        text = f"{text} {fall} {after}"
    return Saying("map", gettext("Course"), text)


def _range(rules: Format) -> Saying | None:
    bouts = rules.legs[0].bouts
    if not bouts:
        return None
    order = ", ".join(
        pgettext("position", "prone") if one == "P" else pgettext("position", "standing")
        for one in bouts
    )
    limits = []
    if "P" in bouts:
        limits.append(gettext("prone %(seconds)s", seconds=seconds(rules.prone_s)))
    if "S" in bouts:
        limits.append(gettext("standing %(seconds)s", seconds=seconds(rules.standing_s)))
    text = gettext(
        "%(shootings)s: %(order)s. %(targets)s, one quick question each: %(limits)s. Right and in"
        " time is a hit, wrong or late a miss.",
        shootings=ngettext("%(num)d shooting", "%(num)d shootings", len(bouts)),
        order=order,
        targets=ngettext("%(num)d target", "%(num)d targets", rules.shots),
        limits=", ".join(limits),
    )
    return Saying("target", gettext("Range"), text)


def _spares(rules: Format) -> Saying | None:
    if not rules.spares:
        return None
    text = gettext(
        "%(rounds)s per shooting for targets still standing; each takes %(seconds)s to load.",
        rounds=ngettext("%(num)d spare round", "%(num)d spare rounds", rules.spares),
        seconds=seconds(rules.reload_s),
    )
    return Saying("rotate-cw", gettext("Spare rounds"), text)


def _penalty(rules: Format) -> Saying:
    if rules.standing_target is Standing.DISQUALIFIED:
        text = gettext("Whoever leaves a target standing is out of the race.")
    elif rules.penalty.kind is PenaltyKind.TIME:
        text = gettext(
            "Every miss adds %(seconds)s to the total time.",
            seconds=seconds(rules.penalty.seconds),
        )
    else:
        text = gettext(
            "Every miss costs a penalty loop of %(metres)d m: %(seconds)s, in which you read the"
            " memo on the topic you missed.",
            metres=rules.penalty.metres or 0,
            seconds=seconds(rules.penalty.seconds),
        )
    return Saying("timer", gettext("Penalty"), text)


def _start(rules: Format) -> Saying:
    start = rules.start
    if start.kind is StartKind.SINGLE:
        text = gettext(
            "One by one, every %(seconds)s. The best total time wins.",
            seconds=seconds(start.interval_s or 0),
        )
    elif start.kind is StartKind.GROUP:
        text = gettext(
            "In groups of %(group)d, every %(seconds)s. The best total time wins.",
            group=start.group or 1,
            seconds=seconds(start.interval_s or 0),
        )
    elif start.kind is StartKind.PURSUIT:
        text = gettext(
            "At the gaps of an earlier race; whoever is more than %(seconds)s behind starts in one"
            " wave. The first to cross the line wins.",
            seconds=seconds(start.wave_after_s or 0),
        )
    else:
        text = gettext("All at once. The first to cross the line wins.")
    if start.first_bout_on_laps:
        half = (start.field or 0) // 2
        text += " " + gettext(
            "Bibs 1 to %(half)d shoot first on lap %(early)d, the others on lap %(late)d.",
            half=half,
            early=start.first_bout_on_laps[0],
            late=start.first_bout_on_laps[1],
        )
    if start.field:
        text += " " + ngettext("At most %(num)d racer.", "At most %(num)d racers.", start.field)
    return Saying("flag", pgettext("race", "Start"), text)


def _lapped(rules: Format) -> Saying | None:
    if not rules.lapped_out:
        return None
    return Saying("log-out", gettext("Lapped"), gettext("Whoever the leader laps leaves the race."))


def _points(rules: Format) -> Saying | None:
    if not rules.season:
        return None
    top = ", ".join(str(one) for one in rules.points[:5])
    return Saying(
        "trophy",
        gettext("Season"),
        gettext("Points for places 1 to 40 count for the season: %(top)s and so on.", top=top),
    )
