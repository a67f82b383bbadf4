"""What the check of a scenario says, in the author's language; the rest as the library says it."""

import re
from collections.abc import Callable

from flask_babel import gettext as _

from content.quiz import Problem
from psot.library.wording import told

Say = Callable[..., str]

SENTENCES: tuple[tuple[str, Say], ...] = (
    (r"there is no object (.+)", lambda name: _("There is no object %(name)s here.", name=name)),
    (r"there is no step (.+)", lambda name: _("There is no step %(name)s here.", name=name)),
    (r"there is no option (.+)", lambda name: _("There is no option %(name)s here.", name=name)),
    (r"(\S+) is used twice", lambda name: _("The id %(name)s is used twice.", name=name)),
    (
        r"is never there: no hazard brings it",
        lambda: _("It is absent, and no hazard brings it."),
    ),
    (r"(.+) is no person", lambda name: _("%(name)s is no person.", name=name)),
    (
        r"(.+) is not there at every seed",
        lambda name: _("%(name)s is not there in every run.", name=name),
    ),
    (r"the kit has no (.+) to wear", lambda name: _("Nobody can wear %(name)s.", name=name)),
    (r"the kit has no (.+)", lambda name: _("The kit has no %(name)s.", name=name)),
    (r"only a person wears something", lambda: _("Only a person wears something.")),
    (
        r"a (.+) has no such state",
        lambda name: _("An object of the kind %(name)s has no such state.", name=name),
    ),
    (
        r"has nothing to do: no hazards and no tasks",
        lambda: _("There is nothing to do: no hazards and no tasks."),
    ),
    (r"is outside the site", lambda: _("It lies outside the site.")),
    (
        r"(.+) has another hazard at every seed",
        lambda name: _("%(name)s has another hazard in every run.", name=name),
    ),
    (
        r"draws (\d+), and there are (\d+)",
        lambda wanted, there: _(
            "%(wanted)s are drawn, and there are %(there)s.", wanted=wanted, there=there
        ),
    ),
    (
        r"(.+) comes later in a strict order",
        lambda name: _("%(name)s comes later in a strict order.", name=name),
    ),
    (
        r"wait for each other: (.+)",
        lambda names: _("These steps wait for each other: %(names)s.", names=names),
    ),
    (r"(.+) is not offered", lambda names: _("Not among what is offered: %(names)s.", names=names)),
    (
        r"(.+) is needed too",
        lambda names: _("Both needed and forbidden: %(names)s.", names=names),
    ),
    (
        r"(.+) is neither needed nor forbidden",
        lambda names: _("Neither needed nor forbidden: %(names)s.", names=names),
    ),
    (r"neither needs nor forbids anything", lambda: _("Nothing is needed or forbidden.")),
    (r"is what it should be", lambda: _("This is no flaw: it is what it should be.")),
    (r"none has the score 100", lambda: _("No option has the score 100.")),
    (r"is the best and ends the run", lambda: _("The best option must not end the run.")),
    (
        r"there is no ((?:step|procedure|decision|ppe|measured|marked):.+)",
        lambda name: _("This condition can never hold: %(name)s.", name=name),
    ),
    (r"never opens: it waits for itself", lambda: _("It never opens: it waits for itself.")),
    (r"must be a set of fields", lambda: _("Begin each line with the name of a field.")),
)


def fault(problem: Problem) -> str:
    """Return what is wrong as a sentence in the author's language."""
    for pattern, say in SENTENCES:
        if found := re.fullmatch(pattern, problem.message):
            return str(say(*found.groups()))
    return told(problem)
