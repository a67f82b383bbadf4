"""A small projection of the tests' own: how often each region was joined and left."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import MetaData, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from events import Fact
from events.member import MemberMoved, MemberRegistered
from psot.database import Base, Database
from psot.ledger import Catalogue, Ledger, Projection, Recorded
from psot.ledger.consumers import enrol


class Tally(Base):
    """Members that ever named a region."""

    __tablename__ = "test_tally"
    metadata = MetaData()  # outside the product's own schema

    region: Mapped[str] = mapped_column(primary_key=True)
    joined: Mapped[int]


_ADD = text(
    "INSERT INTO test_tally VALUES (:region, 1)"
    " ON CONFLICT (region) DO UPDATE SET joined = test_tally.joined + 1"
)


def fold(session: Session, batch: Sequence[Recorded]) -> None:
    """Count; a region called ``poison`` raises, one called ``sql`` breaks the transaction."""
    for one in batch:
        region = one.fact.region  # type: ignore[attr-defined]  # both facts have it
        if region == "poison":
            raise ValueError("a poison fact")
        if region == "sql":
            session.execute(text("SELECT 1 / 0"))
        session.execute(_ADD, {"region": region})


def projection(
    *, name: str = "tally", version: int = 1, fold: Callable[..., None] = fold
) -> Projection:
    """Build the tally, or a variation of it."""
    return Projection(
        name=name,
        version=version,
        facts=(MemberRegistered, MemberMoved),
        tables=(Tally,),
        fold=fold,
    )


def registered(region: str, member: uuid.UUID | None = None) -> Fact:
    """Build a fact that the tally counts."""
    return MemberRegistered(member=member or uuid.uuid4(), region=region)


@contextmanager
def ledger_on(
    database: Database, catalogue: Catalogue, rung: list[str] | None = None
) -> Iterator[Database]:
    """Attach a ledger whose bell writes into ``rung``, with the tally's table made."""
    bells = [] if rung is None else rung
    Ledger(catalogue=catalogue, ring=lambda: bells.append("rung")).attach(database)
    Tally.metadata.create_all(database.engine)
    enrol(database, catalogue)
    yield database


def counts(database: Database) -> dict[str, int]:
    """Return what the tally holds."""
    with database.begin() as session:
        return {row.region: row.joined for row in session.execute(text("SELECT * FROM test_tally"))}
