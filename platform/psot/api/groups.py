"""The chapters of the API, in the order of the readable page."""

from dataclasses import dataclass

from psot.api.words import N_


@dataclass(frozen=True, kw_only=True)
class Group:
    """A chapter: its ``name`` in the document, its title and what it is about."""

    name: str
    title: str
    about: str


GROUPS = (
    Group(name="me", title=N_("Me"), about=N_("The member who calls.")),
    Group(name="regions", title=N_("Regions"), about=N_("The 85 regions.")),
    Group(name="quizzes", title=N_("Quizzes"), about=N_("What is published, and how to begin.")),
    Group(
        name="attempts",
        title=N_("Attempts"),
        about=N_("One question at a time; what is right comes with the stored answer."),
    ),
    Group(
        name="races",
        title=N_("Races"),
        about=N_("The biathlon: race days, racing, what came of it."),
    ),
    Group(name="ratings", title=N_("Ratings"), about=N_("Members and regions, season by season.")),
    Group(
        name="workplace",
        title=N_("Virtual enterprise"),
        about=N_("Runs of practical scenarios, for other learning systems."),
    ),
    Group(name="ledger", title=N_("Ledger"), about=N_("For operators.")),
)
