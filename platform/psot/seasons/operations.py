"""Every write of seasons but that of rules: opened, planned, frozen, closed.

What happened to a season is a fact; a plan is only an intention, and the protocol is the document
whose hash the fact holds.
"""

import zlib
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import insert, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from events.rating import RostersFrozen, SeasonClosed
from psot.ledger import append
from psot.observability.logs import security_log
from psot.ratings import operations as ratings
from psot.ratings import queries as rated
from psot.ratings.listing import ListedMember
from psot.ratings.queries import OpenSeason
from psot.ratings.rules import season_at, season_named
from psot.seasons import protocol, queries, rosters
from psot.seasons.errors import (
    Busy,
    NotConfirmed,
    NotReady,
    NotYet,
    SeasonIsClosed,
    UnknownSeason,
)
from psot.seasons.models import PlaceRow, PlanRow, PreviewRow, ProtocolRow
from psot.seasons.queries import Missing
from scoring.rating import Season

_CHUNK: Final = 5000

_LOCK_CLOSING = text("LOCK TABLE season_protocols IN EXCLUSIVE MODE")
_LOCK_LEDGER = text("LOCK TABLE ledger_facts IN SHARE MODE")
_LAST = text("SELECT coalesce(max(seq), 0) FROM ledger_facts")


def open_season(
    session: Session, *, now: datetime, name: str = "", by: UUID | None = None
) -> Season:
    """Open the season called ``name`` (empty: the running quarter) and freeze its rosters.

    ``by`` is the organizer, None for the schedule and the command. Raises UnknownSeason,
    SeasonIsOpen, and NotYet before the season's first moment: rosters would not be complete.
    """
    calendar = _calendar(name) if name else season_at(now)
    if now < calendar.starts_at:
        raise NotYet(_("This season has not begun: let it open by itself."), subject=calendar.name)
    season = ratings.open_season(session, now=now, name=calendar.name)
    freeze(session, season, now=now)
    drop_plan(session, season.name)
    security_log().info("season_opened", season=season.name, member=str(by) if by else "")
    return season


def freeze(session: Session, season: Season, *, now: datetime) -> RostersFrozen:
    """Count the rosters of a season that has begun, and say so in a fact; once for each season."""
    found = rosters.count(session, season)
    fact = RostersFrozen(season=season.name, rosters=dict(found.regions), sha256=found.sha256)
    append(session, fact, key=season.name, occurred_at=now)
    return fact


def plan(session: Session, name: str, *, now: datetime, by: UUID | None = None) -> Season:
    """Let the season called ``name`` open by itself at its first moment.

    Raises UnknownSeason, and NotYet turned round: a season that has begun is opened at once.
    """
    season = _calendar(name)
    if now >= season.starts_at:
        raise NotYet(_("This season has begun: open it now."), subject=name)
    kept = upsert(PlanRow).values(season=name, planned_by=by, planned_at=now)
    session.execute(kept.on_conflict_do_nothing())
    return season


def drop_plan(session: Session, name: str) -> None:
    """Forget that the season was to open by itself."""
    session.execute(text("DELETE FROM season_plans WHERE season = :season"), {"season": name})


def keep_preview(session: Session, season: Season, *, now: datetime) -> None:
    """Count how the rosters of a season would be now, and keep it for the desk."""
    found = rosters.count(session, season)
    row = {"rosters": dict(found.regions), "counted_at": now}
    session.execute(
        upsert(PreviewRow)
        .values(season=season.name, **row)
        .on_conflict_do_update(index_elements=["season"], set_=row)
    )


def take_last_figures(session: Session, name: str, *, now: datetime) -> bool:
    """Take the figures all members share once more before a season is closed.

    Returns whether they changed: then the ratings have to be counted again first.
    """
    return any(one.season == name for one in ratings.calibrate(session, now=now))


