"""The start list: made when registration closes, undone when it opens again."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from events.competition import StartListed
from psot.ledger import append
from psot.members.queries import public_names
from psot.races import earlier as earlier_races
from psot.races import letters, proof, seeding
from psot.races.errors import NotReady
from psot.races.models import Entry, Race, RaceQuestion, Start
from psot.races.queries import classes, start_list
from psot.races.rows import active
from psot.races.signals import list_undone
from scoring.biathlon import Format, Qualified, StartKind, load_format

LEG_CLASSES: Final[Mapping[str, str]] = {"leg-a": "A", "leg-b": "B"}
"""Codes of the classes by which an organizer chooses who races which legs of a mixed relay."""


def make(
    session: Session, race: Race, now: datetime, earlier: Sequence[Qualified] | None = None
) -> None:
    """Give every registered racer a bib and a start, and tell the fact.

    ``earlier`` replaces the results of the race that this one follows, with its bibs. Whoever
    finds no place gets a letter. Raises NotReady where nobody would start.
    """
    numbers, drawn = lots(session, race, earlier, secret=race.secret)
    if not drawn.seats:
        raise NotReady(nobody(race), fields={"entries": [str(nobody(race))]})
    for seat in drawn.seats:
        numbers[seat.number].bib, numbers[seat.number].team = seat.bib, seat.team
    session.flush()
    session.execute(insert(Start), [{"race": race.id, **asdict(one)} for one in drawn.lines])
    _tell(session, race, drawn, now)
    letters.left_out(session, race, [numbers[one].member for one in drawn.left])


def lots(
    session: Session,
    race: Race,
    earlier: Sequence[Qualified] | None = None,
    *,
    secret: bytes | None = None,
) -> tuple[dict[int, Entry], seeding.StartList]:
    """Draw a start list of those registered now and write nothing.

    Without the race's ``secret`` it is an example by lots of the moment: nobody, not even an
    organizer, knows the draw before registration is closed. Returns the registrations by public
    number, and the list. Raises NotReady as `make` does for a race that this one follows.
    """
    entries = {one.member: one for one in active(session, race.id)}
    names = public_names(session, entries)
    numbers = {names[member].number: entry for member, entry in entries.items() if member in names}
    rules = load_format(race.format, dict(race.options))
    legs = _leg_classes(session, race, rules)
    field = [
        seeding.Candidacy(number=number, region=one.region, racer_class=legs(one), come=come)
        for come, (number, one) in enumerate(numbers.items())
    ]
    places, format_ = _earlier(session, race, earlier)
    drawn = seeding.draw(
        rules,
        field,
        secret or secrets.token_bytes(len(race.secret)),
        earlier=places,
        earlier_format=format_,
    )
    return numbers, drawn


def undo(session: Session, race: Race) -> None:
    """Take the start list and the frozen questions back: registration is open again."""
    session.execute(delete(Start).where(Start.race == race.id))
    session.execute(delete(RaceQuestion).where(RaceQuestion.race == race.id))
    session.execute(
        update(Entry).where(Entry.race == race.id).values(bib=None, team=None),
        execution_options={"synchronize_session": "fetch"},
    )
    race.secret_sha256 = race.questions_sha256 = race.rules_sha256 = ""
    session.flush()
    list_undone.send(session, race=race.id)


def document(drawn: seeding.StartList) -> list[dict[str, object]]:
    """Return a start list as plain data: what its SHA-256 is of. Members appear by their number."""
    who = {one.bib: one.number for one in drawn.seats}
    return [
        {
            "bib": one.bib,
            "leg": one.leg,
            "team": one.team,
            "start_ms": one.start_ms,
            "number": who[one.bib],
        }
        for one in sorted(drawn.lines, key=lambda each: (each.leg, each.bib))
    ]


def _tell(session: Session, race: Race, drawn: seeding.StartList, now: datetime) -> None:
    fact = StartListed(race=race.id, racers=len(drawn.seats), sha256=proof.sha256(document(drawn)))
    append(session, fact, key=f"{race.id}:{race.version}", occurred_at=now)


def _leg_classes(session: Session, race: Race, rules: Format) -> Callable[[Entry], str | None]:
    """Return which legs of a relay an entry may race.

    In a mixed relay newcomers race the legs A and experienced racers the legs B, unless the race
    has classes of its own for them (`LEG_CLASSES`); with one of the two the others race the rest.
    """
    if not any(leg.racer_class for leg in rules.legs):
        return lambda _entry: "A"
    own = {one.code: one for one in classes(session, race.id) if one.code in LEG_CLASSES}
    if not own:
        return lambda entry: "A" if entry.experience == "newcomer" else "B"
    rest = {leg for code, leg in LEG_CLASSES.items() if code not in own}

    def leg_of(entry: Entry) -> str | None:
        held = (leg for code, leg in LEG_CLASSES.items() if code in own and own[code].holds(entry))
        return next(held, next(iter(rest), None))

    return leg_of


def _earlier(
    session: Session, race: Race, given: Sequence[Qualified] | None
) -> tuple[list[Qualified], str]:
    """Return the places in the earlier race, by member number, and its format."""
    if race.from_race is None:
        return [], ""
    results = given if given is not None else earlier_races.results(session, race.from_race)
    if results is None:
        if load_format(race.format, dict(race.options)).start.kind is not StartKind.PURSUIT:
            return [], ""
        message = _("The race before this one has no results yet.")
        raise NotReady(message, fields={"from_race": [str(message)]})
    who = {one.bib: one.number for one in start_list(session, race.from_race)}
    places = [
        Qualified(bib=who[one.bib], rank=one.rank, behind_ms=one.behind_ms)
        for one in results
        if one.bib in who
    ]
    return places, session.get_one(Race, race.from_race).format


def nobody(race: Race) -> object:
    """Return why nobody would start, as a sentence."""
    rules = load_format(race.format, dict(race.options))
    if rules.relay:
        return _("No region has enough racers for a team.")
    if rules.start.kind is StartKind.PURSUIT:
        return _("Nobody who is registered has a place in the race before this one.")
    return _("Nobody is registered.")
