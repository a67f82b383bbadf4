"""Reading values out of plain data, with one clear line for whatever does not fit."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

REQUIRED: Final = object()
_FAR_MS: Final = 10**12


class Malformed(ValueError):  # noqa: N818 - read as a sentence: raise Malformed(...)
    """Data that cannot be used; ``field`` is the way to it, such as ``facts[3].t_ms``."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}" if field else why)
        self.field = field
        self.why = why


class Fields:
    """The fields of one object in plain data, read by name and type.

    ``path`` is the way to the object. Raises Malformed for anything but an object, and for a field
    not in ``known``: a mistyped name never passes for one left out.
    """

    def __init__(self, value: object, path: str, known: Collection[str]) -> None:
        if not isinstance(value, Mapping):
            raise Malformed(path, f"must be an object, not {shown(value)}")
        self._values: Mapping[Any, Any] = value
        self._path = path
        for name in value:
            if name not in known:
                raise Malformed(self.at(str(name)), "is not a field here")

    def at(self, name: str) -> str:
        """The way to the field ``name``."""
        return f"{self._path}.{name}" if self._path else name

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self._values.get(name) is not None

    def any(self, name: str, default: object = REQUIRED) -> Any:
        """The value as it is; ``default`` where it is left out or null."""
        if self.has(name):
            return self._values[name]
        if default is REQUIRED:
            raise Malformed(self.at(name), "is missing")
        return default

    def whole(
        self, name: str, default: object = REQUIRED, *, least: int = 0, most: int = _FAR_MS
    ) -> int:
        """A whole number from ``least`` to ``most``."""
        return whole(self.any(name, default), self.at(name), least=least, most=most)

    def whole_or_none(self, name: str, *, least: int = 0) -> int | None:
        """A whole number, or None where it is left out."""
        return self.whole(name, least=least) if self.has(name) else None

    def flag(self, name: str, default: object = REQUIRED) -> bool:
        """True or false."""
        value = self.any(name, default)
        if not isinstance(value, bool):
            raise Malformed(self.at(name), f"must be true or false, not {shown(value)}")
        return value

    def text(self, name: str, default: object = REQUIRED) -> str:
        """A text that is not empty."""
        value = self.any(name, default)
        if not isinstance(value, str) or not value:
            raise Malformed(self.at(name), f"must be a text, not {shown(value)}")
        return value

    def choice(self, name: str, among: Collection[str], default: object = REQUIRED) -> str:
        """One of the words ``among``."""
        return choice(self.any(name, default), self.at(name), among)

    def array(self, name: str, default: object = REQUIRED) -> Sequence[Any]:
        """A list."""
        value = self.any(name, default)
        if not isinstance(value, list | tuple):
            raise Malformed(self.at(name), f"must be a list, not {shown(value)}")
        return value

    def wholes(self, name: str, default: object = REQUIRED, *, least: int = 0) -> tuple[int, ...]:
        """A list of whole numbers."""
        values = enumerate(self.array(name, default))
        return tuple(whole(one, f"{self.at(name)}[{n}]", least=least) for n, one in values)

    def words(
        self, name: str, among: Collection[str], default: object = REQUIRED
    ) -> tuple[str, ...]:
        """A list of words ``among`` those allowed."""
        values = enumerate(self.array(name, default))
        return tuple(choice(one, f"{self.at(name)}[{n}]", among) for n, one in values)


def read_json(text: str, *, number: Callable[[str], Any] = float) -> Any:
    """Read plain data out of JSON; ``number`` makes a value of whatever has a point or an exponent.

    Raises Malformed saying what is wrong and where.
    """
    try:
        return json.loads(text, parse_float=number)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Malformed("", f"not JSON: {error.msg.lower()} at {where}") from error
    except (ValueError, RecursionError) as error:
        raise Malformed("", "not JSON that can be read: too deep, or a number too long") from error


def choice(value: object, path: str, among: Collection[str]) -> str:
    """``value`` as one of the words ``among``; raises Malformed naming ``path``."""
    if not isinstance(value, str) or value not in among:
        raise Malformed(path, f"must be one of {', '.join(among)}, not {shown(value)}")
    return value


def whole(value: object, path: str, *, least: int = 0, most: int = _FAR_MS) -> int:
    """``value`` as a whole number from ``least`` to ``most``; raises Malformed naming ``path``."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed(path, f"must be a whole number, not {shown(value)}")
    if not least <= value <= most:
        raise Malformed(path, f"must be a whole number from {least} to {most}, not {value}")
    return value


def shown(value: object) -> str:
    """A value as it may stand in one line.

    >>> shown(None), shown("fast"), shown([1, 2])
    ('null', "'fast'", 'a list')
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004 - what a line holds
