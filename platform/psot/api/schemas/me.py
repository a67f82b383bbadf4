"""The shape of who calls."""

from marshmallow import Schema, fields, validate

from psot.api.schemas.shape import told
from psot.api.words import N_


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
