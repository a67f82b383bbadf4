"""The shapes of races: lists, one race, registrations, start lists."""

from marshmallow import Schema, fields, validate

from psot.api.schemas.shape import PageQuery, told
from psot.api.words import N_
from psot.races.stages import SHOWN, Stage
from psot.races.values import EMPLOYERS, EXPERIENCES
from scoring.biathlon import format_names

HEX = r"^[0-9a-f]{32}$"
STAGES = sorted(SHOWN, key=list(Stage).index)


class RegistrationSchema(Schema):
    """The caller's registration."""

    registered_at = fields.AwareDateTime(required=True)
    region = fields.String(required=True, metadata=told(N_("Code of the region.")))
    experience = fields.String(required=True, validate=validate.OneOf(EXPERIENCES))
    employer = fields.String(
        required=True, metadata=told(N_("Type of employer; empty where it is not told."))
    )
    time_percent = fields.Integer(
        required=True, metadata=told(N_("Time for shots, in per cent of the usual."))
    )
    bib = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("Null until the start list is made."))
    )
    team = fields.String(required=True, allow_none=True, metadata=told(N_("Of a relay.")))


class ClassSchema(Schema):
    """A class with a board of its own."""

    code = fields.String(required=True)
    title = fields.String(required=True)


class RaceSchema(Schema):
    """A race as it stands, with the caller's registration."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    format = fields.String(required=True, validate=validate.OneOf(format_names()))
    stage = fields.String(required=True, validate=validate.OneOf([*Stage]))
    public = fields.Boolean(
        required=True, metadata=told(N_("Whether everybody may watch, or members only."))
    )
    season = fields.String(required=True)
    timezone = fields.String(required=True, metadata=told(N_("IANA name of the time zone.")))
    registers_at = fields.AwareDateTime(required=True, allow_none=True)
    zeroes_at = fields.AwareDateTime(required=True, allow_none=True)
    starts_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata=told(N_("Null where the start is by hand."))
    )
    closes_at = fields.AwareDateTime(required=True, allow_none=True)
    zero_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata=told(N_("The race's zero, once it has started."))
    )
    entered = fields.Integer(required=True, metadata=told(N_("How many are registered.")))
    registration = fields.Nested(
        RegistrationSchema,
        required=True,
        allow_none=True,
        metadata=told(N_("The caller's; null without one.")),
    )


class WholeRaceSchema(RaceSchema):
    """A race with its rules and what it committed to."""

    options = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata=told(N_("Numbers of the format that differ here.")),
    )
    classes = fields.List(fields.Nested(ClassSchema), required=True)
    secret_sha256 = fields.String(
        required=True, metadata=told(N_("Empty until the draw is committed to."))
    )
    questions_sha256 = fields.String(required=True)
    rules_sha256 = fields.String(required=True)


class RacesPage(Schema):
    """One page of races."""

    items = fields.List(fields.Nested(RaceSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )


class RacesQuery(PageQuery):
    """Which races, and from where on."""

    cursor = fields.String(
        validate=validate.Regexp(HEX),
        metadata=told(N_("Where to go on: `next` of the page before.")),
    )
    stage = fields.String(
        validate=validate.OneOf(STAGES), metadata=told(N_("Only races at this stage."))
    )
    format = fields.String(
        validate=validate.OneOf(format_names()), metadata=told(N_("Only races of this format."))
    )
    season = fields.String(
        validate=validate.Regexp(r"^[^\x00-\x1f]{1,40}$"),
        metadata=told(N_("Only races of this season.")),
    )


class RegistrationBody(Schema):
    """What a racer tells at the registration; the region is the member's."""

    experience = fields.String(required=True, validate=validate.OneOf(EXPERIENCES))
    employer = fields.String(
        load_default="",
        validate=validate.OneOf(["", *EMPLOYERS]),
        metadata=told(N_("Type of employer; empty where it is not told.")),
    )


class WithdrawnSchema(Schema):
    """What a withdrawal did."""

    race = fields.UUID(required=True)
    registration = fields.Nested(RegistrationSchema, required=True, allow_none=True)


class StartSchema(Schema):
    """One leg of a racer."""

    leg = fields.Integer(required=True)
    start_ms = fields.Integer(
        required=True,
        allow_none=True,
        metadata=told(N_("After the race's zero; null for a leg that starts at the exchange.")),
    )


class StarterSchema(Schema):
    """A racer on the start list."""

    bib = fields.Integer(required=True)
    name = fields.String(required=True, metadata=told(N_("The name that others see.")))
    region = fields.String(required=True, metadata=told(N_("Code of the region.")))
    team = fields.String(required=True, allow_none=True, metadata=told(N_("Of a relay.")))
    starts = fields.List(fields.Nested(StartSchema), required=True)


class StartListPage(Schema):
    """One page of a start list, by bib."""

    items = fields.List(fields.Nested(StarterSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )
    total = fields.Integer(required=True, metadata=told(N_("How many are on the list.")))


class StartListQuery(PageQuery):
    """From where on."""

    cursor = fields.String(
        validate=validate.Regexp(r"^[0-9]{1,6}$"),
        metadata=told(N_("Where to go on: `next` of the page before.")),
    )
