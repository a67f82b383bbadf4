"""The shapes of a member's achievements."""

from marshmallow import Schema, fields

from psot.api.schemas.shape import told
from psot.api.words import N_


class HeldSchema(Schema):
    """An achievement that the caller has."""

    subject = fields.String(
        required=True, metadata=told(N_("Topic or season it is for; empty where there is but one."))
    )
    earned_at = fields.AwareDateTime(required=True)
    fact = fields.Integer(required=True, metadata=told(N_("Number of the fact it rests on.")))


class AchievementSchema(Schema):
    """One achievement, and how far the caller is."""

    name = fields.String(required=True, metadata=told(N_("Its name; never changes.")))
    held = fields.List(
        fields.Nested(HeldSchema), required=True, metadata=told(N_("The newest first."))
    )
    done = fields.Integer(
        required=True, metadata=told(N_("How many of what it needs are there; at most `need`."))
    )
    need = fields.Integer(required=True)


class AchievementsPage(Schema):
    """All achievements."""

    items = fields.List(fields.Nested(AchievementSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )
