"""The shapes of attempts, questions and answers; the key comes only with a stored answer."""

from marshmallow import Schema, fields, validate

from psot.api.schemas.shape import NAME, told
from psot.api.words import N_

MOST_CHOSEN = 20


class OptionSchema(Schema):
    """One possible answer."""

    id = fields.String(required=True)
    text = fields.String(required=True)


class PublicQuestionSchema(Schema):
    """A question as it is before it is answered: it has no place for the key."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    kind = fields.String(required=True, metadata=told(N_("`single` or `multiple` choice.")))
    topic = fields.String(required=True)
    difficulty = fields.Integer(required=True, metadata=told(N_("1 easy, 2 medium, 3 hard.")))
    text = fields.String(required=True)
    options = fields.List(fields.Nested(OptionSchema), required=True)


class ShownSchema(Schema):
    """The question to answer now."""

    position = fields.Integer(required=True, metadata=told(N_("Its number, from 1.")))
    of = fields.Integer(required=True, metadata=told(N_("How many there are.")))
    shown_at = fields.AwareDateTime(
        required=True, metadata=told(N_("When it was shown first: the time runs from here."))
    )
    question = fields.Nested(PublicQuestionSchema, required=True)


class SourceSchema(Schema):
    """Where the right answer comes from."""

    act = fields.String(required=True)
    ref = fields.String(required=True)
    urls = fields.List(fields.String(), required=True)
    as_of = fields.Date(required=True, metadata=told(N_("When it was last checked.")))


class AnsweredSchema(Schema):
    """An answer as it stands, with what is right and why."""

    position = fields.Integer(required=True, metadata=told(N_("Its number, from 1.")))
    question = fields.String(required=True)
    chosen = fields.List(fields.String(), required=True)
    score_ppm = fields.Integer(required=True, metadata=told(N_("Score in millionths.")))
    response_ms = fields.Integer(
        required=True, metadata=told(N_("Time from showing to receiving, in ms."))
    )
    answered_at = fields.AwareDateTime(required=True)
    correct = fields.List(fields.String(), required=True)
    explanation = fields.String(required=True)
    source = fields.Nested(SourceSchema, required=True)


class AttemptSchema(Schema):
    """An attempt of the caller: what is answered, and the question that is next."""

    id = fields.UUID(required=True)
    quiz = fields.String(required=True)
    quiz_version = fields.Integer(required=True)
    number = fields.Integer(
        required=True, metadata=told(N_("Which attempt of the caller at this quiz, from 1."))
    )
    started_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    score_ppm = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("Score in millionths."))
    )
    answers = fields.List(fields.Nested(AnsweredSchema), required=True)
    current = fields.Nested(
        ShownSchema,
        required=True,
        allow_none=True,
        metadata=told(N_("The question to answer now; null when all are answered.")),
    )


class AnswerBody(Schema):
    """An answer to the question shown."""

    question = fields.String(
        required=True,
        validate=validate.Regexp(NAME),
        metadata=told(N_("Id of the question shown.")),
    )
    chosen = fields.List(
        fields.String(validate=validate.Regexp(NAME)),
        required=True,
        validate=validate.Length(min=1, max=MOST_CHOSEN),
        metadata=told(N_("Ids of the options chosen.")),
    )
