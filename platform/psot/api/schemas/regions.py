"""The shapes of regions."""

from marshmallow import Schema, fields

from psot.api.schemas.shape import NamesSchema, told
from psot.api.words import N_


class RegionSchema(Schema):
    """One of the 85 regions."""

    code = fields.String(required=True, metadata=told(N_("ISO 3166-2 code; never changes.")))
    name = fields.Nested(NamesSchema, required=True)
    federal_district = fields.Nested(NamesSchema, required=True)
    timezone = fields.String(required=True, metadata=told(N_("IANA name of the time zone.")))
    tile_row = fields.Integer(required=True, metadata=told(N_("Row on the tile map, from 0.")))
    tile_column = fields.Integer(
        required=True, metadata=told(N_("Column on the tile map, from 0."))
    )


class RegionsPage(Schema):
    """All regions on one page."""

    items = fields.List(fields.Nested(RegionSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=told(N_("Cursor of the next page."))
    )
