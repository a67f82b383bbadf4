"""The shapes of results: a protocol with its splits, a table of a season."""

from marshmallow import Schema, fields, validate

from psot.api.schemas.shape import PageQuery, told
from psot.api.words import N_
from psot.races.stages import RESULTS, Stage
from psot.results.seasons import REGIONS, RELAYS, TOTAL
from psot.results.words import DISCIPLINES

TABLES = (TOTAL, *DISCIPLINES, RELAYS, REGIONS)


class SplitSchema(Schema):
    """A racer at a timing point."""

    point = fields.String(required=True, metadata=told(N_("Such as `lap2.range_exit`.")))
    t_ms = fields.Integer(required=True, metadata=told(N_("After the race's zero.")))
    run_ms = fields.Integer(
        required=True, metadata=told(N_("Since the own start, with the penalty time owed by then."))
    )
    rank = fields.Integer(required=True, allow_none=True)
    behind_ms = fields.Integer(required=True, allow_none=True)


class ResultSchema(Schema):
    """A racer on one leg, as in the protocol; every time in milliseconds."""

    rank = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("Of a relay among the same legs."))
    )
    bib = fields.Integer(required=True)
    leg = fields.Integer(required=True)
    name = fields.String(required=True, metadata=told(N_("The name that others see.")))
    region = fields.String(required=True, metadata=told(N_("Code of the region.")))
    team = fields.String(required=True, allow_none=True, metadata=told(N_("Of a relay.")))
    irm = fields.String(
        required=True, allow_none=True, metadata=told(N_("DNS, DNF, DSQ, LAP or null."))
    )
    shootings = fields.String(required=True, metadata=told(N_("Misses per bout, such as `0+1`.")))
    misses = fields.Integer(required=True)
    falls = fields.Integer(required=True)
    total_ms = fields.Integer(required=True, allow_none=True)
    behind_ms = fields.Integer(required=True, allow_none=True)
    penalty_ms = fields.Integer(required=True)
    adjust_ms = fields.Integer(required=True, metadata=told(N_("Added by the jury.")))
    points = fields.Integer(required=True)
    splits = fields.List(fields.Nested(SplitSchema), required=True)


class TeamResultSchema(Schema):
    """A relay team."""

    rank = fields.Integer(required=True, allow_none=True)
    team = fields.String(required=True)
    irm = fields.String(required=True, allow_none=True)
    shootings = fields.String(required=True)
    misses = fields.Integer(required=True)
    total_ms = fields.Integer(required=True, allow_none=True)
    behind_ms = fields.Integer(required=True, allow_none=True)
    points = fields.Integer(required=True)


class ProtocolPage(Schema):
    """One page of a protocol, in its order."""

    race = fields.UUID(required=True)
    stage = fields.String(required=True, validate=validate.OneOf(sorted(RESULTS)))
    sha256 = fields.String(
        required=True, metadata=told(N_("Of the canonical JSON that the file of the race gives."))
    )
    published_at = fields.AwareDateTime(required=True)
    teams = fields.List(
        fields.Nested(TeamResultSchema), required=True, metadata=told(N_("Of a relay."))
    )
    items = fields.List(fields.Nested(ResultSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )
    total = fields.Integer(required=True, metadata=told(N_("How many lines there are.")))


class ProtocolQuery(PageQuery):
    """Which protocol, and from where on."""

    cursor = fields.String(
        validate=validate.Regexp(r"^[0-9]{1,6}\Z"),
        metadata=told(N_("Where to go on: `next` of the page before.")),
    )
    stage = fields.String(
        validate=validate.OneOf(sorted(RESULTS, key=list(Stage).index)),
        metadata=told(N_("Which of the two protocols; the newest without it.")),
    )


class WonSchema(Schema):
    """What was won in one race of a season."""

    race = fields.UUID(required=True)
    rank = fields.Integer(required=True)
    points = fields.Integer(required=True)


class SeasonLineSchema(Schema):
    """A line of a season's table: a racer, or a region."""

    rank = fields.Integer(required=True)
    name = fields.String(
        required=True, metadata=told(N_("The name that others see; of a region its code."))
    )
    region = fields.String(required=True, metadata=told(N_("Code of the region.")))
    points = fields.Integer(required=True)
    races = fields.List(
        fields.Nested(WonSchema), required=True, metadata=told(N_("Where the points were won."))
    )


class SeasonPage(Schema):
    """One page of a season's table."""

    season = fields.String(required=True)
    table = fields.String(required=True, validate=validate.OneOf(TABLES))
    items = fields.List(fields.Nested(SeasonLineSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )
    total = fields.Integer(required=True, metadata=told(N_("How many lines there are.")))


class SeasonQuery(PageQuery):
    """Which season, which table, and from where on."""

    season = fields.String(
        required=True,
        # PostgreSQL has no text with a zero byte.
        validate=[validate.Length(min=1, max=40), validate.Regexp(r"^[^\x00]*\Z")],
        metadata=told(N_("Such as `2026/27`.")),
    )
    table = fields.String(load_default=TOTAL, validate=validate.OneOf(TABLES))
    cursor = fields.String(
        validate=validate.Regexp(r"^[0-9]{1,6}\Z"),
        metadata=told(N_("Where to go on: `next` of the page before.")),
    )
