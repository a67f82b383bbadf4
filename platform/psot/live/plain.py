"""The plain event: of the namespace that there is, without attachments, to be acknowledged.

Nearly all that clients send is one. Socket.IO makes four packets of such an event and its
acknowledgement, which cost as much as answering it. Whatever looks otherwise is left to Socket.IO,
which alone says what is malformed.
"""

from typing import Any, NamedTuple

from psot import compact
from psot.live.packets import RESERVED

_EVENT, _ACKNOWLEDGEMENT = "42", "43"
_MOST_DIGITS = 9


class Plain(NamedTuple):
    """A plain event: its number with the client, its name, what it brings."""

    number: str
    name: str
    arguments: tuple[Any, ...]

    def acknowledgement(self, told: dict[str, Any]) -> str:
        """Return the message that tells ``told`` to whoever sent it."""
        return f"{_ACKNOWLEDGEMENT}{self.number}[{compact.dumps(told)}]"


def read(message: str) -> Plain | None:
    """Return the plain event that ``message`` is, None for anything else.

    >>> read('427["race.echo",{"probe":""}]')
    Plain(number='7', name='race.echo', arguments=({'probe': ''},))
    >>> read('42/admin,7["race.echo"]'), read('42["race.echo"]'), read('427["race.echo"')
    (None, None, None)
    """
    begins = message.find("[", 2, 3 + _MOST_DIGITS)
    number = message[2:begins]
    if begins < 0 or not message.startswith(_EVENT) or not _is_number(number):
        return None
    try:
        said = compact.loads(message[begins:])
    except (ValueError, RecursionError):
        return None
    name = said[0] if said else None
    if not isinstance(name, str) or name in RESERVED:
        return None
    return Plain(number, name, tuple(said[1:]))


def _is_number(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and (digits[0] != "0" or digits == "0")
