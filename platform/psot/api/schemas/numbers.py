"""The shapes of public numbers."""

from marshmallow import Schema, fields, validate

from psot.api.schemas.shape import told
from psot.api.words import N_


class NumberWeekSchema(Schema):
    """What a week came to."""

    week = fields.Date(required=True, metadata=told(N_("The Monday it began on, in Moscow.")))
    total = fields.Integer(required=True, metadata=told(N_("What it came to, in the unit.")))


class NumberSchema(Schema):
    """One public figure."""

    name = fields.String(required=True, metadata=told(N_("Its name; never changes.")))
    unit = fields.String(
        required=True,
        validate=validate.OneOf(["pieces", "ms"]),
        metadata=told(N_("Pieces, or milliseconds.")),
    )
    total = fields.Integer(required=True, metadata=told(N_("What it comes to, in the unit.")))
    fact = fields.Integer(
        required=True,
        allow_none=True,
        metadata=told(N_("Number of the newest fact counted; null before the first.")),
    )
    fact_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata=told(N_("The newest moment counted."))
    )
    weeks = fields.List(
        fields.Nested(NumberWeekSchema),
        required=True,
        metadata=told(N_("53 weeks, the running one last; none where no week can be told.")),
    )


class NumbersPage(Schema):
    """All public figures."""

    items = fields.List(fields.Nested(NumberSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )
