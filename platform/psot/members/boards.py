"""Who stands on boards under which name, and who of them is found by it.

A member may wish to stand on no board: others do not see the row at all then. In races everybody
sees who shot, so there such a member stands under the number.
"""

import re
import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import ARRAY, UUID, Row, Select, any_, bindparam, func, select
from sqlalchemy.orm import Session

from psot.members.models import Member
from psot.members.queries import PublicName, public_name

_WORD = re.compile(r"\w+")
# Every page with people asks it: made once, not for every page.
_NAMED = select(
    Member.id, Member.name_public, Member.display_name, Member.number, Member.off_boards
).where(Member.id == any_(bindparam("ids", type_=ARRAY(UUID))))


def board_names(
    session: Session, ids: Iterable[uuid.UUID], *, own: Collection[uuid.UUID] = ()
) -> dict[uuid.UUID, PublicName]:
    """Return what boards say of each of ``ids``.

    Missing are erased members and those who wish to stand on no board, unless they are ``own``:
    asked by themselves.
    """
    return named_on_boards(session, ids, own=own)[0]


def named_on_boards(
    session: Session, ids: Iterable[uuid.UUID], *, own: Collection[uuid.UUID] = ()
) -> tuple[dict[uuid.UUID, PublicName], set[uuid.UUID]]:
    """Return what `board_names` returns, and who of them wishes to stand on no board."""
    rows = [row for row in _read(session, ids) if not row.off_boards or row.id in own]
    names = {row.id: public_name(row.name_public, row.display_name, row.number) for row in rows}
    return names, {row.id for row in rows if row.off_boards}


def race_names(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, PublicName]:
    """Return what races say of each of ``ids``: whoever stands on no board has no name here."""
    return {
        row.id: public_name(row.name_public and not row.off_boards, row.display_name, row.number)
        for row in _read(session, ids)
    }


def names_seal(session: Session, ids: Select[uuid.UUID]) -> int:
    """Return a number that is another one as soon as `race_names` says anything else of ``ids``.

    Cheap beside reading the names: the database adds up a hash of each.
    """
    said = func.concat_ws(
        "|", Member.id, Member.name_public, Member.off_boards, Member.number, Member.display_name
    )
    total = select(func.sum(func.hashtextextended(said, 0))).where(Member.id.in_(ids))
    return int(session.scalar(total) or 0)


def off_boards(session: Session, ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of ``ids`` who wish to stand on no board."""
    asked = list(ids)
    if not asked:
        return set()
    return set(session.scalars(select(Member.id).where(Member.id.in_(asked), Member.off_boards)))


def named_member(session: Session, number: int) -> tuple[uuid.UUID, PublicName] | None:
    """Return the member with this number who stands on boards under the own name, or None."""
    if number >= 1 << 63:
        return None
    row = session.execute(
        select(Member.id, Member.display_name, Member.number).where(
            Member.number == number, Member.name_public, ~Member.off_boards
        )
    ).one_or_none()
    return (row.id, public_name(True, row.display_name, row.number)) if row else None  # noqa: FBT003 - the column's value


def found_by(session: Session, words: str, *, at_most: int) -> list[uuid.UUID]:
    """Return members whose public name has words that begin with ``words``, at most so many.

    A number finds who stands under it. Nobody is found by a name that is not public, nor by
    anything who stands on no board.
    """
    told = _WORD.findall(words)
    if not told:
        return []
    wanted = select(Member.id).where(~Member.off_boards).limit(at_most)
    if told[-1].isdecimal():
        number = int(told[-1][:18])
        return list(session.scalars(wanted.where(Member.number == number, ~Member.name_public)))
    prefixes = " & ".join(f"{one}:*" for one in told)
    vector = func.to_tsvector("simple", Member.display_name)
    return list(
        session.scalars(
            wanted.where(
                Member.name_public, vector.bool_op("@@")(func.to_tsquery("simple", prefixes))
            )
        )
    )


def _read(
    session: Session, ids: Iterable[uuid.UUID]
) -> Iterable[Row[tuple[uuid.UUID, bool, str, int, bool]]]:
    asked = list(ids)
    return session.execute(_NAMED, {"ids": asked}) if asked else ()
