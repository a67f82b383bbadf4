"""Races: what there is, one race, registering for it, its start list."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy.orm import Session

from psot.api import scopes
from psot.api.contract import operation
from psot.api.identity import caller, optional_caller
from psot.api.paging import page
from psot.api.schemas.races import (
    RacesPage,
    RacesQuery,
    RegistrationBody,
    RegistrationSchema,
    StartListPage,
    StartListQuery,
    WholeRaceSchema,
    WithdrawnSchema,
)
from psot.api.words import N_
from psot.clock import now
from psot.database import transaction
from psot.races import listing, operations, queries
from psot.races.listing import OwnEntry, StartRow, Wanted
from psot.races.stages import SHOWN, Stage
from psot.races.values import RaceView


@operation(
    "/races",
    group="races",
    summary=N_("Races"),
    about=N_("The newest first. With a token also those for members only, and what is mine."),
    answer=RacesPage,
    query=RacesQuery,
)
def races(query: dict[str, Any]) -> dict[str, Any]:
    """Return one page of races that the caller may see."""
    member = optional_caller()
    limit, cursor = query["limit"], query.get("cursor")
    wanted = Wanted(
        format=query.get("format", ""),
        season=query.get("season", ""),
        members=member is not None,
    )
    stages = {Stage(query["stage"])} if "stage" in query else SHOWN
    with transaction() as session:
        found = listing.newest(
            session,
            wanted,
            stages,
            before=UUID(hex=cursor) if cursor else None,
            limit=limit + 1,
        )
        whole = page(found, limit, lambda one: one.id.hex)
        counts = listing.entered(session, [one.id for one in whole.items])
        own = _own(session, [one.id for one in whole.items], member.id if member else None)
    items = [_told(one, counts[one.id], own.get(one.id)) for one in whole.items]
    return {"items": items, "next": whole.next}


@operation(
    "/races/<uuid:race_id>",
    group="races",
    summary=N_("One race"),
    about=N_("Its rules, its schedule, its classes, and the sums it published before the start."),
    answer=WholeRaceSchema,
    errors=(404,),
)
def race(race_id: UUID) -> dict[str, Any]:
    """Return one race."""
    member = optional_caller()
    with transaction() as session:
        found = _seen(session, race_id)
        entry = listing.own_entry(session, race_id, member.id) if member else None
        entered = listing.entered(session, [race_id])[race_id]
        classes = queries.classes(session, race_id)
    return _told(found, entered, entry) | {
        "options": dict(found.options),
        "classes": classes,
        "secret_sha256": found.secret_sha256,
        "questions_sha256": found.questions_sha256,
        "rules_sha256": found.rules_sha256,
    }


@operation(
    "/races/<uuid:race_id>/registration",
    group="races",
    method="POST",
    status=201,
    summary=N_("Register for a race"),
    about=N_("While registration is open. Again while registered only changes the answers."),
    answer=RegistrationSchema,
    body=RegistrationBody,
    scope=scopes.ANSWER,
    errors=(404, 409),
)
def register_for_race(body: dict[str, Any], race_id: UUID) -> OwnEntry | None:
    """Enter the caller for a race."""
    member, moment = caller(), now()
    with transaction() as session:
        _seen(session, race_id)
        operations.register(
            session,
            race_id,
            member.id,
            experience=body["experience"],
            employer=body["employer"],
            now=moment,
        )
        return listing.own_entry(session, race_id, member.id)


@operation(
    "/races/<uuid:race_id>/withdrawal",
    group="races",
    method="POST",
    summary=N_("Take my registration back"),
    about=N_("While registration is open; twice changes nothing."),
    answer=WithdrawnSchema,
    scope=scopes.ANSWER,
    errors=(404, 409),
)
def withdraw_from_race(race_id: UUID) -> dict[str, Any]:
    """Take the caller's registration back."""
    member, moment = caller(), now()
    with transaction() as session:
        _seen(session, race_id)
        operations.withdraw(session, race_id, member.id, now=moment)
    return {"race": race_id, "registration": None}


@operation(
    "/races/<uuid:race_id>/start-list",
    group="races",
    summary=N_("The start list of a race"),
    about=N_("By bib; empty until it is made. Names by consent, else the member's number."),
    answer=StartListPage,
    query=StartListQuery,
    errors=(404,),
)
def race_start_list(query: dict[str, Any], race_id: UUID) -> dict[str, Any]:
    """Return one page of a start list."""
    limit, first = query["limit"], int(query.get("cursor", "0"))
    with transaction() as session:
        _seen(session, race_id)
        rows, total = listing.starters(session, race_id, after=first, limit=limit + 1)
    whole = page(rows, limit, lambda one: str(one.racer.bib))
    return {"items": [_starter(one) for one in whole.items], "next": whole.next, "total": total}


def _seen(session: Session, race_id: UUID) -> RaceView:
    """Return the race where the caller may see it; raises UnknownRace."""
    member = optional_caller()
    return queries.visible_race(
        session,
        race_id,
        member=member.id if member else None,
        roles=member.roles if member else frozenset(),
    )


def _own(session: Session, races: list[UUID], member: UUID | None) -> Mapping[UUID, OwnEntry]:
    if member is None:
        return {}
    found = {one: listing.own_entry(session, one, member) for one in races}
    return {one: entry for one, entry in found.items() if entry is not None}


def _told(one: RaceView, entered: int, entry: OwnEntry | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "description": one.description,
        "format": one.format,
        "stage": one.stage,
        "public": one.public,
        "season": one.season,
        "timezone": one.zone,
        "registers_at": one.registers_at,
        "zeroes_at": one.zeroes_at,
        "starts_at": one.starts_at,
        "closes_at": one.closes_at,
        "zero_at": one.zero_at,
        "entered": entered,
        "registration": entry,
    }


def _starter(one: StartRow) -> dict[str, Any]:
    racer = one.racer
    return {
        "bib": racer.bib,
        "name": racer.name or gettext("Member %(number)s", number=racer.number),
        "region": racer.region,
        "team": racer.team,
        "starts": one.lines,
    }
