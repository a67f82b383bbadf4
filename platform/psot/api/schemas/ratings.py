"""The shapes of ratings."""

from marshmallow import Schema, fields, validate

from psot.api.schemas.shape import PageQuery, told
from psot.api.words import N_


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
