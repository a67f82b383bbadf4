"""The shapes of attempts, questions and answers; the key comes only with a stored answer."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from psot.api.schemas.shape import NAME, told
from psot.api.words import N_
from psot.learning.modes import Mode

KINDS = (
    "single",
    "multiple",
    "truefalse",
    "matching",
    "ordering",
    "numeric",
    "text",
    "cloze",
    "hotspot",
    "case",
)
MOST_PARTS = 200
DEEPEST = 4
LONGEST_TEXT = 2000


class OptionSchema(Schema):
    """One possible answer."""

    id = fields.String(required=True)
    text = fields.String(required=True)


class PictureSchema(Schema):
    """A picture that belongs to a question."""

    file = fields.String(required=True)
    alt = fields.String(required=True, metadata=told(N_("What it shows, in words.")))


class PublicQuestionSchema(Schema):
    """A question as it is before it is answered: it has no place for the key."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    kind = fields.String(
        required=True,
        metadata=told(N_("One of ten kinds: it says what `form` holds and `response` takes."))
        | {"enum": list(KINDS)},
    )
    topic = fields.String(required=True)
    difficulty = fields.Integer(required=True, metadata=told(N_("1 easy, 2 medium, 3 hard.")))
    text = fields.String(required=True)
    picture = fields.Nested(PictureSchema, required=True, allow_none=True)
    options = fields.List(
        fields.Nested(OptionSchema),
        required=True,
        metadata=told(N_("Of the kinds answered by choosing; empty for the others.")),
    )
    form = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata=told(N_("What is asked, by kind, in the order shown.")),
    )


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
    """An answer as it stands. In a check what is right and why is null until its end."""

    position = fields.Integer(required=True, metadata=told(N_("Its number, from 1.")))
    question = fields.String(required=True)
    response = fields.Raw(required=True, metadata=told(N_("What was answered, by kind.")))
    response_ms = fields.Integer(
        required=True, metadata=told(N_("Time from showing to receiving, in ms."))
    )
    answered_at = fields.AwareDateTime(required=True)
    score_ppm = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("Score in millionths."))
    )
    parts = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        allow_none=True,
        metadata=told(N_("Score of each part in millionths, where a question has parts.")),
    )
    solution = fields.Raw(
        required=True, allow_none=True, metadata=told(N_("A response that earns everything."))
    )
    solution_text = fields.List(fields.String(), required=True, allow_none=True)
    explanation = fields.String(required=True, allow_none=True)
    why = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        allow_none=True,
        metadata=told(N_("Explanations of single options, by their ids.")),
    )
    source = fields.Nested(SourceSchema, required=True, allow_none=True)


class AttemptSchema(Schema):
    """An attempt of the caller: what is answered, and the question that is next."""

    id = fields.UUID(required=True)
    quiz = fields.String(required=True)
    quiz_version = fields.Integer(required=True)
    mode = fields.String(
        required=True,
        metadata=told(N_("In a check and a placement nothing is told before the end."))
        | {"enum": list(Mode)},
    )
    number = fields.Integer(
        required=True, metadata=told(N_("Which attempt of the caller at this quiz, from 1."))
    )
    questions = fields.Integer(required=True, metadata=told(N_("How many questions it has.")))
    started_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata=told(N_("End of the time by the server's clock; null where there is no limit.")),
    )
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    score_ppm = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("Score in millionths."))
    )
    passed = fields.Boolean(
        required=True,
        allow_none=True,
        metadata=told(N_("Whether the mark was reached; null where there is none yet.")),
    )
    answers = fields.List(fields.Nested(AnsweredSchema), required=True)
    current = fields.Nested(
        ShownSchema,
        required=True,
        allow_none=True,
        metadata=told(N_("The question to answer now; null when all are answered.")),
    )


class StartBody(Schema):
    """Which set to begin: a practice or a check of a topic, or a placement over all topics."""

    mode = fields.String(
        required=True, validate=validate.OneOf([Mode.PRACTICE, Mode.CHECK, Mode.PLACEMENT])
    )
    topic = fields.String(
        validate=validate.Regexp(NAME),
        metadata=told(N_("Of a practice and a check; a placement is over all topics.")),
    )


class Answer(fields.Field[Any]):
    """JSON of the shape that the kind of question asks for, within limits."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, str | list | dict):
            raise ValidationError("Must be a text, a list or an object.")
        if _size(value) > MOST_PARTS:
            raise ValidationError("It has too many parts.")
        return value


def _size(value: Any, depth: int = 0) -> int:
    """Return how many texts and numbers are in ``value``; too many where it is too deep."""
    if depth > DEEPEST:
        return MOST_PARTS + 1
    if isinstance(value, list | dict):
        inside = value.values() if isinstance(value, dict) else value
        return 1 + sum(_size(one, depth + 1) for one in inside)
    return 1 + (len(value) // LONGEST_TEXT) * MOST_PARTS if isinstance(value, str) else 1


class AnswerBody(Schema):
    """An answer to the question shown."""

    question = fields.String(
        required=True,
        validate=validate.Regexp(NAME),
        metadata=told(N_("Id of the question shown.")),
    )
    response = Answer(
        required=True,
        metadata=told(
            N_(
                'By kind: `["a"]` single, truefalse (`["true"]`); `["a", "c"]` multiple;'
                ' `{"1": "a"}` matching, cloze; `["c", "a", "b"]` ordering;'
                ' `{"value": "12,5", "unit": "м"}` numeric; `"text"` text;'
                ' `{"areas": ["a"]}` or `{"points": [[500, 250]]}` hotspot;'
                ' `{"p1": ...}` case.'
            )
        )
        | {"type": ["string", "array", "object"]},
    )
