"""From bytes to text: marks of byte order, declared encodings, and nothing guessed."""

import codecs
import re

from content.exchange.limits import ImportRefused, Limits

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "koi8-r": "koi8-r",
    "iso-8859-5": "iso8859-5",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
    "us-ascii": "ascii",
    "ascii": "ascii",
}
"""Encodings a file may declare, by their names in small letters."""

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,80}?\sencoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._-]{1,40})["']"""
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def decode(data: bytes, *, limits: Limits, encoding: str = "") -> str:
    """The text of a file: by its mark, else by ``encoding`` or its XML declaration, else UTF-8.

    Raises ImportRefused for what is too large, is no text, or is not in that encoding.
    """
    if len(data) > limits.file_bytes:
        raise ImportRefused("size", f"{len(data):,} > {limits.file_bytes:,}")
    marked = next(((len(mark), name) for mark, name in MARKS if data.startswith(mark)), None)
    skip, name = marked or (0, _declared(data, encoding))
    try:
        text = data[skip:].decode(name)
    except UnicodeError as error:
        place = getattr(error, "start", 0) + skip
        raise ImportRefused("encoding", f"{name}, byte {place}") from error
    if "\x00" in text:
        raise ImportRefused("binary", f"byte {text.index(chr(0))}")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def printable(text: str) -> str:
    """The text without control characters, which neither a page nor a database would keep."""
    return _CONTROLS.sub("", text)


def _declared(data: bytes, encoding: str) -> str:
    if not encoding:
        start = data[:200]
        if start.startswith(b"<\x00?\x00"):
            return "utf-16-le"
        if start.startswith(b"\x00<\x00?"):
            return "utf-16-be"
        found = _DECLARED.match(start.lstrip())
        encoding = found.group(1).decode("ascii") if found else "utf-8"
    known = ENCODINGS.get(encoding.lower())
    if known is None:
        raise ImportRefused("encoding", encoding)
    return known
