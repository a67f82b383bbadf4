"""The words of the virtual workplace that are chosen by a code."""

from flask_babel import get_locale, lazy_pgettext
from flask_babel import lazy_gettext as _

MODES = {"practice": lazy_pgettext("workplace", "practice"), "check": _("check")}
ENDINGS = {
    "finished": _("finished"),
    "critical": _("ended by a dangerous mistake"),
    "stopped": _("not finished"),
}
KINDS = {
    "hazard": _("Hazard"),
    "false_alarm": _("False alarm"),
    "step": _("Step"),
    "measurement": _("Measurement"),
    "ppe": _("Protective equipment"),
    "document": _("Document"),
    "decision": _("Decision"),
}
"""What the lines of a debrief are about."""
VERDICTS = {
    "right": _("right"),
    "partly": _("partly right"),
    "wrong": _("wrong"),
    "missed": lazy_pgettext("workplace", "missed"),
}
REFUSALS = {
    "malformed": _("This cannot be done."),
    "unknown": _("There is no such thing here."),
    "not_open": _("It is not time for this yet."),
    "already": _("This has been done already."),
    "ended": _("This run is over."),
    "not_asked": _("Nothing is to be reported in this scenario."),
    "not_measured": _("Measure first."),
    "too_long": _("That is too long to wait at once."),
    "no_hints": _("There are no hints in a check."),
    "nothing_left": _("There is nothing left to hint at."),
    "too_many": _("Too many actions for one run: finish it."),
}
"""By the code of `scoring.workplace.Refused`."""


def language() -> str:
    """Return the reader's language, ru or en."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "ru"


def duration(ms: int) -> str:
    """Write how long a run lasted.

    >>> duration(425_000), duration(3_725_000)
    ('7:05', '1:02:05')
    """
    minutes, seconds = divmod(ms // 1000, 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
