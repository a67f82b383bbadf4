"""Words for what the figures of the officials' room are called, in the reader's language."""

from flask_babel import get_locale, gettext, lazy_gettext
from sqlalchemy.orm import Session

from psot.library import queries as library
from psot.officials.cells import Cell, Withheld
from psot.shell.formats import number

KINDS = {
    "answers": (lazy_gettext("Quizzes and questions"), lazy_gettext("first answers")),
    "recordings": (lazy_gettext("Recordings"), lazy_gettext("credited minutes")),
    "races": (lazy_gettext("Biathlon"), lazy_gettext("different races")),
    "practice": (lazy_gettext("Virtual enterprise"), lazy_gettext("finished scenarios")),
}
LEAGUES = {
    "small": lazy_gettext("regions below 60 members"),
    "medium": lazy_gettext("regions of 60 to 200 members"),
    "large": lazy_gettext("regions above 200 members"),
}


def cell(value: Cell) -> str:
    """Write a count, or why it is not shown."""
    if value is Withheld.FEW:
        return str(gettext("fewer than 5"))
    if value is Withheld.HIDDEN:
        return str(gettext("not shown"))
    return number(value)


def topic_titles(session: Session) -> dict[str, str]:
    """Return the names of the library's topics in the reader's language."""
    known = library.topics(session)
    return {slug: one.name.in_language(language()) for slug, one in known.items()}


def language() -> str:
    """Return "ru" or "en", whichever the reader sees."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "ru"
