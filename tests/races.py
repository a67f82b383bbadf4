"""Races for tests: `a_race` gives one at any stage, with members registered.

A race is made with the product's own operations, so that everything that belongs to a stage is
there: start list, frozen questions, hashes, facts. The database needs a ledger attached, as the
fixture ``races`` of ``tests/integration/races`` does it, or a whole app.
"""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from psot.races import operations, queries
from psot.races.stages import ORDER, Stage
from psot.races.values import RaceView
from scoring.biathlon import Qualified, StartKind
from tests.web import a_member

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SMALL = {"stations": 1}
"""Options that every format can be raced with by the questions there are."""
GAP_MS = 10_000

_numbers = itertools.count(1)


def a_race(
    session: Session,
    *,
    stage: Stage = Stage.REGISTRATION,
    format: str = "sprint",  # noqa: A002 - the word of the field
    racers: int = 2,
    options: dict[str, Any] | None = None,
    members: Sequence[UUID] = (),
    now: datetime = NOW,
    **fields: Any,
) -> RaceView:
    """A race at ``stage`` with ``members`` registered and new ones up to ``racers``.

    A running race starts ten seconds after ``now``. Newcomers and experienced racers take turns,
    all of one region, so that relays find their teams. A pursuit follows a sprint of the same
    members, ten seconds apart, whose results exist for this start list only.
    """
    made = operations.create(
        session,
        by=None,
        title=fields.pop("title", f"Кубок {next(_numbers)}"),
        format=format,
        options=SMALL if options is None else options,
        now=now,
        **fields,
    )
    who = [*members, *(a_member(session).id for _ in range(racers - len(members)))]
    earlier: list[Qualified] | None = None
    if made.rules.start.kind is StartKind.PURSUIT and made.from_race is None:
        before = a_race(session, stage=Stage.ZEROING, members=who, racers=racers, now=now)
        made = operations.edit(
            session, made.id, version=made.version, by=None, now=now, from_race=before.id
        )
        earlier = [
            Qualified(bib=bib, rank=bib, behind_ms=(bib - 1) * GAP_MS)
            for bib in range(1, racers + 1)
        ]
    for one in ORDER[1 : ORDER.index(stage if stage is not Stage.CANCELLED else Stage.DRAFT) + 1]:
        operations.enter_stage(session, made.id, one, now=now, by=None, earlier=earlier)
        if one is Stage.REGISTRATION:
            enter(session, made.id, who, now=now)
    if stage is Stage.CANCELLED:
        operations.enter_stage(session, made.id, stage, now=now, by=None)
    return queries.race(session, made.id)


def enter(session: Session, race: UUID, members: Sequence[UUID], *, now: datetime = NOW) -> None:
    """Register ``members``, newcomers and experienced racers by turns."""
    for number, one in enumerate(members):
        experience = ("newcomer", "experienced")[number % 2]
        operations.register(session, race, one, experience=experience, now=now)


def racer(session: Session, race: UUID, bib: int) -> UUID:
    """The member with ``bib``."""
    return next(one.member for one in queries.start_list(session, race) if one.bib == bib)
