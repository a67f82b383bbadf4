"""Who wrote what, as far as a reader may know."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from psot.community.values import Author
from psot.members.queries import holding, public_names, regions_of


def authors(session: Session, ids: Iterable[UUID], reader: UUID | None) -> dict[UUID, Author]:
    """Return the authors by id; one who erased the account has neither name nor region."""
    wanted = set(ids)
    names = public_names(session, wanted)
    regions = regions_of(session, wanted)
    experts = holding(session, "expert", wanted)
    return {
        one: Author(
            id=one,
            name=str(names.get(one, "")),
            region=regions.get(one, ""),
            expert=one in experts,
            own=one == reader,
        )
        for one in wanted
    }
