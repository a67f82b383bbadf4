"""Moments of a race in words: in the zone of the reader and of the race, and how long is left."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import get_timezone, gettext, ngettext, pgettext
from markupsafe import Markup

from psot import clock
from psot.races.stages import RESULTS, Stage
from psot.races.values import RaceView
from psot.shell import zones
from psot.shell.formats import time_tag

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def both(at: datetime, zone: str) -> Markup:
    """Write ``at`` for the reader, and the race's own clock beside it where it shows another."""
    text = time_tag(at)
    place = ZoneInfo(zone)
    if at.astimezone(place).utcoffset() == at.astimezone(get_timezone()).utcoffset():
        return text
    clock_there = f"{at.astimezone(place):%H:%M} {zones.label(place, at)}"
    there = gettext("%(time)s at the race", time=clock_there)
    return Markup('{} <span class="soft">({})</span>').format(text, there)


def clock_time(at: datetime) -> str:
    """Write the clock time of ``at`` to the second, in the reader's zone."""
    return f"{at.astimezone(get_timezone()):%H:%M:%S}"


def after_zero(ms: int) -> str:
    """Write a start time after the zero of the race.

    >>> after_zero(0), after_zero(90_000), after_zero(3_723_400)
    ('+0:00', '+1:30', '+1:02:03')
    """
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"+{hours}:{minutes:02d}:{seconds:02d}" if hours else f"+{minutes}:{seconds:02d}"


def left(until: datetime, now: datetime) -> str:
    """Return how long it is until ``until``, in its two largest units."""
    rest = max(until - now, timedelta())
    days, rest = divmod(rest, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes = rest // MINUTE
    parts = []
    if days:
        parts.append(ngettext("%(num)d day", "%(num)d days", days))
    if hours:
        parts.append(ngettext("%(num)d hour", "%(num)d hours", hours))
    if minutes and not days:
        parts.append(ngettext("%(num)d minute", "%(num)d minutes", minutes))
    return " ".join(str(one) for one in parts) or str(gettext("less than a minute"))


def awaited(race: RaceView) -> tuple[str, datetime] | None:
    """Return what the page of a race counts down to, in words, and when it is."""
    now = clock.now()
    steps = {
        Stage.ANNOUNCED: (gettext("Registration opens in"), race.registers_at),
        Stage.REGISTRATION: (gettext("To the start"), race.starts_at),
        Stage.ZEROING: (gettext("To the start"), race.starts_at),
        Stage.RUNNING: (gettext("To the start"), race.zero_at),
        Stage.PROVISIONAL: (gettext("Protests are open for"), race.protests_until),
    }
    what, when = steps.get(race.stage, ("", None))
    return (what, when) if when is not None and when > now else None


def schedule(race: RaceView) -> list[tuple[str, datetime | None, bool, str]]:
    """Return the steps of a race in order: what, when, whether it is past, and whose step it is.

    A step without a moment is taken by hand.
    """
    order = list(Stage)
    # A race may be cancelled at any stage: then only moments tell what was.
    here = -1 if race.stage is Stage.CANCELLED else order.index(race.stage)
    steps = [
        (Stage.ANNOUNCED, gettext("Announcement"), race.announces_at),
        (Stage.REGISTRATION, gettext("Registration opens"), race.registers_at),
        (
            Stage.ZEROING,
            gettext("Start list, zeroing opens; registration closes"),
            race.zeroes_at,
        ),
        (Stage.RUNNING, pgettext("race", "Start"), race.zero_at or race.starts_at),
        (Stage.LOCKED, gettext("The course closes"), race.locked_at or race.closes_at),
        (Stage.PROVISIONAL, gettext("Provisional protocol"), race.provisional_at),
        (Stage.OFFICIAL, gettext("Official protocol"), race.official_at),
    ]
    hands = {True: gettext("by the jury"), False: gettext("by hand")}
    return [
        (what, when, order.index(stage) <= here, hands[stage in RESULTS])
        for stage, what, when in steps
    ]


def plus(zero: datetime, ms: int) -> datetime:
    """Return the moment ``ms`` after ``zero``."""
    return zero + timedelta(milliseconds=ms)
