"""The shapes of a race's standings."""

from marshmallow import Schema, fields, validate

from psot.api.schemas.shape import PageQuery, told
from psot.api.words import N_
from scoring.biathlon import State

CODE = r"^[A-Za-z0-9._-]{1,40}$"


class StandingSchema(Schema):
    """A racer's line, or a team's with its racer under way."""

    pos = fields.Integer(required=True, metadata=told(N_("Place in the list, from 1.")))
    rank = fields.Integer(
        required=True,
        allow_none=True,
        metadata=told(N_("Equal tenths of a second share it; null before the first point.")),
    )
    bib = fields.Integer(required=True, metadata=told(N_("The racer's number in this race.")))
    team = fields.String(required=True, allow_none=True, metadata=told(N_("Of a relay.")))
    leg = fields.Integer(required=True)
    name = fields.String(
        required=True, metadata=told(N_("By consent, else empty: then `number` names the member."))
    )
    number = fields.Integer(required=True)
    region = fields.String(required=True, metadata=told(N_("Code of the region.")))
    state = fields.String(required=True, validate=validate.OneOf([one.value for one in State]))
    irm = fields.String(
        required=True, allow_none=True, metadata=told(N_("DNS, DNF, DSQ or LAP for who is out."))
    )
    point = fields.String(
        required=True, allow_none=True, metadata=told(N_("The last timing point passed."))
    )
    gap_ms = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("Behind the best at that point."))
    )
    total_ms = fields.Integer(
        required=True, allow_none=True, metadata=told(N_("At the finish, penalties in it."))
    )
    bouts = fields.List(
        fields.Integer(), required=True, metadata=told(N_("Misses of each finished bout."))
    )
    lap = fields.Integer(required=True)


class StandingsPage(Schema):
    """A part of the field in its order."""

    items = fields.List(fields.Nested(StandingSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )
    total = fields.Integer(required=True, metadata=told(N_("How many lines there are in all.")))


class StandingsQuery(PageQuery):
    """Which part of the field."""

    cursor = fields.String(
        validate=validate.Regexp(r"^[1-9][0-9]{0,6}$"),
        metadata=told(N_("Where to go on: `next` of the page before.")),
    )
    class_code = fields.String(
        data_key="class",
        validate=validate.Regexp(CODE),
        metadata=told(N_("Code of a class of the race.")),
    )
    region = fields.String(validate=validate.Regexp(CODE), metadata=told(N_("Code of the region.")))
