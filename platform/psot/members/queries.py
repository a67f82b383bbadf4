"""What other rooms may ask about members."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, current_app, g, has_request_context
from flask import session as web_session
from flask_login import current_user
from sqlalchemy import ColumnElement, Uuid, bindparam, func, select
from sqlalchemy.orm import Session

from psot.config import Settings
from psot.members.living import Owner
from psot.members.models import Member, MemberRole
from psot.members.viewer import PublicName as PublicName  # noqa: PLC0414 - other rooms have it from here
from psot.members.viewer import Viewer
from psot.policies import SECOND_FACTOR

Identifier = Callable[[], Viewer | None]

_INTRODUCED = select(
    Member.id,
    Member.name_public,
    Member.display_name,
    Member.number,
    Member.region,
    select(MemberRole.name)
    .where(MemberRole.member_id == Member.id, MemberRole.name == bindparam("role"))
    .exists()
    .label("holds"),
).where(Member.id.in_(bindparam("ids", expanding=True)))

_VIEWER = "psot_viewer"
_IDENTIFIERS = "psot.members.identifiers"


def current_member() -> Viewer | None:
    """Return who makes this request, or None for a visitor; asked once per request."""
    if _VIEWER not in g:
        g.psot_viewer = next((found for one in identifiers() if (found := one())), None)
    return cast("Viewer | None", g.psot_viewer)


def take_for(viewer: Viewer) -> None:
    """Take this request for one of ``viewer``, who is no member: for what many members share."""
    g.psot_viewer = viewer


def _own_id() -> uuid.UUID | None:
    viewer = current_member()
    return viewer.id if viewer else None


WHOEVER_ASKS = bindparam("whoever_asks", type_=Uuid(), callable_=_own_id)
"""In a statement: the id of the member who makes this request, NULL for a visitor."""


def identifiers() -> tuple[Identifier, ...]:
    """Return the ways to recognise a member, in their order."""
    return (*current_app.extensions.get(_IDENTIFIERS, ()), by_session)


def recognise_first(app: Flask, identifier: Identifier) -> None:
    """Let ``identifier`` be asked before the session of the browser: an access token, say."""
    app.extensions.setdefault(_IDENTIFIERS, []).append(identifier)


def by_session() -> Viewer | None:
    """Recognise the member by the session of the browser.

    The owner who came with the session is who Flask-Login would find, at a third of the cost.
    Where somebody has signed in or out within this request, or no owner came, it is asked.
    """
    if has_request_context() and "_login_user" not in g:
        owner: Owner | None = getattr(web_session, "owner_now", None)
        if owner is not None:
            return viewer_of(owner)
    member = current_user._get_current_object()  # noqa: SLF001 - the proxy's documented way out
    return viewer_of(member) if isinstance(member, Member) else None


def viewer(session: Session, member: uuid.UUID) -> Viewer | None:
    """Return the active member with this id as other rooms see them, or None."""
    found = session.get(Member, member)
    return viewer_of(found) if found is not None and found.active else None


def viewer_of(member: Member | Owner) -> Viewer:
    """Return what rooms may know of ``member``; needs the running app's settings."""
    settings = cast("Settings", current_app.extensions["psot.settings"])
    roles = frozenset(one.name for one in member.roles)
    asked = not settings.demo and not roles.isdisjoint(SECOND_FACTOR)
    return Viewer(
        id=member.id,
        roles=roles,
        region=member.region,
        language=member.language,
        timezone=member.timezone,
        display_name=member.display_name,
        named=public_name(member.name_public, member.display_name, member.number),
        official_region=next((one.region for one in member.roles if one.name == "official"), ""),
        needs_second_factor=asked and not member.tf_totp_secret,
    )


def public_names(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, PublicName]:
    """Return what others may read for each of ``ids``; an erased member is missing."""
    rows = session.execute(
        select(Member.id, Member.name_public, Member.display_name, Member.number).where(
            Member.id.in_(list(ids))
        )
    )
    return {row.id: public_name(row.name_public, row.display_name, row.number) for row in rows}


def public_name(public: bool, name: str, number: int) -> PublicName:  # noqa: FBT001 - the column's value
    """Return the public name of the member ``number``: the ``name`` only where it is ``public``."""
    return PublicName(name=name if public else "", number=number)


