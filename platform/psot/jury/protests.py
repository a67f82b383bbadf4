"""Protests: a racer lodges one within the window, the jury answers, the racer is told by mail."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from babel.support import NullTranslations, Translations
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.competition import ProtestAnswered, ProtestLodged
from psot.course import queries as course
from psot.database import new_id
from psot.jury.errors import Decided, NotARacer, ProtestInvalid, UnknownProtest, WindowClosed
from psot.jury.models import Protest
from psot.jury.rows import locked
from psot.ledger import append
from psot.members import mail
from psot.members.queries import contacts
from psot.observability.logs import security_log
from psot.races import queries as races
from psot.races.stages import Stage
from psot.races.surroundings import around
from psot.races.values import RaceView

TRANSLATIONS: Final = Path(__file__).parent / "translations"

SHORTEST_TEXT = 10
LONGEST_TEXT = 2000
MOST_OPEN = 3


def window_open(view: RaceView, now: datetime) -> bool:
    """Tell whether protests are taken at ``now``."""
    until = view.protests_until
    return view.stage is Stage.PROVISIONAL and until is not None and now < until


def lodge(
    session: Session, race: UUID, member: UUID, *, text: str, task: int | None, now: datetime
) -> UUID:
    """Lodge a protest of a racer, about one of the own tasks or about the race.

    Raises UnknownRace, NotARacer, WindowClosed, ProtestInvalid.
    """
    view = locked(session, race)
    bib = races.bib_of(session, race, member)
    if bib is None:
        raise NotARacer(_("Only racers of this race may protest."), subject=view.title)
    if not window_open(view, now):
        raise WindowClosed(
            _("Protests are taken from the provisional protocol until the window closes."),
            subject=view.title,
        )
    text = text.strip()
    asked = {one.number: one.question for one in course.tasks(session, race, bib)}
    _require_fit(session, view, bib, text, task is None or task in asked)
    row = Protest(
        id=new_id(),
        race=race,
        bib=bib,
        member=member,
        question=None if task is None else asked[task],
        text=text,
        lodged_at=now,
    )
    session.add(row)
    fact = ProtestLodged(race=race, protest=row.id, bib=bib)
    append(session, fact, key=str(row.id), occurred_at=now)
    session.flush()
    return row.id


def answer(
    session: Session, protest: UUID, *, upheld: bool, text: str, by: UUID, now: datetime
) -> None:
    """Answer a protest, upheld or not, and write to the racer.

    Raises UnknownProtest, Decided where it has an answer, ProtestInvalid.
    """
    row = session.get(Protest, protest, with_for_update=True)
    if row is None:
        raise UnknownProtest(_("There is no such protest."), subject=str(protest))
    if row.answered_at is not None:
        raise Decided(_("This protest has its answer."), subject=str(protest))
    text = text.strip()
    if not text or len(text) > LONGEST_TEXT:
        message = _("Give the racer an answer of at most 2,000 characters.")
        raise ProtestInvalid(message, subject=str(protest), fields={"answer": [str(message)]})
    row.upheld, row.answer, row.answered_at, row.answered_by = upheld, text, now, by
    fact = ProtestAnswered(race=row.race, protest=row.id, by=by, upheld=upheld)
    append(session, fact, key=str(row.id), occurred_at=now)
    _write(session, row)
    session.flush()
    security_log().info("protest_answered", member=str(by), race=str(row.race), upheld=upheld)


def _require_fit(
    session: Session,
    view: RaceView,
    bib: int,
    text: str,
    task_known: bool,  # noqa: FBT001 - a plain fact
) -> None:
    wrong: dict[str, list[str]] = {}
    if not SHORTEST_TEXT <= len(text) <= LONGEST_TEXT:
        wrong["text"] = [str(_("Say what is wrong, in 10 to 2,000 characters."))]
    if not task_known:
        wrong["task"] = [str(_("Choose one of your own tasks."))]
    waiting = session.scalar(
        select(func.count()).where(
            Protest.race == view.id, Protest.bib == bib, Protest.answered_at.is_(None)
        )
    )
    if (waiting or 0) >= MOST_OPEN:
        wrong["text"] = [str(_("Three of your protests wait for an answer already."))]
    if wrong:
        raise ProtestInvalid(
            _("This protest cannot be lodged so."), subject=view.title, fields=wrong
        )


def _write(session: Session, row: Protest) -> None:
    """Write the answer to the racer in the racer's language; a closed account gets no letter."""
    view = races.race(session, row.race)
    reader = contacts(session, [row.member]).get(row.member)
    if reader is None:
        return
    words = _words(reader.language)
    upheld, refused = words.gettext("It was upheld."), words.gettext("It was not upheld.")
    body = words.gettext(
        "The jury has answered your protest in the race “%(race)s”. %(verdict)s\n\n"
        "%(answer)s\n\n%(link)s\n"
    ) % {
        "race": view.title,
        "verdict": upheld if row.upheld else refused,
        "answer": row.answer,
        "link": f"{around(session).base_url.rstrip('/')}/races/{view.id}/protests",
    }
    subject = words.gettext("Your protest: %(race)s") % {"race": view.title}
    mail.write(
        session,
        recipient=reader.email,
        subject=subject,
        body=body,
        redis=around(session).redis,
    )


@cache
def _words(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [language])
