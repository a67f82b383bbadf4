"""JSON as it travels, to browsers, to Redis and to PostgreSQL: without spaces, and written fast.

Half of what a web process did with an answer besides judging it was reading and writing JSON.
"""

from typing import Any

import orjson


def dumps(value: Any, *, separators: object = None) -> str:  # noqa: ARG001 - Socket.IO names it
    """Return ``value`` as text; ``separators`` is what Socket.IO asks for and what we do anyway.

    >>> dumps({"gap_ms": None, 7: ["ё"]})
    '{"gap_ms":null,"7":["ё"]}'
    """
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def loads(text: str | bytes) -> Any:
    """Return what ``text`` says. Raises ValueError where it is no JSON: NaN is none.

    >>> loads('{"gap_ms":null}')
    {'gap_ms': None}
    """
    return orjson.loads(text)
