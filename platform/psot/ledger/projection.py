"""What a projection is, and the catalogue that says who listens to which fact."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from events import Fact, names_of
from psot.database import Database

if TYPE_CHECKING:
    from redis import Redis

    from psot.ledger.append import Recorded


@dataclass(frozen=True, kw_only=True)
class Projection:
    """A fold of facts into tables of its own.

    ``fold`` runs in one transaction with its delivery marks, one drainer at a time, and meets facts
    in any order: the state has to be a function of the *set* of facts. It names tables without a
    schema, so that ``verify`` can shadow them. ``volatile`` lists ``table.column`` names that a
    recomputation need not repeat, such as versions from a sequence. ``publish`` brings what people
    watch up to the stored state; it is called after commits and once a second besides, so it has to
    be cheap where nothing changed and right however often it is called.
    """

    name: str
    version: int
    facts: tuple[type[Fact], ...]
    tables: tuple[Any, ...]
    fold: Callable[[Session, Sequence["Recorded"]], None]
    volatile: frozenset[str] = frozenset()
    publish: Callable[[Database, "Redis"], None] | None = None
    rest_s: float = 0.5

    def names(self) -> tuple[str, ...]:
        """Return the names of the facts it folds, those of retired versions included."""
        return tuple(name for shape in self.facts for name in names_of(shape))

    def owned(self) -> tuple[Table, ...]:
        """Return its tables, whether given as models or as tables."""
        return tuple(getattr(one, "__table__", one) for one in self.tables)


@dataclass(frozen=True)
class Catalogue:
    """All projections of the running system, indexed by the facts they listen to."""

    projections: tuple[Projection, ...] = ()
    _listeners: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        names = [one.name for one in self.projections]
        if len(set(names)) < len(names):
            raise ValueError(f"two projections share a name: {names}")
        for one in self.projections:
            for name in one.names():
                self._listeners[name] = (*self._listeners.get(name, ()), one.name)

    def listeners(self, type_name: str) -> tuple[str, ...]:
        """Return the names of the projections that fold facts called ``type_name``."""
        return self._listeners.get(type_name, ())

    def __getitem__(self, name: str) -> Projection:
        """Return the projection called ``name``; raises KeyError."""
        return {one.name: one for one in self.projections}[name]

    def names(self) -> Iterable[str]:
        """Return the names in the order of the catalogue."""
        return [one.name for one in self.projections]