def regions_of(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the region code of each of ``ids``."""
    rows = session.execute(select(Member.id, Member.region).where(Member.id.in_(list(ids))))
    return {row.id: row.region for row in rows}


@dataclass(frozen=True, kw_only=True)
class Introduced:
    """What stands beside what a member wrote: ``holds`` says whether the role asked for is held."""

    name: PublicName
    region: str
    holds: bool


def introduced(
    session: Session, ids: Iterable[uuid.UUID], *, role: str
) -> dict[uuid.UUID, Introduced]:
    """Return name, region and whether ``role`` is held of each of ``ids``; erased are missing."""
    asked = list(ids)
    if not asked:
        return {}
    return {
        row.id: Introduced(
            name=public_name(row.name_public, row.display_name, row.number),
            region=row.region,
            holds=row.holds,
        )
        for row in session.execute(_INTRODUCED, {"ids": asked, "role": role})
    }


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How a letter reaches a member, and how its reader reads."""

    email: str
    language: str
    timezone: str


def contacts(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Contact]:
    """Return how letters reach each of ``ids``; a closed account gets none."""
    rows = session.execute(
        select(Member.id, Member.email, Member.language, Member.timezone).where(
            Member.id.in_(list(ids)), Member.active, Member.confirmed_at.is_not(None)
        )
    )
    return {
        row.id: Contact(email=row.email, language=row.language, timezone=row.timezone)
        for row in rows
    }


def newest(session: Session, *, role: str = "", at_most: int = 50) -> Sequence[Member]:
    """Return the newest members, only those with ``role`` where one is given."""
    wanted = select(Member).order_by(Member.created_at.desc()).limit(at_most)
    return session.scalars(wanted.where(Member.roles.any(name=role)) if role else wanted).all()


@dataclass(frozen=True, kw_only=True)
class Told:
    """Where a member who agreed to be counted works; "" for what they did not tell."""

    member: uuid.UUID
    municipality: str
    organization: str


# A place is proposed to others once so many members gave it: a rarer one may tell of somebody.
LEAST_TO_PROPOSE = 5


def in_region(session: Session, region: str) -> list[uuid.UUID]:
    """Return the members of a region now, closed accounts left out."""
    return list(session.scalars(select(Member.id).where(*_counting(region))))


def told_in_region(session: Session, region: str) -> list[Told]:
    """Return what members of a region told of where they work, if they agreed to be counted."""
    rows = session.execute(
        select(Member.id, Member.municipality, Member.organization).where(
            *_counting(region), Member.counted
        )
    )
    return [
        Told(member=row.id, municipality=row.municipality, organization=row.organization)
        for row in rows
    ]


def municipalities_known(session: Session, region: str) -> list[str]:
    """Return the municipalities that at least five members of a region gave, by name."""
    rows = session.execute(
        select(Member.municipality)
        .where(*_counting(region), Member.counted, Member.municipality != "")
        .group_by(Member.municipality)
        .having(func.count() >= LEAST_TO_PROPOSE)
        .order_by(Member.municipality)
    )
    return [row.municipality for row in rows]


def joined_in_region(session: Session, region: str, since: datetime) -> list[datetime]:
    """Return when members of a region joined since a moment, in no order."""
    moments = session.scalars(
        select(Member.confirmed_at).where(*_counting(region), Member.confirmed_at >= since)
    )
    return [one for one in moments if one is not None]


@dataclass(frozen=True, kw_only=True)
class Came:
    """Members who registered by an invitation, and those of them who proved their address."""

    registered: int
    confirmed: tuple[uuid.UUID, ...]


def came_by(session: Session, invitations: Iterable[uuid.UUID]) -> dict[uuid.UUID, Came]:
    """Return who came by each of ``invitations``; one by which nobody came is missing."""
    found: dict[uuid.UUID, list[tuple[uuid.UUID, bool]]] = {}
    rows = session.execute(
        select(Member.came_by, Member.id, Member.confirmed_at).where(
            Member.came_by.in_(list(invitations))
        )
    )
    for row in rows:
        found.setdefault(row.came_by, []).append((row.id, row.confirmed_at is not None))
    return {
        invitation: Came(
            registered=len(members),
            confirmed=tuple(member for member, confirmed in members if confirmed),
        )
        for invitation, members in found.items()
    }


def _counting(region: str) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a member counts, and for ``region``."""
    return (Member.region == region, Member.confirmed_at.is_not(None), Member.active.is_(True))


def members_count(session: Session) -> int:
    """Return how many members there are: those whose address is proven."""
    counted = session.scalar(
        select(func.count()).select_from(Member).where(Member.confirmed_at.is_not(None))
    )
    return counted or 0
