"""Who wrote what, as far as a reader may know."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from psot.community.values import Author
from psot.members.queries import Introduced, introduced


def authors(session: Session, ids: Iterable[UUID], reader: UUID | None) -> dict[UUID, Author]:
    """Return the authors by id; one who erased the account has neither name nor region."""
    wanted = set(ids)
    found = introduced(session, wanted, role="expert")
    return {one: _author(one, found.get(one), reader) for one in wanted}


def _author(member: UUID, found: Introduced | None, reader: UUID | None) -> Author:
    return Author(
        id=member,
        name=str(found.name) if found else "",
        region=found.region if found else "",
        expert=found is not None and found.holds,
        own=member == reader,
    )
