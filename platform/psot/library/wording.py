"""What the checks of content say, in the reader's language; unknown sentences stay as they are."""

import re
from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from content.quiz import Problem

Say = Callable[..., str]

MISSING = re.compile(r"'(\w+)' is a required property")


def _fill_in() -> str:
    return str(_("Fill this in."))


SENTENCES: tuple[tuple[str, Say], ...] = (
    (r"must not be empty", lambda: _("Fill this in.")),
    (MISSING.pattern, lambda _name: _fill_in()),
    (
        r"Additional properties are not allowed \((.+) (?:was|were) unexpected\)",
        lambda names: _("There is no field %(name)s here.", name=names.replace("'", "")),
    ),
    (r"is missing.*", lambda: _("Fill this in: it is needed before readers get it.")),
    (
        r"is longer than (\d[\d,]*) characters",
        lambda most: ngettext(
            "At most %(num)d character fits here.",
            "At most %(num)d characters fit here.",
            int(most.replace(",", "")),
        ),
    ),
    (
        r"needs at least (\d+)",
        lambda count: ngettext("Give at least %(num)d.", "Give at least %(num)d.", int(count)),
    ),
    (
        r"takes at most (\d+)",
        lambda count: ngettext("Give at most %(num)d.", "Give at most %(num)d.", int(count)),
    ),
    (r"must not repeat an entry", lambda: _("One entry is there twice.")),
    (r"must be at least (\S+)", lambda least: _("Not less than %(least)s.", least=least)),
    (r"must be at most (\S+)", lambda most: _("Not more than %(most)s.", most=most)),
    (r"must be one of (.+)", lambda names: _("Choose one of: %(names)s.", names=names)),
    (r"must be a whole number", lambda: _("A whole number, please.")),
    (r"must be (?:a number|numbers)", lambda: _("A number, please.")),
    (r"must be a day such as.*", lambda: _("A day, please, such as 2026-11-22.")),
    (
        r"must be the address of a page.*",
        lambda: _("The address of a page, beginning with http:// or https://."),
    ),
    (
        r"must be (?:a topic and a number).*",
        lambda: _("A topic and a number, such as ppe-01 or ppe-n01."),
    ),
    (
        r"must be small Latin letters.*",
        lambda: _("Small Latin letters and digits only, without spaces."),
    ),
    (r"there is no act (.+)", lambda name: _("The library has no act %(name)s.", name=name)),
    (r"there is no norm (.+)", lambda name: _("The library has no norm %(name)s.", name=name)),
    (r"there is no topic (.+)", lambda name: _("The library has no topic %(name)s.", name=name)),
    (
        r"there is no question (.+)",
        lambda name: _("The library has no question %(name)s.", name=name),
    ),
    (r"there is no quiz (.+)", lambda name: _("The library has no quiz %(name)s.", name=name)),
    (
        r"there is no picture (.+)",
        lambda name: _("The library has no picture %(name)s.", name=name),
    ),
    (r"needs either questions or a draw", lambda: _("Name questions, or draw them, not both.")),
    (r"names an option that does not exist", lambda: _("This option does not exist.")),
    (r"explains an option that does not exist", lambda: _("An empty option has an explanation.")),
    (r"at least one option must be wrong", lambda: _("At least one option has to be wrong.")),
    (r"two (?:options|entries|items) have the same text", lambda: _("Two texts are the same.")),
    (
        r"a question with a single answer needs exactly one",
        lambda: _("Mark exactly one option as right."),
    ),
    (
        r"a question with several answers needs at least two",
        lambda: _("Mark at least two options as right."),
    ),
    (
        r"must give each entry on the left its answer",
        lambda: _("Each entry on the left needs its answer."),
    ),
    (r"must name every item once", lambda: _("The order names every item once.")),
    (r"need a unit to convert to", lambda: _("Name the unit of the answer first.")),
    (
        r"the unit of the answer is once itself",
        lambda: _("The unit of the answer has the factor 1."),
    ),
    (
        r"at least one text must earn everything",
        lambda: _("At least one answer has to earn everything."),
    ),
    (r"the same text is given twice", lambda: _("Two texts are the same.")),
    (
        r"must have every gap once, written.*",
        lambda: _("The text has to have every gap once, written {{1}}."),
    ),
    (
        r"says it was verified but names no page",
        lambda: _("Two publishers confirm it: name at least one page."),
    ),
    (
        r"its own right answer would not earn everything",
        lambda: _("Its own right answer would not earn everything: look at the key."),
    ),
    (r"line (\d+): (.+)", lambda line, what: _("Line %(line)s: %(what)s", line=line, what=what)),
    (r"is not readable YAML", lambda: _("This is not readable YAML.")),
    (
        r"must be named in small Latin letters.*",
        lambda: _("Name it in small Latin letters, digits and hyphens, ending in .svg or .png."),
    ),
    (
        r"is larger than (\d[\d,]*) bytes",
        lambda most: _(
            "It is too large: at most %(size)s KB.", size=int(most.replace(",", "")) // 1000
        ),
    ),
    (r"is no PNG", lambda: _("This is no PNG.")),
    (
        r"must be at most (\d+) pixels wide and high",
        lambda side: _("At most %(side)s pixels wide and high, please.", side=side),
    ),
    (r"is no (?:readable )?SVG.*", lambda: _("This is no readable SVG.")),
    (r"needs a viewBox.*", lambda: _("The drawing needs a viewBox, so that it fits every screen.")),
    (
        r"must (?:have no|not have|not refer).*",
        lambda: _(
            "The drawing may hold only shapes and text: no scripts, links, styles of others, "
            "entities or instructions."
        ),
    ),
    (r"does not belong here", lambda: _("This field does not belong to a question of this kind.")),
)


def told(problem: Problem) -> str:
    """Return what is wrong as a sentence in the reader's language."""
    for pattern, say in SENTENCES:
        if found := re.fullmatch(pattern, problem.message):
            return str(say(*found.groups()))
    return problem.message[:1].upper() + problem.message[1:]
