"""How times of a recording are written, and the sentences its player speaks."""

import re
from collections.abc import Mapping

from flask_babel import get_locale, gettext, ngettext, pgettext

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)", re.ASCII)


def language() -> str:
    """Return the reader's language, ru or en."""
    return str(get_locale() or "ru")


def clock_text(ms: int) -> str:
    """Write a moment of a recording: 3:07, 1:02:45.

    >>> clock_text(187_000), clock_text(3_765_000)
    ('3:07', '1:02:45')
    """
    minutes, second = divmod(ms // 1000, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def clock_ms(text: str) -> int | None:
    """Read a moment such as 3:07 or 1:02:45; None for anything else.

    >>> clock_ms("1:02:45"), clock_ms("75:00"), clock_ms("soon")
    (3765000, 4500000, None)
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000


def length_text(ms: int) -> str:
    """Write how long something lasts, in minutes from one minute on, else in seconds."""
    seconds = ms // 1000
    minutes = round(seconds / 60)
    if seconds < 60:  # noqa: PLR2004 - a minute
        return str(ngettext("%(num)d second", "%(num)d seconds", seconds))
    if minutes < 60:  # noqa: PLR2004 - an hour
        return str(ngettext("%(num)d minute", "%(num)d minutes", minutes))
    return str(gettext("%(hours)d h %(minutes)d min", hours=minutes // 60, minutes=minutes % 60))


def player_words() -> Mapping[str, str]:
    """Return the sentences of the player's script, in the reader's language."""
    return {
        "play": pgettext("player", "Play"),
        "pause": pgettext("player", "Pause"),
        "mute": pgettext("player", "Mute"),
        "unmute": pgettext("player", "Unmute"),
        "resumed": gettext("Going on from {time}"),
        "position": gettext("{time} of {length}"),
        "speed": gettext("Speed {speed}"),
        "left": gettext("{count} s left"),
        "answered": gettext("Thank you: the time watched is credited."),
        "answeredWaits": gettext(
            "Answered. The time counts once three of four checks are answered."
        ),
        "missed": gettext("This check was missed. What waits can still be credited: watch on."),
        "offline": gettext("No connection: what you watch is kept and sent later."),
        "online": gettext("The connection is back, everything is sent."),
        "signedOut": gettext("You are signed out: sign in again, or your time will not count."),
        "elsewhere": gettext("Part of the time did not count: one member has one clock."),
        "found": gettext("{count} of {all}"),
        "notFound": gettext("Nothing found"),
        "completed": gettext("You have seen this recording."),
        "uploading": gettext("{done} of {all} MB"),
        "uploaded": gettext("The file is in the folder."),
        "uploadFailed": gettext("The upload stopped. Choose the same file again to go on."),
        "unplayable": gettext("Your browser cannot play this file."),
    }
