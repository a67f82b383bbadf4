"""The wire form of a fact: JSON in, JSON out, checked by a marshmallow schema made of its fields.

The field types a fact may use are the table ``FIELDS``; anything else is refused when the schema
is made, so that every fact on the ledger stays plain JSON.
"""

import types
import typing
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import marshmallow
from marshmallow import fields as wire

from events.base import CATALOGUE, Fact


class UnknownFact(LookupError):  # noqa: N818 - an error that names what it is about
    """A name on the wire that this version of PSOT does not know."""


class MalformedFact(ValueError):  # noqa: N818 - an error that names what it is about
    """Data that does not fit the shape of its fact; ``problems`` maps a field to its messages."""

    def __init__(self, name: str, problems: dict[str, Any]) -> None:
        super().__init__(f"{name}: {problems}")
        self.name = name
        self.problems = problems


FIELDS: dict[Any, type[wire.Field[Any]]] = {
    str: wire.String,
    int: wire.Integer,
    bool: wire.Boolean,
    UUID: wire.UUID,
    date: wire.Date,
    datetime: wire.AwareDateTime,
}


def _field(annotation: Any, *, optional: bool = False) -> wire.Field[Any]:
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union) and type(None) in inner:
        (kept,) = (one for one in inner if one is not type(None))
        return _field(kept, optional=True)
    common: dict[str, Any] = {"required": True, "allow_none": optional}
    if origin is tuple and inner[1:] == (Ellipsis,):
        return wire.List(_field(inner[0]), **common)
    if origin is dict and inner[0] is str:
        return wire.Dict(keys=wire.String(), values=_field(inner[1]), **common)
    if annotation not in FIELDS:
        raise TypeError(f"a fact cannot carry {annotation!r}")
    if annotation is int:
        common["strict"] = True
    return FIELDS[annotation](**common)


_SCHEMAS: dict[type[Fact], marshmallow.Schema] = {}


def schema(shape: type[Fact]) -> marshmallow.Schema:
    """Return the marshmallow schema of a fact's ``shape``: every field required, none unknown."""
    if shape in _SCHEMAS:
        return _SCHEMAS[shape]
    hints = typing.get_type_hints(shape)
    made = {one.name: _field(hints[one.name]) for one in fields(shape)}  # type: ignore[arg-type]  # every shape is made a dataclass by @fact
    return _SCHEMAS.setdefault(shape, marshmallow.Schema.from_dict(made)(unknown="raise"))


def dump(fact: Fact) -> dict[str, Any]:
    """Return the JSON data of ``fact``; raises MalformedFact unless it reads back as the same."""
    made = schema(type(fact))
    try:
        data: dict[str, Any] = made.dump(fact)
        again = _read(type(fact), data)
    except (AttributeError, TypeError, ValueError) as error:
        raise MalformedFact(fact.type, {"_schema": [str(error)]}) from error
    if again != fact:
        raise MalformedFact(fact.type, {"_schema": ["does not read back as it was written"]})
    return data


def load(name: str, data: dict[str, Any]) -> Fact:
    """Return the fact called ``name``, an old version brought to the newest by its upcasts.

    Raises UnknownFact for a name not in the catalogue, MalformedFact for data off its shape.
    """
    shape, newest = _newest(name, data)
    problems = schema(shape).validate(newest)
    if problems:
        raise MalformedFact(name, dict(problems))
    return _read(shape, newest)


def recall(name: str, data: dict[str, Any]) -> Fact:
    """Return a fact that stands on the ledger, as `load` does but without checking it again.

    Its data was checked when it was written and cannot have changed; thousands are read a second.
    """
    return _read(*_newest(name, data))


def _newest(name: str, data: dict[str, Any]) -> tuple[type[Fact], dict[str, Any]]:
    entry = CATALOGUE.get(name)
    if entry is None:
        raise UnknownFact(name)
    if entry.successor is not None and entry.upcast is not None:
        return _newest(entry.successor, entry.upcast(data))
    return entry.shape, data


# How a JSON value becomes what a field holds; types not listed are JSON's own.
# All facts of a race name the same race: an id that was read a moment ago is not read again.
_READERS: dict[Any, Callable[[Any], Any]] = {
    UUID: lru_cache(maxsize=1024)(UUID),
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}
_READ: dict[type[Fact], tuple[tuple[str, Callable[[Any], Any] | None], ...]] = {}


def _read(shape: type[Fact], data: dict[str, Any]) -> Fact:
    plan = _READ.get(shape)
    if plan is None:
        hints = typing.get_type_hints(shape)
        names = [one.name for one in fields(shape)]  # type: ignore[arg-type]  # every shape is made a dataclass by @fact
        plan = _READ.setdefault(shape, tuple((name, _reader(hints[name])) for name in names))
    return shape(
        **{
            name: data[name] if read is None or data[name] is None else read(data[name])
            for name, read in plan
        }
    )


def _reader(annotation: Any) -> Callable[[Any], Any] | None:
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        return _reader(next(one for one in inner if one is not type(None)))
    if origin is tuple:
        each = _reader(inner[0])
        return tuple if each is None else lambda values: tuple(each(one) for one in values)
    if origin is dict:
        value = _reader(inner[1])
        return (
            None if value is None else lambda held: {key: value(one) for key, one in held.items()}
        )
    return _READERS.get(annotation)