def close(
    session: Session, name: str, *, confirmed: str, now: datetime, by: UUID | None = None
) -> ProtocolRow:
    """Write the protocol of a season that is over, seal it with its hash, and keep every place.

    The first thing its transaction does: it reads one moment of the database, cut cleanly between
    two facts, while others go on writing. Nothing undoes it, so ``confirmed`` is the name typed
    once more. Raises UnknownSeason, NotConfirmed, NotYet, SeasonIsClosed, NotReady while something
    is not counted, Busy where no clean cut was found.
    """
    seq = _cut(session)
    season = rated.season_called(session, name)
    if season is None:
        raise UnknownSeason(_("There is no such season."), subject=name)
    if queries.closing(session, name) is not None:
        raise SeasonIsClosed(_("This season is closed already."), subject=name)
    if now < season.calendar.ends_at:
        raise NotYet(_("This season is not over yet."), subject=name)
    if confirmed != name:
        wrong = _("Type the name of the season exactly as it stands here.")
        raise NotConfirmed(wrong, subject=name, fields={"confirmed": [str(wrong)]})
    _require_counted(session, season, now)
    made = _written(session, season, seq, now)
    row = ProtocolRow(
        season=name,
        sha256=made.sha256,
        body=zlib.compress(made.body, 9),
        closed_at=now,
        closed_by=by,
    )
    session.add(row)
    fact = SeasonClosed(
        season=name,
        sha256=made.sha256,
        members=made.members,
        regions=made.regions,
        rules=season.parameters.version,
    )
    append(session, fact, key=name, occurred_at=now)
    security_log().info("season_closed", season=name, member=str(by) if by else "")
    return row


def _cut(session: Session) -> int:
    """Begin to read one moment of the database; returns the last seq of the ledger in it.

    A fact's seq becomes visible out of order, so writers are held for a moment: when the lock is
    there, every fact up to the last is committed, and the snapshot taken then keeps it so. Rolling
    back to the savepoint lets the writers go on.
    """
    try:
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        session.execute(text("SET LOCAL lock_timeout = '3s'"))
        session.execute(_LOCK_CLOSING)
        brief = session.begin_nested()
        session.execute(_LOCK_LEDGER)
        seq = int(session.execute(_LAST).scalar_one())
        brief.rollback()
    except OperationalError as error:
        raise Busy(_("Too much is written at this moment. Try again in a minute.")) from error
    return seq


def _require_counted(session: Session, season: OpenSeason, now: datetime) -> None:
    missing = queries.missing(session, season, now)
    if missing:
        told = {
            Missing.WAITING: _("Facts still wait to be counted. Try again in a minute."),
            Missing.DEAD: _("Some facts could not be counted. Mend them on the system's page."),
            Missing.FIGURES: _("The last figures of the season are not taken yet."),
        }
        raise NotReady(told[missing[0]], subject=season.name)


def _written(session: Session, season: OpenSeason, seq: int, now: datetime) -> protocol.Protocol:
    lines = protocol.Lines()
    told = protocol.places(session, season.name)
    while chunk := list(islice(told, _CHUNK)):
        for one in chunk:
            lines.add(one)
        session.execute(insert(PlaceRow), [_place(season.name, one) for one in chunk])
    frozen = queries.frozen(session, season.name)
    return protocol.write(
        session,
        season,
        lines,
        rosters_sha256=frozen.sha256 if frozen else "",
        seq=seq,
        closed_at=now,
    )


def _place(season: str, one: ListedMember) -> dict[str, Any]:
    return {
        "season": season,
        "member": one.member,
        "place": one.rank,
        "region": one.region,
        "activity_ppb": one.activity_ppb,
        "effectiveness_ppb": one.effectiveness_ppb,
        "rating_milli": one.rating_milli,
    }


def _calendar(name: str) -> Season:
    try:
        return season_named(name)
    except ValueError as error:
        raise UnknownSeason(_("There is no such season."), subject=name) from error
