"""Check whether a protocol is still what was sealed, and the ledger still comes to the same."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from psot.database import Database
from psot.ledger.verify import shadowed
from psot.ratings import queries as rated
from psot.ratings.projections import RATINGS
from psot.seasons import protocol, queries
from psot.seasons.errors import UnknownSeason


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a check of a closed season found.

    ``sealed`` says that the stored protocol has the hash of the ledger, ``lines`` that the stored
    places have the hash of the protocol, ``recomputed`` that the ledger, folded once more up to the
    entry the protocol names, comes to the same bytes. A protocol written by an older version of the
    ratings may be recomputed differently: ``same_rules`` tells.
    """

    sha256: str
    sealed: bool
    lines: bool
    recomputed: bool
    same_rules: bool

    @property
    def holds(self) -> bool:
        """Whether everything agrees."""
        return self.sealed and self.lines and self.recomputed


def verify(database: Database, name: str) -> Verdict:
    """Check the closed season ``name``; changes nothing. Raises UnknownSeason.

    Folds the whole ledger of the ratings: for a command, not for a page.
    """
    with database.begin() as session:
        kept = queries.sealed(session, name)
        fact = queries.closing(session, name)
        frozen = queries.frozen(session, name)
        lines = _lines_sha256(session, name)
    if kept is None or fact is None:
        raise UnknownSeason(_("There is no closed season of this name."), subject=name)
    told = kept.document
    with shadowed(database, RATINGS, until=told["ledger_seq"]) as (session, _schema):
        again = _written(
            session,
            name,
            rosters_sha256=frozen.sha256 if frozen else "",
            seq=told["ledger_seq"],
            closed_at=datetime.fromisoformat(told["closed_at"]),
        )
    return Verdict(
        sha256=fact.sha256,
        sealed=kept.sha256 == fact.sha256,
        lines=lines == told["members"]["sha256"],
        recomputed=again == kept.body,
        same_rules=told["ratings_version"] == RATINGS.version,
    )


def _lines_sha256(session: Session, name: str) -> str:
    digest = hashlib.sha256()
    for one in queries.lines(session, name):
        digest.update(protocol.line(one))
    return digest.hexdigest()


def _written(
    session: Session, name: str, *, rosters_sha256: str, seq: int, closed_at: datetime
) -> bytes:
    season = rated.season_called(session, name)
    if season is None:
        return b""
    lines = protocol.Lines()
    for one in protocol.places(session, name):
        lines.add(one)
    made = protocol.write(
        session, season, lines, rosters_sha256=rosters_sha256, seq=seq, closed_at=closed_at
    )
    return made.body
