"""The sets of rules that seasons may name: those of the product, and those published here."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events.rating import RulesPublished
from psot.ledger import Recorded
from psot.ratings.models import RulesRow
from scoring.rating import PARAMETERS, Parameters, figures_of, parameters_from

FIRST_OWN = 101
"""Sets published here are numbered from here on; the numbers below are the product's own."""

_WAITING = text("SELECT season FROM rating_seasons WHERE rules = ANY(:versions)")


class UnknownVersion(LookupError):  # noqa: N818 - an error that names what it is about
    """No set of rules has this version, or its fact has not come yet."""


def keep_rules(session: Session, batch: Sequence[Recorded]) -> set[str]:
    """Keep the sets published in the batch; returns the seasons that were waiting for one.

    Raises ValueError for a set that nobody could be rated by.
    """
    versions = []
    for one in batch:
        fact = one.fact
        if not isinstance(fact, RulesPublished):
            continue
        parameters = parameters_from(fact.version, fact.parameters)
        row = insert(RulesRow).values(
            version=fact.version,
            parameters=figures_of(parameters),
            reason=fact.reason,
            published_at=one.occurred_at,
        )
        session.execute(row.on_conflict_do_nothing())
        versions.append(fact.version)
    if not versions:
        return set()
    return set(session.execute(_WAITING, {"versions": versions}).scalars())


def named(session: Session, versions: Collection[int]) -> dict[int, Parameters]:
    """Return the sets of rules with these ``versions``, by version; unknown ones are missing.

    The product's own stand for ever and are asked of nobody.
    """
    found = {one: PARAMETERS[one] for one in versions if one in PARAMETERS}
    return found if len(found) == len(set(versions)) else known(session)


def known(session: Session) -> dict[int, Parameters]:
    """Return every set of rules by its version; the product's own stand for ever."""
    stored = {
        row.version: parameters_from(row.version, row.parameters)
        for row in session.scalars(select(RulesRow))
    }
    return stored | dict(PARAMETERS)


def parameters_of(session: Session, version: int) -> Parameters:
    """Return the set ``version``. Raises UnknownVersion."""
    if version in PARAMETERS:
        return PARAMETERS[version]
    row = session.get(RulesRow, version)
    if row is None:
        raise UnknownVersion(version)
    return parameters_from(row.version, row.parameters)


def newest_rules(session: Session) -> int:
    """Return the version of the set published last, or the product's newest."""
    stored = session.scalar(select(RulesRow.version).order_by(RulesRow.version.desc()).limit(1))
    return max(PARAMETERS) if stored is None else stored
