"""The shapes of a run's statements, as xAPI 1.0.3 names their parts."""

from marshmallow import Schema, fields, validate

from psot.api.schemas.shape import PageQuery, told
from psot.api.words import N_
from psot.workplace.statements import VERBS


class AccountSchema(Schema):
    """An account of this house: the member's random number, never a name."""

    homePage = fields.String(required=True)  # noqa: N815 - named by xAPI
    name = fields.String(required=True)


class ActorSchema(Schema):
    """Who did it."""

    objectType = fields.String(required=True)  # noqa: N815 - named by xAPI
    account = fields.Nested(AccountSchema, required=True)


class VerbSchema(Schema):
    """What happened."""

    id = fields.String(required=True, validate=validate.OneOf(sorted(VERBS.values())))
    display = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class DefinitionSchema(Schema):
    """What kind of activity it is."""

    type = fields.String(required=True)


class ActivitySchema(Schema):
    """The scenario."""

    objectType = fields.String(required=True)  # noqa: N815 - named by xAPI
    id = fields.String(required=True, metadata=told(N_("The address of the scenario.")))
    definition = fields.Nested(DefinitionSchema, required=True)


class ContextSchema(Schema):
    """In which run it happened."""

    registration = fields.UUID(required=True, metadata=told(N_("The run.")))
    platform = fields.String(required=True)
    extensions = fields.Dict(
        keys=fields.String(),
        metadata=told(N_("Of a start its mode, version and number; of an action what was done.")),
    )


class ScoreSchema(Schema):
    """What the run is worth."""

    scaled = fields.Float(required=True, metadata=told(N_("From 0 to 1.")))


class EndSchema(Schema):
    """What came of the run."""

    score = fields.Nested(ScoreSchema, required=True)
    completion = fields.Boolean(required=True)
    success = fields.Boolean(required=True)
    duration = fields.String(required=True, metadata=told(N_("ISO 8601, to a hundredth second.")))


class StatementSchema(Schema):
    """One statement; the same fact always has the same `id`."""

    id = fields.UUID(required=True)
    actor = fields.Nested(ActorSchema, required=True)
    verb = fields.Nested(VerbSchema, required=True)
    object = fields.Nested(ActivitySchema, required=True)
    result = fields.Nested(EndSchema, metadata=told(N_("Of the end of a run only.")))
    context = fields.Nested(ContextSchema, required=True)
    timestamp = fields.String(required=True, metadata=told(N_("ISO 8601, with its offset.")))
    version = fields.String(required=True)


class StatementsSchema(Schema):
    """A stretch of a run, in the order in which it happened."""

    statements = fields.List(fields.Nested(StatementSchema), required=True)
    more = fields.String(
        required=True, metadata=told(N_("Where the rest is, on this host; empty at the end."))
    )


class StatementsQuery(PageQuery):
    """From where on, and how much at once."""

    cursor = fields.String(
        load_default="0",
        validate=validate.Regexp(r"^[0-9]{1,6}\Z"),
        metadata=told(N_("Where to go on: as `more` says it.")),
    )
