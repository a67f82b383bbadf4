"""Which process publishes which race: a lease a race, in PostgreSQL, with an epoch.

Everybody who publishes comes by in rounds: one statement says that they are there, renews what they
hold, lets go what is above their share and takes what nobody holds. The time of the database
decides, so clocks of hosts do not matter. An epoch grows with every change of hands and goes with
every write to Redis, so that whoever lost a race without noticing writes nothing over the next.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from psot.database import Database

LEASE_S: Final = 1.5
"""Who did not come by for so long holds nothing any more."""
ROUND_S: Final = 0.5
"""How often everybody comes by."""
LONGEST_S: Final = 30.0
"""Work that takes longer is stuck: its races are for somebody else."""

# A share is what falls to each of those who are there, rounded up. Rows that another process is
# just changing are passed over, so no round waits for another.
_ROUND = text(
    """
    WITH here AS (
        INSERT INTO publishers (name, until_at)
        VALUES (:me, clock_timestamp() + make_interval(secs => :lease_s))
        ON CONFLICT (name) DO UPDATE SET until_at = excluded.until_at
    ), gone AS (
        DELETE FROM publishers
        WHERE name <> :me AND until_at < clock_timestamp() - interval '1 minute'
    ), share AS (
        SELECT ceil(cardinality(CAST(:asked AS uuid[]))::numeric / (1 + count(*)))::int AS most
        FROM publishers WHERE name <> :me AND until_at > clock_timestamp()
    ), mine AS (
        SELECT race, row_number() OVER (ORDER BY race) <= (SELECT most FROM share) AS keeps
        FROM race_publishers WHERE holder = :me AND race = ANY(CAST(:asked AS uuid[]))
    ), kept AS (
        UPDATE race_publishers AS held
        SET holder = CASE WHEN keeps THEN holder ELSE '' END,
            until_at = CASE WHEN keeps THEN clock_timestamp() + make_interval(secs => :lease_s)
                       ELSE '-infinity' END
        FROM mine WHERE held.race = mine.race AND held.holder = :me
        RETURNING held.race, held.epoch, keeps
    ), free AS (
        SELECT race FROM race_publishers
        WHERE race = ANY(CAST(:asked AS uuid[])) AND holder <> :me AND until_at < clock_timestamp()
        ORDER BY race
        LIMIT (SELECT greatest(0, most - (SELECT count(*) FROM mine)) FROM share)
        FOR UPDATE SKIP LOCKED
    ), taken AS (
        UPDATE race_publishers AS held
        SET holder = :me, epoch = epoch + 1,
            until_at = clock_timestamp() + make_interval(secs => :lease_s)
        FROM free WHERE held.race = free.race
        RETURNING held.race, held.epoch
    ), begun AS (
        INSERT INTO race_publishers (race, holder, epoch, until_at)
        SELECT asked.race, :me, 1, clock_timestamp() + make_interval(secs => :lease_s)
        FROM unnest(CAST(:asked AS uuid[])) AS asked (race)
        WHERE NOT EXISTS (SELECT FROM race_publishers AS known WHERE known.race = asked.race)
        ORDER BY asked.race
        LIMIT (SELECT greatest(0, most - (SELECT count(*) FROM mine) - (SELECT count(*) FROM free))
               FROM share)
        ON CONFLICT (race) DO NOTHING
        RETURNING race, epoch
    )
    SELECT race, epoch FROM kept WHERE keeps
    UNION ALL SELECT race, epoch FROM taken
    UNION ALL SELECT race, epoch FROM begun
    """
)
_RENEW = text(
    """
    WITH here AS (
        UPDATE publishers SET until_at = clock_timestamp() + make_interval(secs => :lease_s)
        WHERE name = :me
    )
    UPDATE race_publishers SET until_at = clock_timestamp() + make_interval(secs => :lease_s)
    WHERE holder = :me
    """
)
_LET_GO = text(
    """
    WITH gone AS (DELETE FROM publishers WHERE name = :me)
    UPDATE race_publishers SET holder = '', until_at = '-infinity' WHERE holder = :me
    """
)
_HOLDS = text(
    "SELECT 1 FROM race_publishers WHERE race = :race AND holder = :me AND epoch = :epoch FOR SHARE"
)

_log = structlog.get_logger()


class Leases:
    """The races that one process holds."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(8)
        """What this process is called; no two are called the same."""
        self.held: Mapping[UUID, int] = {}
        """The races it holds as of its last round, and their epochs."""

    def round(self, database: Database, asked: Collection[UUID]) -> None:
        """Come by: of the races ``asked`` keep or take the own share. Raises SQLAlchemyError."""
        self.held = {}
        values = {"me": self.name, "asked": sorted(asked), "lease_s": LEASE_S}
        with database.begin() as session:
            self.held = {one.race: one.epoch for one in session.execute(_ROUND, values)}

    def holds(self, session: Session, race: UUID) -> bool:
        """Tell whether the race is still held, and keep it so until the transaction ends."""
        values = {"race": race, "me": self.name, "epoch": self.held.get(race, 0)}
        return session.execute(_HOLDS, values).first() is not None

    def let_go(self, database: Database) -> None:
        """Leave everything to the others at once. Raises SQLAlchemyError."""
        self.held = {}
        with database.begin() as session:
            session.execute(_LET_GO, {"me": self.name})

    @contextmanager
    def kept(
        self, database: Database, *, every_s: float = ROUND_S, longest_s: float = LONGEST_S
    ) -> Iterator[None]:
        """Renew what is held while the block lasts, but no longer than ``longest_s``."""
        over = Event()

        def renew() -> None:
            for _ in range(int(longest_s / every_s)):
                if over.wait(every_s):
                    return
                try:
                    with database.begin() as session:
                        session.execute(_RENEW, {"me": self.name, "lease_s": LEASE_S})
                except SQLAlchemyError as error:
                    _log.warning("leases_not_renewed", error=type(error).__name__)

        renewing = Thread(target=renew, name="leases", daemon=True)
        renewing.start()
        try:
            yield
        finally:
            over.set()
            renewing.join()
