"""The head of a request as pywsgi asks for it, read as HTTP and not as a mail.

pywsgi leaves it to the standard library's parser of mails, which is slow and forgives what RFC 9112
does not: a folded line, a name with a blank behind it, a line that is no header at all. What two
servers in a row read differently, somebody uses; here it is refused.
"""

import re
from io import BufferedIOBase
from typing import Final

LONGEST_LINE_BYTES: Final = 65_536
MOST_LINES: Final = 100

# A name of RFC 9110, a value without what ends or cuts it.
_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\x00\r\n]*)\r?\n")
_ENDS = frozenset({b"\r\n", b"\n"})
_LENGTH = "content-length"
_HOST = "host"


class Head:
    """The headers of one request, in the shape of gevent's ``headers_factory``.

    ``status`` is "" or tells why the request is refused; ``headers`` are its lines.
    """

    __slots__ = ("_first", "headers", "status")

    def __init__(self, stream: BufferedIOBase) -> None:
        self.headers: list[str] = []
        self._first: dict[str, str] = {}
        self.status = self._read(stream)

    @property
    def typeheader(self) -> str | None:
        """What the body is, None where nobody says."""
        return self._first.get("content-type")

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return the first value of a header, whatever the case of its ``name``."""
        return self._first.get(name.lower(), default)

    getheader = get

    def __delitem__(self, name: str) -> None:
        """Take out a header. Raises KeyError where it is not there."""
        del self._first[name.lower()]
        begin = name.lower() + ":"
        self.headers = [one for one in self.headers if not one.lower().startswith(begin)]

    def _read(self, stream: BufferedIOBase) -> str:
        for _ in range(MOST_LINES + 1):
            line = stream.readline(LONGEST_LINE_BYTES + 1)
            if line in _ENDS:
                return ""
            if len(line) > LONGEST_LINE_BYTES:
                return "Line too long"
            found = _LINE.fullmatch(line)
            if found is None:
                return "No header"
            name, value = (one.decode("latin-1") for one in found.groups())
            key, value = name.lower(), value.strip(" \t")
            if key == _LENGTH and not _is_length(value, self._first.get(key)):
                return "No length"
            if key == _HOST and key in self._first:
                return "Two hosts"
            self._first.setdefault(key, value)
            self.headers.append(f"{name}: {value}\r\n")
        return "Too many headers"


def _is_length(value: str, before: str | None) -> bool:
    """Whether this is a length, and the one that was told before."""
    return value.isascii() and value.isdecimal() and before in {None, value}
