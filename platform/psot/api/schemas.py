"""The shapes that go in and out. Unknown fields are refused; every figure names its unit."""

from marshmallow import Schema, fields, validate

from psot.api.paging import HIGHEST_LIMIT, STANDARD_LIMIT
from psot.api.words import N_

# What an id of ours may look like; anything else would be looked up in vain.
NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
LARGEST_SEQ = 2**63 - 1
PPM = 1_000_000
PPB = 1_000_000_000
MOST_CHOSEN = 20
MOST_SEQS = 1000


def told(text: str) -> dict[str, str]:
    """Return the metadata that describes a field."""
    return {"description": text}


class ErrorBody(Schema):
    """What went wrong."""

    code = fields.String(required=True, metadata=told(N_("Stable name of the error.")))
    message = fields.String(required=True, metadata=told(N_("A sentence for people.")))
    request_id = fields.String(required=True, metadata=told(N_("What to tell support.")))
    problems = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        data_key="fields",
        metadata=told(N_("What does not fit, by field.")),
    )
    subject = fields.String(metadata=told(N_("What it is about.")))


class ErrorSchema(Schema):
    """The one shape of every error."""

    error = fields.Nested(ErrorBody, required=True)


class NamesSchema(Schema):
    """A text in both languages."""

    ru = fields.String(required=True)
    en = fields.String(required=True)


class PageQuery(Schema):
    """How much of a list to give at once."""

    limit = fields.Integer(
        load_default=STANDARD_LIMIT,
        validate=validate.Range(min=1, max=HIGHEST_LIMIT),
        metadata=told(N_("Rows on a page.")),
    )


class MeSchema(Schema):
    """The member who calls."""

    id = fields.UUID(required=True, metadata=told(N_("Random id of the member.")))
    public_name = fields.String(required=True, metadata=told(N_("The name that others see.")))
    roles = fields.List(fields.String(), required=True)
    region = fields.String(required=True, metadata=told(N_("Code of the region.")))
    language = fields.String(required=True, validate=validate.OneOf(["ru", "en"]))
    timezone = fields.String(required=True, metadata=told(N_("IANA name of the time zone.")))
    scopes = fields.List(
        fields.String(),
        required=True,
        metadata=told(N_("What the token may do; empty for the session of a browser.")),
    )


class RegionSchema(Schema):
    """One of the 85 regions."""

    code = fields.String(required=True, metadata=told(N_("ISO 3166-2 code; never changes.")))
    name = fields.Nested(NamesSchema, required=True)
    federal_district = fields.Nested(NamesSchema, required=True)
    timezone = fields.String(required=True, metadata=told(N_("IANA name of the time zone.")))
    tile_row = fields.Integer(required=True, metadata=told(N_("Row on the tile map, from 0.")))
    tile_column = fields.Integer(
        required=True, metadata=told(N_("Column on the tile map, from 0."))
    )


class RegionsPage(Schema):
    """All regions on one page."""

    items = fields.List(fields.Nested(RegionSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )


class QuizSchema(Schema):
    """A published quiz, with what the caller has done in it."""

    slug = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.Nested(NamesSchema, required=True)
    intro = fields.Nested(NamesSchema, required=True)
    topic = fields.String(required=True, allow_none=True)
    questions = fields.Integer(required=True, metadata=told(N_("How many questions it asks.")))
    published_at = fields.AwareDateTime(required=True)
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


class MemberRatingSchema(Schema):
    """A member's place in a season."""

    rank = fields.Integer(
        required=True,
        allow_none=True,
        metadata=told(N_("One more than the members above; null until it is published.")),
    )
    member = fields.UUID(required=True, metadata=told(N_("Random id of the member.")))
    name = fields.String(required=True, metadata=told(N_("The name that others see.")))
    region = fields.String(required=True, metadata=told(N_("Code of the region.")))
    rating = fields.Integer(required=True, metadata=told(N_("Rating in whole points.")))
    rating_milli = fields.Integer(
        required=True, metadata=told(N_("Rating in thousandths of a point."))
    )
    activity_ppb = fields.Integer(required=True, metadata=told(N_("Activity in billionths.")))
    effectiveness_ppb = fields.Integer(
        required=True, metadata=told(N_("Effectiveness in billionths."))
    )


class NeighbourSchema(Schema):
    """A row near the caller's own."""

    rank = fields.Integer(required=True)
    member = fields.UUID(required=True, metadata=told(N_("Random id of the member.")))
    name = fields.String(required=True, metadata=told(N_("The name that others see.")))
    region = fields.String(required=True, metadata=told(N_("Code of the region.")))
    rating = fields.Integer(required=True, metadata=told(N_("Rating in whole points.")))


class OwnRatingSchema(MemberRatingSchema):
    """The caller's own place, with what it is made of and who is around."""

    minutes = fields.Integer(required=True, metadata=told(N_("Minutes credited this season.")))
    first_attempts = fields.Integer(
        required=True, metadata=told(N_("Questions answered for the first time."))
    )
    league = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("League, 1 is the highest."))
    )
    around = fields.List(fields.Nested(NeighbourSchema), required=True)


class MemberRatingsPage(Schema):
    """One page of a season's members, the highest rated first."""

    items = fields.List(fields.Nested(MemberRatingSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )
    total = fields.Integer(required=True, metadata=told(N_("How many members are rated.")))


class MemberRatingsQuery(PageQuery):
    """From where on."""

    cursor = fields.String(
        validate=validate.Regexp(r"^[0-9]{1,9}_[0-9a-f]{32}$"),
        metadata=told(N_("Where to go on: `next` of the page before.")),
    )


class RegionRatingSchema(Schema):
    """A region's place in a season."""

    rank = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("Null without anybody on the roster."))
    )
    region = fields.String(required=True, metadata=told(N_("Code of the region.")))
    score = fields.Integer(required=True, metadata=told(N_("Score in whole points.")))
    score_milli = fields.Integer(
        required=True, metadata=told(N_("Score in thousandths of a point."))
    )
    activity_ppb = fields.Integer(required=True, metadata=told(N_("Activity in billionths.")))
    effectiveness_ppb = fields.Integer(
        required=True, metadata=told(N_("Effectiveness in billionths."))
    )
    members = fields.Integer(required=True, metadata=told(N_("Members on the roster.")))
    active = fields.Integer(required=True, metadata=told(N_("Members who took part.")))
    coverage_ppm = fields.Integer(
        required=True, metadata=told(N_("Share of the roster that took part, in millionths."))
    )


class RegionRatingsPage(Schema):
    """All regions of a season, the highest score first."""

    items = fields.List(fields.Nested(RegionRatingSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )


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


class ReplayBody(Schema):
    """Which dead letters to open again."""

    projection = fields.String(required=True, validate=validate.Regexp(NAME))
    seqs = fields.List(
        fields.Integer(strict=True, validate=validate.Range(min=1, max=LARGEST_SEQ)),
        validate=validate.Length(min=1, max=MOST_SEQS),
        metadata=told(N_("Numbers of the facts; left out: all of the projection.")),
    )


class ReplayedSchema(Schema):
    """What a replay did."""

    opened = fields.Integer(required=True, metadata=told(N_("Dead letters opened again.")))
