"""The shapes of published quizzes."""

from marshmallow import Schema, fields, validate

from psot.api.schemas.shape import NAME, NamesSchema, PageQuery, told
from psot.api.words import N_
from psot.learning.modes import Mode

PPM = 1_000_000


class QuizSchema(Schema):
    """A published quiz, with what the caller has done in it."""

    slug = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.Nested(NamesSchema, required=True)
    intro = fields.Nested(NamesSchema, required=True)
    topic = fields.String(required=True, allow_none=True)
    questions = fields.Integer(required=True, metadata=told(N_("How many questions it asks.")))
    mode = fields.String(required=True, metadata={"enum": list(Mode)})
    time_limit_s = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("Null where there is no limit."))
    )
    pass_ppm = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("The mark to reach, in millionths."))
    )
    published_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata=told(N_("Null for the sets that every topic has.")),
    )
    open_attempt = fields.UUID(
        required=True, allow_none=True, metadata=told(N_("The caller's unfinished attempt."))
    )
    attempts = fields.Integer(
        required=True, metadata=told(N_("Attempts that the caller has finished."))
    )
    best_ppm = fields.Integer(
        required=True,
        allow_none=True,
        validate=validate.Range(min=0, max=PPM),
        metadata=told(N_("The caller's best score, in millionths.")),
    )


class QuizzesPage(Schema):
    """One page of quizzes."""

    items = fields.List(fields.Nested(QuizSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )


class QuizzesQuery(PageQuery):
    """Which quizzes, and from where on."""

    cursor = fields.String(
        validate=validate.Regexp(NAME),
        metadata=told(N_("Where to go on: `next` of the page before.")),
    )
    topic = fields.String(
        validate=validate.Regexp(NAME), metadata=told(N_("Only quizzes of this topic."))
    )
