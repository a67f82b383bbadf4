"""The one shape of every error."""

from marshmallow import Schema, fields

from psot.api.schemas.shape import told
from psot.api.words import N_


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
