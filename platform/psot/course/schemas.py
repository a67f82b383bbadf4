"""What racers send, over the socket and over HTTP alike: unknown fields are refused."""

from marshmallow import Schema, fields, validate

_TOKEN = validate.Length(min=1, max=64)


class LookSchema(Schema):
    """``race.look``."""

    race = fields.UUID(required=True)
    seat = fields.String(required=True, validate=_TOKEN)
    probe = fields.String(load_default="", validate=validate.Length(max=64))


class AnswerSchema(LookSchema):
    """``race.answer``."""

    task = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=10_000))
    option = fields.String(required=True, validate=_TOKEN)


class AwaySchema(Schema):
    """``race.away``."""

    race = fields.UUID(required=True)
    seat = fields.String(required=True, validate=_TOKEN)


class EchoSchema(Schema):
    """``race.echo``."""

    race = fields.UUID(required=True)
    probe = fields.String(required=True, validate=validate.Length(min=1, max=64))
