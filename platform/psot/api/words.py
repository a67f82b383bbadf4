"""Words of the OpenAPI document: English there, translated where the readable page shows them."""


def N_(text: str) -> str:  # noqa: N802 - the name by which extraction finds words translated later
    """Mark ``text`` for translation and return it as it is."""
    return text
