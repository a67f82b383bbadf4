"""The declaration of a fact: a frozen, keyword-only dataclass with a versioned name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, dataclass_transform

TYPE_NAME = re.compile(r"psot(\.[a-z]+){2,4}\.v[1-9][0-9]*")


class Fact:
    """Base of all facts. ``type`` is the versioned name on the wire."""

    type: ClassVar[str]


@dataclass(frozen=True, kw_only=True)
class FactType:
    """One entry of the catalogue: the name, its class, and how an old shape becomes the next.

    ``upcast`` is set on a retired version only: it turns the data of this version into the data of
    ``successor``.
    """

    name: str
    shape: type[Fact]
    successor: str | None = None
    upcast: Callable[[dict[str, Any]], dict[str, Any]] | None = None


CATALOGUE: dict[str, FactType] = {}

_F = TypeVar("_F", bound=Fact)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(
    name: str,
    *,
    successor: str | None = None,
    upcast: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> Callable[[type[_F]], type[_F]]:
    """Declare a fact under its versioned ``name``, such as ``psot.member.registered.v1``.

    A retired version names its ``successor`` and the ``upcast`` of its data, both or neither.
    Raises ValueError for a name off the pattern, a name taken, or half an upcast.
    """
    if not TYPE_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a fact name: psot.<room>.<what happened>.v<n>")
    if name in CATALOGUE:
        raise ValueError(f"{name!r} is declared twice")
    if (successor is None) != (upcast is None):
        raise ValueError(f"{name!r} needs a successor and an upcast, or neither")

    def declare(cls: type[_F]) -> type[_F]:
        shape = dataclass(frozen=True, kw_only=True)(cls)
        shape.type = name
        CATALOGUE[name] = FactType(name=name, shape=shape, successor=successor, upcast=upcast)
        return shape

    return declare


def names_of(shape: type[Fact]) -> tuple[str, ...]:
    """Return the name of ``shape`` and of every retired version that is brought to it, sorted.

    Who listens to a fact listens to all of them: old ones stand on the ledger for ever.
    """

    def newest(entry: FactType) -> str:
        return entry.name if entry.successor is None else newest(CATALOGUE[entry.successor])

    return tuple(sorted(name for name, entry in CATALOGUE.items() if newest(entry) == shape.type))
