"""The shapes of a racer's calls: what is sent, and where the racer is."""

from marshmallow import Schema, fields, validate

from psot.api.schemas.attempts import OptionSchema
from psot.api.schemas.ledger import Whole
from psot.api.schemas.shape import told
from psot.api.words import N_

_TOKEN = validate.Length(min=1, max=64)


class LookBody(Schema):
    """Which seat looks."""

    seat = fields.String(
        required=True, validate=_TOKEN, metadata=told(N_("The seat that entering gave."))
    )
    probe = fields.String(
        load_default="",
        validate=validate.Length(max=64),
        metadata=told(N_("The probe of the last situation, sent back at once.")),
    )


class RaceAnswerBody(LookBody):
    """An answer to the task shown."""

    task = Whole(
        required=True,
        validate=validate.Range(min=1, max=10_000),
        metadata=told(N_("Number of the task.")),
    )
    option = fields.String(
        required=True, validate=_TOKEN, metadata=told(N_("Id of the option, as shown."))
    )


class EnterBody(Schema):
    """Nothing is needed to enter."""


class WordsSchema(Schema):
    """A text in both languages."""

    ru = fields.String(required=True)
    en = fields.String(required=True)


class MemoSchema(Schema):
    """What is read while being held."""

    title = fields.Nested(WordsSchema, required=True)
    text = fields.Nested(WordsSchema, required=True)


class HoldSchema(Schema):
    """Why the racer waits, and until when."""

    kind = fields.String(required=True, validate=validate.OneOf(["fall", "reload", "loop"]))
    from_ms = fields.Integer(required=True)
    until_ms = fields.Integer(required=True)
    loops_left = fields.Integer(required=True)
    topic = fields.String(required=True, allow_none=True)
    memo = fields.Nested(MemoSchema, required=True, allow_none=True)


class TaskSchema(Schema):
    """What is asked now."""

    number = fields.Integer(required=True)
    kind = fields.String(
        required=True,
        validate=validate.OneOf(["station", "P", "S"]),
        metadata=told(N_("A station, or a shot prone (P) or standing (S).")),
    )
    topic = fields.String(required=True)
    topic_name = fields.Nested(WordsSchema, required=True, allow_none=True)
    text = fields.String(required=True)
    options = fields.List(fields.Nested(OptionSchema), required=True)
    shown_ms = fields.Integer(required=True)
    limit_ms = fields.Integer(required=True, allow_none=True)
    due_ms = fields.Integer(
        required=True,
        allow_none=True,
        metadata=told(N_("When an answer comes too late, the allowance in it.")),
    )


class LastSchema(Schema):
    """The task just answered."""

    task = fields.Integer(required=True)
    outcome = fields.String(required=True)


class OwnSplitSchema(Schema):
    """A point passed."""

    leg = fields.Integer(required=True)
    point = fields.String(required=True)
    t_ms = fields.Integer(required=True)
    run_ms = fields.Integer(required=True)


class SituationSchema(Schema):
    """Where a racer is. Moments are milliseconds of the epoch on the server's clock."""

    race = fields.UUID(required=True)
    bib = fields.Integer(required=True)
    seat_no = fields.Integer(required=True)
    stage = fields.String(required=True)
    now_ms = fields.Integer(required=True)
    zero_ms = fields.Integer(required=True, allow_none=True)
    start_ms = fields.Integer(required=True, allow_none=True)
    state = fields.String(required=True)
    out = fields.Boolean(required=True)
    lap = fields.Integer(required=True)
    laps = fields.Integer(required=True)
    leg = fields.Integer(required=True)
    legs = fields.Integer(required=True)
    bout = fields.Integer(required=True)
    bouts = fields.Integer(required=True)
    position = fields.String(required=True, allow_none=True)
    station = fields.Integer(required=True)
    stations = fields.Integer(required=True)
    falls = fields.Integer(required=True)
    falls_most = fields.Integer(required=True)
    targets = fields.List(fields.String(), required=True)
    spares_left = fields.Integer(required=True)
    shootings = fields.String(required=True)
    hold = fields.Nested(HoldSchema, required=True, allow_none=True)
    task = fields.Nested(TaskSchema, required=True, allow_none=True)
    last = fields.Nested(LastSchema, required=True, allow_none=True)
    splits = fields.List(fields.Nested(OwnSplitSchema), required=True)
    finish_ms = fields.Integer(required=True, allow_none=True)
    total_ms = fields.Integer(required=True, allow_none=True)
    penalty_ms = fields.Integer(required=True)
    probe = fields.String(
        required=True, metadata=told(N_("Send it back at once: so the round trip is measured."))
    )
    rtt_ms = fields.Integer(required=True, allow_none=True)
    allowance_ms = fields.Integer(required=True)
    closed = fields.Boolean(required=True)


class EnteredSchema(Schema):
    """A seat, and where the racer is."""

    seat = fields.String(required=True)
    situation = fields.Nested(SituationSchema, required=True)


class LookedSchema(Schema):
    """Where the racer is."""

    situation = fields.Nested(SituationSchema, required=True)


class RaceAnsweredSchema(Schema):
    """What an answer came to; a late one is a miss."""

    outcome = fields.String(required=True, validate=validate.OneOf(["right", "wrong", "late"]))
    repeated = fields.Boolean(
        required=True, metadata=told(N_("Whether the same answer was there before."))
    )
    situation = fields.Nested(SituationSchema, required=True)
