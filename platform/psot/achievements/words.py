"""What the achievements are called, how each is earned, and why it is there: one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class Told:
    """An achievement in words; ``path`` is where one can begin, ``icon`` stands in its badge."""

    name: Any
    earned_by: Any
    because: Any
    icon: str
    path: str
    begin: Any


WORDS: Mapping[str, Told] = {
    "clean_shooting": Told(
        name=_("Clean shooting"),
        earned_by=_("All five targets of a bout, with five shots, in an official race finished."),
        because=_("Knowledge that holds under pressure."),
        icon="target",
        path="/races",
        begin=_("See the races"),
    ),
    "steady_weeks": Told(
        name=_("Ten full weeks"),
        earned_by=_(
            "Ten weeks of a season with 90 minutes each: recordings watched, questions met for the "
            "first time (3 minutes each), scenarios and races by their norms. A week counts when "
            "it is over."
        ),
        because=_("Steady work keeps knowledge alive, a sprint does not."),
        icon="calendar",
        path="/me/today",
        begin=_("Open today's set"),
    ),
    "helped": Told(
        name=_("Helped ten colleagues"),
        earned_by=_("Ten answers in the community, accepted by ten different people."),
        because=_("What one knows, ten can use."),
        icon="users-round",
        path="/questions",
        begin=_("See what colleagues ask"),
    ),
    "topic_mastered": Told(
        name=_("Topic mastered"),
        earned_by=_(
            "A check of a topic with at least eight questions and 80 %. Once for each topic."
        ),
        because=_("Known without looking it up, within the time."),
        icon="badge-check",
        path="/quizzes",
        begin=_("Choose a check"),
    ),
    "safe_practice": Told(
        name=_("Nobody would have been hurt"),
        earned_by=_(
            "A scenario of the virtual enterprise in check mode, to its end without a critical "
            "error."
        ),
        because=_("The right act in time is what it is all for."),
        icon="hard-hat",
        path="/workplace",
        begin=_("Choose a scenario"),
    ),
    "own_question": Told(
        name=_("A question of one's own"),
        earned_by=_("A question that you wrote, let pass by another editor and published."),
        because=_("It teaches all the others."),
        icon="pencil",
        path="",
        begin="",
    ),
    "five_races": Told(
        name=_("Five races finished"),
        earned_by=_("Five official races to the finish, whatever the place."),
        because=_("Going on is worth more than one good day."),
        icon="flag",
        path="/races",
        begin=_("See the races"),
    ),
}
