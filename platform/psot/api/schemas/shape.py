"""What every shape is made of: names, descriptions, texts in two languages, pages."""

from marshmallow import Schema, fields, validate

from psot.api.paging import HIGHEST_LIMIT, STANDARD_LIMIT
from psot.api.words import N_

# What an id of ours may look like; anything else would be looked up in vain.
NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"


def told(text: str) -> dict[str, str]:
    """Return the metadata that describes a field."""
    return {"description": text}


class NamesSchema(Schema):
    """A text in both languages."""

    ru = fields.String(required=True)
    en = fields.String(required=True)


class PageQuery(Schema):
    """How much of a list to give at once."""

    limit = fields.Integer(
        load_default=STANDARD_LIMIT,
        validate=validate.Range(min=1, max=HIGHEST_LIMIT),
        metadata=told(N_("Rows on a page.")),
    )
