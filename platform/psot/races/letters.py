"""Letters to racers, each in its reader's language and time zone, through the outbox.

They are written by the scheduler as well as on a page, so no request is asked for the language.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.support import NullTranslations, Translations
from sqlalchemy.orm import Session

from psot.members import mail
from psot.members.queries import Contact, contacts
from psot.races.models import Race
from psot.races.rows import active
from psot.races.surroundings import around
from scoring.biathlon import StartKind, load_format

TRANSLATIONS: Final = Path(__file__).parent / "translations"


def remind(session: Session, race: Race) -> int:
    """Write to everybody registered that the race starts soon; returns how many letters."""
    if race.starts_at is None:
        return 0
    readers = contacts(session, [one.member for one in active(session, race.id)])
    for one in readers.values():
        words = _words(one.language)
        text = words.gettext(
            "%(title)s starts on %(moment)s.\n\n"
            "Come a few minutes earlier: while the race is being zeroed you can test your"
            " connection and the practice range.\n\n%(link)s\n"
        ) % {
            "title": race.title,
            "moment": local(race.starts_at, one),
            "link": _link(session, race),
        }
        _write(session, one, words.gettext("Soon: %(title)s") % {"title": race.title}, text)
    return len(readers)


def left_out(session: Session, race: Race, members: Iterable[UUID]) -> None:
    """Tell those for whom the start list had no place, and why."""
    rules = load_format(race.format, dict(race.options))
    for one in contacts(session, members).values():
        words = _words(one.language)
        if rules.relay:
            why = words.gettext("Not enough racers of your region were left for a full team.")
        elif rules.start.kind is StartKind.PURSUIT:
            why = words.gettext("A pursuit takes the best of the race before it.")
        else:
            why = words.gettext("There were more registrations than places.")
        text = words.gettext(
            "The start list of %(title)s is made, and there was no place for you.\n\n"
            "%(why)s\n\nWe hope to see you at the next race.\n\n%(link)s\n"
        ) % {"title": race.title, "why": why, "link": _link(session, race)}
        subject = words.gettext("No place at the start: %(title)s") % {"title": race.title}
        _write(session, one, subject, text)


def local(moment: datetime, reader: Contact) -> str:
    """Return a moment as ``reader`` reads it: language and zone are their own."""
    return format_datetime(
        moment, "d MMMM y, HH:mm z", tzinfo=ZoneInfo(reader.timezone), locale=reader.language
    )


def _write(session: Session, reader: Contact, subject: str, text: str) -> None:
    mail.write(
        session, recipient=reader.email, subject=subject, body=text, redis=around(session).redis
    )


def _link(session: Session, race: Race) -> str:
    return f"{around(session).base_url.rstrip('/')}/races/{race.id}"


@cache
def _words(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [language])
