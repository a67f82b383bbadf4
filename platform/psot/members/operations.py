"""Every write to a membership. Operations take the caller's session and never commit."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import available_timezones

from flask.json.tag import TaggedJSONSerializer
from flask_babel import lazy_gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import regions
from events.member import MemberMoved, MemberRegistered
from psot import clock, ledger
from psot.members import consents, session_store
from psot.members.errors import EmailTaken, NoSuchMember, UnfitDetails
from psot.members.models import Member, MemberRole
from psot.policies import ROLES

LANGUAGES = ("ru", "en")
LONGEST_NAME = 60
LONGEST_ORGANIZATION = 120
LONGEST_MUNICIPALITY = 120


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a member tells about themselves. ``timezone`` "" means that of the region."""

    display_name: str
    region: str
    organization: str = ""
    municipality: str = ""
    language: str = "ru"
    timezone: str = ""

    def checked(self) -> "Details":
        """Return them tidied; raises UnfitDetails naming the fields that do not fit."""
        wrong: dict[str, list[str]] = {}
        name, organization, municipality = (
            " ".join(one.split())
            for one in (self.display_name, self.organization, self.municipality)
        )
        region = regions.by_code().get(self.region)
        if region is None:
            wrong["region"] = [str(lazy_gettext("Choose a region from the list."))]
        if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
            wrong["display_name"] = [str(lazy_gettext("A name has 1 to 60 characters."))]
        if len(organization) > LONGEST_ORGANIZATION or not organization.isprintable():
            wrong["organization"] = [str(lazy_gettext("At most 120 characters."))]
        if len(municipality) > LONGEST_MUNICIPALITY or not municipality.isprintable():
            wrong["municipality"] = [str(lazy_gettext("At most 120 characters."))]
        if self.language not in LANGUAGES:
            wrong["language"] = [str(lazy_gettext("Choose a language from the list."))]
        if self.timezone and self.timezone not in available_timezones():
            wrong["timezone"] = [str(lazy_gettext("Choose a time zone from the list."))]
        if wrong or region is None:
            raise UnfitDetails(lazy_gettext("Some details do not fit."), fields=wrong)
        return Details(
            display_name=name,
            region=self.region,
            organization=organization,
            municipality=municipality,
            language=self.language,
            timezone=self.timezone or region.timezone,
        )


def create(
    session: Session,
    details: Details,
    *,
    email: str,
    password_hash: str | None = None,
    member_id: uuid.UUID | None = None,
) -> Member:
    """Add a member whose address is not proven yet; raises EmailTaken or UnfitDetails."""
    fit = details.checked()
    reserve_email(session, email)
    if find_by_email(session, email) is not None:
        raise EmailTaken(lazy_gettext("There is an account with this address already."))
    member = Member(
        id=member_id or uuid.uuid4(),
        email=email.strip().lower(),
        password=password_hash,
        fs_uniquifier=uuid.uuid4().hex,
        active=True,
        display_name=fit.display_name,
        region=fit.region,
        organization=fit.organization,
        language=fit.language,
        timezone=fit.timezone,
    )
    session.add(member)
    session.flush()
    return member


def confirm(session: Session, member: Member) -> None:
    """Note that the address of ``member`` is proven: from now on they count."""
    if member.confirmed_at is None:
        member.confirmed_at = clock.now()
    session.flush()
    ledger.append(
        session,
        MemberRegistered(member=member.id, region=member.region),
        key=str(member.id),
        occurred_at=member.confirmed_at,
    )


def change_details(session: Session, member: Member, details: Details) -> None:
    """Give ``member`` other ``details``; a new region becomes a fact.

    Raises UnfitDetails, also for a municipality without the consent it is kept by.
    """
    fit = details.checked()
    if fit.municipality and not member.counted:
        sentence = lazy_gettext("Without the consent to be counted no municipality is kept.")
        raise UnfitDetails(sentence, fields={"municipality": [str(sentence)]})
    if fit.region != member.region:
        member.region = fit.region
        if member.confirmed_at is not None:
            now = clock.now()
            ledger.append(
                session,
                MemberMoved(member=member.id, region=fit.region),
                key=f"{member.id}:{now.isoformat()}",
                occurred_at=now,
            )
    member.display_name = fit.display_name
    member.organization = fit.organization
    member.municipality = fit.municipality
    member.language = fit.language
    member.timezone = fit.timezone
    session.flush()


