"""The shapes of the ledger's state."""

from typing import Any

from marshmallow import Schema, fields, validate

from psot.api.schemas.shape import NAME, told
from psot.api.words import N_

LARGEST_SEQ = 2**63 - 1
MOST_SEQS = 1000


class LagSchema(Schema):
    """How far a projection is behind."""

    projection = fields.String(required=True)
    version = fields.Integer(required=True)
    waiting = fields.Integer(required=True, metadata=told(N_("Facts not folded yet.")))
    oldest_s = fields.Float(required=True, metadata=told(N_("Age of the oldest of them, in s.")))
    dead = fields.Integer(required=True, metadata=told(N_("Dead letters.")))
    stopped_at = fields.AwareDateTime(required=True, allow_none=True)
    stopped_because = fields.String(required=True)


class QueueSchema(Schema):
    """What waits for the workers."""

    name = fields.String(required=True)
    waiting = fields.Integer(required=True, metadata=told(N_("Jobs waiting.")))
    oldest_s = fields.Float(required=True, metadata=told(N_("Age of the oldest of them, in s.")))
    failed = fields.Integer(required=True, metadata=told(N_("Jobs that failed.")))
    workers = fields.Integer(required=True, metadata=told(N_("Workers listening.")))


class DeadLetterSchema(Schema):
    """A fact that failed its last try for one projection."""

    projection = fields.String(required=True)
    seq = fields.Integer(required=True, metadata=told(N_("Number of the fact on the ledger.")))
    type = fields.String(required=True)
    key = fields.String(required=True)
    error = fields.String(required=True)
    died_at = fields.AwareDateTime(required=True)


class LedgerSchema(Schema):
    """The ledger at a glance."""

    facts = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata=told(N_("Facts by type.")),
    )
    projections = fields.List(fields.Nested(LagSchema), required=True)
    queues = fields.List(
        fields.Nested(QueueSchema),
        required=True,
        allow_none=True,
        metadata=told(N_("Null while Redis does not answer.")),
    )
    dead_letters = fields.List(
        fields.Nested(DeadLetterSchema),
        required=True,
        metadata=told(N_("The newest hundred.")),
    )


class Whole(fields.Integer):
    """A whole number as JSON means it: 7.0 is one, "7" and 7.5 are none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strict=True, **kwargs)

    def _validated(self, value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return super()._validated(value)


class ReplayBody(Schema):
    """Which dead letters to open again."""

    projection = fields.String(required=True, validate=validate.Regexp(NAME))
    seqs = fields.List(
        Whole(validate=validate.Range(min=1, max=LARGEST_SEQ)),
        validate=validate.Length(min=1, max=MOST_SEQS),
        metadata=told(N_("Numbers of the facts; left out: all of the projection.")),
    )


class ReplayedSchema(Schema):
    """What a replay did."""

    opened = fields.Integer(required=True, metadata=told(N_("Dead letters opened again.")))
