"""What the figures are called, and how each is counted: one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class Told:
    """A figure in words: its ``name``, how it is ``counted``, and what a week of it tells."""

    name: Any
    counted: Any
    week: Any = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Figures that belong together, with an icon and the page they lead to."""

    name: Any
    icon: str
    path: str
    figures: tuple[str, ...]


GROUPS = (
    Group(
        name=_("People"),
        icon="users-round",
        path="/ratings/regions",
        figures=("members", "regions"),
    ),
    Group(
        name=_("Learning"),
        icon="target",
        path="/quizzes",
        figures=("answers", "watched", "practice"),
    ),
    Group(
        name=_("To be learned"),
        icon="book-open",
        path="/library",
        figures=("topics", "questions", "content"),
    ),
    Group(
        name=_("Among colleagues"),
        icon="circle-user-round",
        path="/questions",
        figures=("asked", "answered"),
    ),
    Group(
        name=_("Biathlon of knowledge"), icon="flag", path="/races", figures=("races", "finishers")
    ),
)

WORDS: Mapping[str, Told] = {
    "members": Told(
        name=_("Members"),
        counted=_(
            "Everybody who joined and proved the address, counted on the day they did. "
            "Whoever left has still joined, so this figure never falls."
        ),
        week=_("Joined"),
    ),
    "regions": Told(
        name=_("Regions with members"),
        counted=_(
            "Regions of the 85 that at least one member has chosen. "
            "Who moves counts in the new region only."
        ),
    ),
    "answers": Told(
        name=_("First answers"),
        counted=_(
            "Answers to a question that the member met for the first time, in quizzes, checks "
            "and daily sets. Repetitions are not counted; answers in races are not either."
        ),
        week=_("First answers"),
    ),
    "watched": Told(
        name=_("Hours watched"),
        counted=_(
            "Time of recordings that a check of attention confirmed. A second of a recording "
            "counts once a season for a member; nothing counts faster than real time allows."
        ),
        week=_("Hours"),
    ),
    "practice": Told(
        name=_("Practice runs finished"),
        counted=_(
            "Scenarios of the virtual enterprise played to the end. "
            "What was left or ended by a critical error is not counted."
        ),
        week=_("Runs"),
    ),
    "topics": Told(
        name=_("Topics"),
        counted=_("Published topics that have a lesson or questions, as the library stands now."),
        week=_("Published for the first time"),
    ),
    "questions": Told(
        name=_("Questions with sources"),
        counted=_(
            "Published questions, each with the norm it rests on, as the library stands now. "
            "The weeks tell when questions were published for the first time, those withdrawn "
            "since then included."
        ),
        week=_("Published for the first time"),
    ),
    "content": Told(
        name=_("Hours of lessons and recordings"),
        counted=_(
            "The length of all published recordings and the reading time of all lessons, "
            "as they stand now."
        ),
    ),
    "asked": Told(
        name=_("Questions to colleagues"),
        counted=_("Questions asked in the community, those that editors took down included."),
        week=_("Asked"),
    ),
    "answered": Told(
        name=_("Questions answered"),
        counted=_("Questions of the community with at least one answer, in the week of the first."),
        week=_("Answered for the first time"),
    ),
    "races": Told(
        name=_("Races held"),
        counted=_(
            "Races with an official protocol and at least one finisher, in the week of the first "
            "finish. Practice and exhibition races are not counted."
        ),
        week=_("Races"),
    ),
    "finishers": Told(
        name=_("Finishes"),
        counted=_("Members who finished an official race: once a race, however often they race."),
        week=_("Finishes"),
    ),
}
