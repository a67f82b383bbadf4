"""What figures and flags of items are called, and what they mean in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, get_locale, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from psot.library import queries as library
from scoring.items import Flag


@dataclass(frozen=True)
class FlagWords:
    """A flag by name, why it matters, and how loud it is."""

    name: LazyString
    meaning: LazyString
    tone: str
    icon: str


FLAGS: Mapping[Flag, FlagWords] = {
    Flag.NEGATIVE_DISCRIMINATION: FlagWords(
        _("negative discrimination"),
        _(
            "Members who do well on the rest of the test do worse here, by more than chance"
            " explains. Look for a wrong key or a misleading text. The question leaves the rating."
        ),
        "bad",
        "triangle-alert",
    ),
    Flag.TOO_EASY: FlagWords(
        _("too easy"),
        _("More than 0.95 of the mark is earned at first. The question leaves the rating."),
        "warn",
        "circle-check",
    ),
    Flag.BELOW_CHANCE: FlagWords(
        _("below chance"),
        _("Guessing would earn more. The text may lead to a wrong option."),
        "bad",
        "arrow-down",
    ),
    Flag.IDLE_DISTRACTOR: FlagWords(
        _("idle option"),
        _("Nobody chose a wrong option: it makes the question no harder."),
        "",
        "minus",
    ),
    Flag.RUSHED: FlagWords(
        _("very fast answers"),
        _("Many answers came in less than a tenth of the median time: nobody reads that fast."),
        "warn",
        "zap",
    ),
}

REASONS: Mapping[str, LazyString] = {
    Flag.NEGATIVE_DISCRIMINATION.value: _("negative discrimination"),
    Flag.TOO_EASY.value: _("too easy"),
}
"""Why a question left the rating, as the calibration tells it."""

KINDS: Mapping[str, LazyString] = {
    "single": _("one answer"),
    "multiple": _("several answers"),
    "truefalse": _("true or false"),
    "matching": _("matching"),
    "ordering": _("ordering"),
    "numeric": _("a number"),
    "text": _("short text"),
    "cloze": _("gaps in a text"),
    "hotspot": _("a place in a picture"),
    "case": _("a case in parts"),
}


def language() -> str:
    """Return the reader's language."""
    locale = get_locale()
    return locale.language if locale else "ru"


def topic_names(session: Session) -> dict[str, str]:
    """Return the names of all topics in the reader's language."""
    spoken = language()
    return {id_: topic.name.in_language(spoken) for id_, topic in library.topics(session).items()}


def quiz_names(session: Session, slugs: set[str]) -> dict[str, str]:
    """Return what each quiz is called: a published one, a topic's own, or the placement."""
    spoken, quizzes, topics = language(), library.quizzes(session), topic_names(session)
    found = {}
    for slug in slugs:
        topic, _dot, mode = slug.rpartition(".")
        if slug in quizzes:
            found[slug] = quizzes[slug].title.in_language(spoken)
        elif topic in topics and mode == "practice":
            found[slug] = gettext("%(topic)s: practice", topic=topics[topic])
        elif topic in topics and mode == "check":
            found[slug] = gettext("%(topic)s: check", topic=topics[topic])
        else:
            found[slug] = gettext("Where to begin") if slug == "placement" else slug
    return found