def set_consents(session: Session, member: Member, given: frozenset[str], language: str) -> None:
    """Let the optional consents of ``member`` be exactly those in ``given``."""
    for purpose in consents.PURPOSES.values():
        if purpose.name in given:
            consents.give(session, member, purpose.name, language)
        elif not purpose.required:
            consents.withdraw(session, member, purpose.name)


def note_invitation(member: Member, came_by: uuid.UUID) -> None:
    """Note the invitation that a new ``member`` came by; what it is, its room knows."""
    member.came_by = came_by


def set_off_boards(session: Session, member: Member, *, off: bool) -> None:
    """Let ``member`` stand on no board of ratings from now on, or on boards again.

    It is a wish and no consent: nothing is done with data that was not done before.
    """
    member.off_boards = off
    session.flush()


def grant(session: Session, member: Member, role: str, *, region: str = "") -> None:
    """Give ``member`` a ``role``; an official's needs the code of a ``region``.

    Raises UnfitDetails for an unknown role, or a region where none belongs or one is missing.
    """
    if role not in ROLES:
        raise UnfitDetails(f"There is no role {role!r}; there are: {', '.join(ROLES)}.")
    if (role == "official") != bool(region) or (region and region not in regions.by_code()):
        raise UnfitDetails("An official needs the code of a region, such as RU-TYU; others none.")
    revoke(session, member, role)
    member.roles.append(MemberRole(member_id=member.id, name=role, region=region))
    session.flush()


def revoke(session: Session, member: Member, role: str) -> bool:
    """Take a ``role`` from ``member``; returns whether they held it."""
    held = [one for one in member.roles if one.name == role]
    for one in held:
        member.roles.remove(one)
    session.flush()
    return bool(held)


def begin_session(session: Session, member: uuid.UUID, *, device: str, lasts: timedelta) -> str:
    """Sign ``member`` in without a door, for a program of this house; returns the cookie's value.

    Only who may write to the database can do this. Raises NoSuchMember.
    """
    data = {"_user_id": get(session, member).fs_uniquifier, "csrf_token": secrets.token_hex(20)}
    _row, secret = session_store.create(
        session,
        member=member,
        data=TaggedJSONSerializer().dumps(data),
        device=device,
        unused_for=lasts,
    )
    return secret


def end_sessions(
    session: Session, member: uuid.UUID, *, keep: uuid.UUID | None = None
) -> list[session_store.Ended]:
    """End all sessions of ``member`` but ``keep``.

    Hand the result to `sessions.announce` after the commit.
    """
    return session_store.end_all(session, member, keep=keep)


def reserve_email(session: Session, email: str) -> None:
    """Let nobody else make an account with this address until the transaction ends."""
    key = f"member:{email.strip().lower()}"
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def find_by_email(session: Session, email: str) -> Member | None:
    """Return the member with this address, however its letters are written."""
    return session.scalar(select(Member).where(func.lower(Member.email) == email.strip().lower()))


def find(session: Session, who: str) -> Member:
    """Return the member with this address or id; raises NoSuchMember."""
    try:
        member = session.get(Member, uuid.UUID(who))
    except ValueError:
        member = find_by_email(session, who)
    if member is None:
        raise NoSuchMember(lazy_gettext("There is no such member."), subject=who)
    return member


def get(session: Session, member: uuid.UUID) -> Member:
    """Return a member for a write; raises NoSuchMember."""
    found = session.get(Member, member)
    if found is None:
        raise NoSuchMember(lazy_gettext("There is no such member."), subject=str(member))
    return found
