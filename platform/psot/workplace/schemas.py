"""What a page may send: an action of a run, a stretch of the way walked."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

from psot.workplace.errors import BadAction

LONGEST_NAME = 60
MOST_NAMES = 60
LONGEST_WAIT_MIN = 1_440
MOST_POINTS = 600
"""Points of the way in one message: five minutes of two a second."""
FARTHEST_M = 10_000
LONGEST_MS = 90 * 24 * 3600 * 1000


def _name() -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))


def _names() -> fields.List[Any]:
    each = fields.String(validate=validate.Length(min=1, max=LONGEST_NAME))
    return fields.List(each, required=True, validate=validate.Length(max=MOST_NAMES))


_SHAPES: Mapping[str, Mapping[str, Any]] = {
    "look": {"object": _name()},
    "report": {"object": _name()},
    "assess": {"object": _name(), "hazard_kind": _name(), "control": _name()},
    "step": {
        "procedure": _name(),
        "step": _name(),
        "by": fields.String(validate=validate.Length(max=LONGEST_NAME)),
    },
    "wait": {
        "minutes": fields.Integer(
            required=True, strict=True, validate=validate.Range(min=1, max=LONGEST_WAIT_MIN)
        )
    },
    "wear": {"ppe": _name(), "items": _names()},
    "measure": {"measurement": _name(), "instrument": _name()},
    "conclude": {
        "measurement": _name(),
        "verdict": fields.String(required=True, validate=validate.OneOf(("safe", "unsafe"))),
    },
    "mark": {"document": _name(), "fields": _names()},
    "decide": {
        "decision": _name(),
        # Without an option: the time to decide is over.
        "option": fields.String(required=True, validate=validate.Length(max=LONGEST_NAME)),
    },
    "hint": {},
    "finish": {},
}
_ACTIONS: Mapping[str, Schema] = {
    kind: Schema.from_dict(
        # A field called "fields" would hide the schema's own: it goes by another name inside.
        {
            ("fields_" if name == "fields" else name): field
            for name, field in {"kind": _name(), **shape}.items()
        },
        name=f"{kind.title()}Action",
    )(unknown=RAISE)
    for kind, shape in _SHAPES.items()
}
"""Each kind of action with what it says; see ``Action`` of the front end's types.ts."""


class SentSchema(Schema):
    """An action with its number."""

    nth = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=100_000))
    action = fields.Dict(required=True)


def read_sent(told: object) -> tuple[int, dict[str, Any]]:
    """Return number and action of what a page sent. Raises BadAction."""
    try:
        sent = SentSchema(unknown=RAISE).load(told if isinstance(told, dict) else {})
    except ValidationError as error:
        raise _bad(error) from error
    return sent["nth"], read_action(sent["action"])


def read_action(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return an action that has exactly what its kind asks for. Raises BadAction."""
    schema = _ACTIONS.get(str(told.get("kind", "")))
    if schema is None:
        raise BadAction(_("This is no action."), fields={"kind": ["unknown"]})
    renamed = {("fields_" if name == "fields" else name): value for name, value in told.items()}
    try:
        read = schema.load(renamed)
    except ValidationError as error:
        raise _bad(error) from error
    return {("fields" if name == "fields_" else name): value for name, value in read.items()}


class ControlSchema(Schema):
    """What a trainer changes of a class."""

    paused = fields.Boolean()
    point = fields.String(validate=validate.Length(max=LONGEST_NAME))
    closed = fields.Boolean()


def read_control(told: object) -> dict[str, Any]:
    """Return what a trainer changes, a part of ``Control``. Raises BadAction."""
    if not isinstance(told, Mapping):
        raise BadAction(_("This is no action."))
    try:
        read: dict[str, Any] = ControlSchema(unknown=EXCLUDE).load(dict(told))
    except ValidationError as error:
        raise _bad(error) from error
    return read


def read_path(told: object) -> list[list[float]]:
    """Return the points of a way, each [at_ms, x, z, heading_deg]. Raises BadAction."""
    if not isinstance(told, list) or len(told) > MOST_POINTS:
        raise BadAction(_("This is no way."))
    return [_point(one) for one in told]


def _point(one: object) -> list[float]:
    numbers = one if isinstance(one, list) and len(one) == 4 else []  # noqa: PLR2004 - see above
    if not numbers or any(isinstance(n, bool) or not isinstance(n, int | float) for n in numbers):
        raise BadAction(_("This is no way."))
    at_ms, x, z, heading = numbers
    if not 0 <= at_ms <= LONGEST_MS or not all(abs(n) <= FARTHEST_M for n in (x, z, heading)):
        raise BadAction(_("This is no way."))
    return [int(at_ms), round(x, 2), round(z, 2), round(heading)]


def _bad(error: ValidationError) -> BadAction:
    told = error.messages if isinstance(error.messages, dict) else {"action": error.messages}
    plain = {
        str(name): [str(one) for one in (what if isinstance(what, list) else [what])]
        for name, what in told.items()
    }
    return BadAction(_("This is no action."), fields=plain)
