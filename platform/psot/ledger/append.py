"""Append facts: in the transaction of the change they tell of, once per natural key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import TextClause, event, text
from sqlalchemy.orm import Session

import events
from psot import compact
from psot.database import Database
from psot.errors import Conflict
from psot.ledger.projection import Catalogue
from psot.trips import Asked, Trip, one_trip

# One round trip: the fact unless its key is taken, and an open delivery per listening projection.
_INSERT = text(
    """
    WITH fact AS (
        INSERT INTO ledger_facts (type, key, member, data, occurred_at)
        VALUES (:type, :key, CAST(:member AS uuid), CAST(:data AS jsonb), :occurred_at)
        ON CONFLICT (type, key) DO NOTHING RETURNING seq
    ), opened AS (
        INSERT INTO ledger_deliveries (projection, seq)
        SELECT listener, seq FROM fact, unnest(CAST(:listeners AS text[])) AS listener
    )
    SELECT seq FROM fact
    """
)


def _insert_many(where_taken: str) -> TextClause:
    # The same for many facts in one statement. They travel as one JSON: to write arrays of them in
    # PostgreSQL's manner took the process that appends forty times as long.
    return text(
        f"""
        WITH fact AS (
            INSERT INTO ledger_facts (type, key, member, data, occurred_at)
            SELECT type, key, member, data, occurred_at
            FROM jsonb_to_recordset(CAST(:facts AS jsonb))
                AS told (type text, key text, member uuid, data jsonb, occurred_at timestamptz)
            {where_taken} RETURNING seq, type
        ), opened AS (
            INSERT INTO ledger_deliveries (projection, seq)
            SELECT heard.projection, fact.seq
            FROM fact JOIN jsonb_to_recordset(CAST(:heard AS jsonb))
                AS heard (type text, projection text) USING (type)
        )
        SELECT count(*) FROM fact
        """  # noqa: S608 - our own words
    )


_INSERT_MISSING = _insert_many("ON CONFLICT (type, key) DO NOTHING")
_INSERT_ALL = _insert_many("")
_FIRST = text("SELECT seq, data, occurred_at FROM ledger_facts WHERE type = :type AND key = :key")

_STANDING = text(
    """
    SELECT f.type, f.key, f.data FROM ledger_facts f
    JOIN unnest(CAST(:type AS text[]), CAST(:key AS text[])) AS asked (type, key) USING (type, key)
    """
)

_LEDGER = "psot.ledger"
_RUNG = "psot.ledger.rung"


class KeyConflict(Conflict):
    """The key was used before for something else: the first answer stands."""

    code = "key_conflict"


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A fact on the ledger. ``repeated`` says that it stood there before this call."""

    seq: int
    fact: events.Fact
    occurred_at: datetime
    repeated: bool = False

    @classmethod
    def of(cls, row: Any) -> "Recorded":
        """Read a row with ``seq``, ``type``, ``data`` and ``occurred_at`` back into its fact."""
        fact = events.recall(row.type, row.data)
        return cls(seq=row.seq, fact=fact, occurred_at=row.occurred_at)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What appending needs to know: who listens, and how the bell is rung after a commit."""

    catalogue: Catalogue
    ring: Callable[[], None]

    def attach(self, database: Database) -> None:
        """Let every session of ``database`` append facts, and ring after it has committed some."""
        database.sessions.configure(info={_LEDGER: self})
        event.listen(database.sessions, "after_commit", _after_commit)
        event.listen(database.sessions, "after_rollback", _after_rollback)


def append(session: Session, fact: events.Fact, *, key: str, occurred_at: datetime) -> Recorded:
    """Append ``fact`` in the transaction of ``session``; the bell is rung after its commit.

    ``key`` is the natural identity of what happened (``race:racer:shot``). A repeat of the same
    content gives the first record back; another content under the same key raises KeyConflict.
    """
    data = events.dump(fact)
    seq = session.execute(_INSERT, _values(session, fact, key, occurred_at, data)).scalar()
    if seq is not None:
        return Recorded(seq=seq, fact=fact, occurred_at=occurred_at)
    first = session.execute(_FIRST, {"type": fact.type, "key": key}).one()
    if first.data != data:
        raise KeyConflict("Recorded before with other content.", subject=f"{fact.type} {key}")
    return Recorded(seq=first.seq, fact=fact, occurred_at=first.occurred_at, repeated=True)


def append_many(session: Session, facts: Sequence[tuple[events.Fact, str, datetime]]) -> None:
    """Append many (fact, key, moment) at once; keys already taken are passed over in silence.

    For histories that are made or imported, where a second load must change nothing.
    """
    if facts:
        with one_trip(session) as trip:
            Appending(session, facts).go(trip)


def append_all(session: Session, facts: Sequence[tuple[events.Fact, str, datetime]]) -> None:
    """Append many (fact, key, moment) at once, each as `append` would.

    A repeat of the same content changes nothing; another content under a key raises KeyConflict.
    """
    appending = Appending(session, facts)
    if facts:
        with one_trip(session) as trip:
            appending.go(trip)
    appending.settle()


class Appending:
    """Many (fact, key, moment) on their way onto the ledger: in a trip with something else.

    What `append_all` does, in two steps: `go` within the trip, `settle` after it.
    """

    def __init__(
        self, session: Session, facts: Sequence[tuple[events.Fact, str, datetime]]
    ) -> None:
        self._session = session
        self._facts = facts
        self._asked: Asked | None = None

    def go(self, trip: Trip, *, all_new: bool = False) -> None:
        """Send what is not there yet; nothing where there are no facts.

        ``all_new``: a key that is taken fails the trip, which may then commit what it brings.
        """
        if not self._facts:
            return
        self._session.info[_RUNG] = True
        catalogue = cast("Ledger", self._session.info[_LEDGER]).catalogue
        told = []
        for one, key, when in self._facts:
            data = events.dump(one)
            about = {"type": one.type, "key": key, "member": data.get("member")}
            told.append({**about, "occurred_at": when, "data": data})
        heard = [
            {"type": name, "projection": listener}
            for name in sorted({one.type for one, _, _ in self._facts})
            for listener in catalogue.listeners(name)
        ]
        said = {"facts": compact.dumps(told), "heard": compact.dumps(heard)}
        self._asked = trip.ask(_INSERT_ALL if all_new else _INSERT_MISSING, said)

    def settle(self) -> None:
        """Compare those whose keys were taken with what stands there. Raises KeyConflict."""
        if self._asked is None or self._asked.rows()[0][0] == len(self._facts):
            return
        facts = self._facts
        asked = {"type": [one.type for one, _, _ in facts], "key": [key for _, key, _ in facts]}
        rows = self._session.execute(_STANDING, asked)
        standing = {(row.type, row.key): row.data for row in rows}
        for one, key, _ in facts:
            if standing[one.type, key] != events.dump(one):
                raise KeyConflict(
                    "Recorded before with other content.", subject=f"{one.type} {key}"
                )


def _values(
    session: Session, fact: events.Fact, key: str, occurred_at: datetime, data: dict[str, Any]
) -> dict[str, Any]:
    session.info[_RUNG] = True
    listeners = cast("Ledger", session.info[_LEDGER]).catalogue.listeners(fact.type)
    return {
        "type": fact.type,
        "key": key,
        "member": data.get("member"),
        "data": _json(data),
        "occurred_at": occurred_at,
        "listeners": list(listeners),
    }


def _json(data: dict[str, Any]) -> str:
    return compact.dumps(data)


def _after_commit(session: Session) -> None:
    if session.info.pop(_RUNG, False):
        cast("Ledger", session.info[_LEDGER]).ring()


def _after_rollback(session: Session) -> None:
    session.info.pop(_RUNG, None)
