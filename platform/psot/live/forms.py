"""What plainly fits a schema is read by a short way; all else its schema reads and judges.

Nearly all that clients send fits, and a schema that asks each field about defaults, hooks and
errors takes several times as long as the values need. What is known of a field is its exact class;
a schema with a field of another class, with a hook or with an unusual field has no short way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, missing

Take = Callable[[Any], Any]

_KINDS: Final[Mapping[type[fields.Field[Any]], tuple[type, Take | None]]] = {
    fields.String: (str, None),
    fields.Integer: (int, None),
    fields.UUID: (str, UUID),
}
"""For each known class of field: the type its value has in JSON, and what makes the value of it."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A field whose values are known."""

    sent: type
    make: Take | None
    checks: Sequence[Take]


class Form:
    """A schema that reads what clients send."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._known = _known(schema)
        self._defaults = {
            name: field.load_default
            for name, field in schema.load_fields.items()
            if field.load_default is not missing
        }

    def load(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Return what ``sent`` says, as the schema would. Raises ValidationError as the schema."""
        loaded = self._plain(sent) if self._known else None
        if loaded is None:
            loaded = self._schema.load(sent)
        return loaded

    def _plain(self, sent: Mapping[str, Any]) -> dict[str, Any] | None:
        loaded = self._defaults.copy()
        try:
            for name, value in sent.items():
                field = self._known[name]
                if type(value) is not field.sent:
                    return None
                made = value if field.make is None else field.make(value)
                for check in field.checks:
                    check(made)
                loaded[name] = made
        except (KeyError, ValueError, ValidationError):
            return None
        return loaded if len(loaded) == len(self._known) else None


def _known(schema: Schema) -> dict[str, _Known]:
    """Return the fields of ``schema``, none where one of them, or the schema, is not plain."""
    if any(type(schema).resolve_hooks().values()):
        return {}
    found = {}
    for name, field in schema.load_fields.items():
        kind = _KINDS.get(type(field))
        if kind is None or not _is_plain(field):
            return {}
        found[name] = _Known(*kind, field.validators)
    return found


def _is_plain(field: fields.Field[Any]) -> bool:
    return (
        not callable(field.load_default)
        and field.data_key is None
        and field.attribute is None
        and not field.pre_load
        and not field.post_load
    )
