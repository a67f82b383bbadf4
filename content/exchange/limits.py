"""How much of a foreign file is read, and the one error for what is not read at all."""

from dataclasses import dataclass

from content.exchange.reasons import REFUSALS


class ImportRefused(Exception):  # noqa: N818 - read as a sentence: raise ImportRefused(...)
    """A file of which nothing is taken; ``code`` says why, ``subject`` what of it.

    ``str()`` is one English line; a page says the same in its reader's language by ``code``.
    """

    def __init__(self, code: str, subject: str = "") -> None:
        self.code = code
        self.subject = subject
        said = REFUSALS[code].en
        super().__init__(f"{said}: {subject}" if subject else said)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most that is read of one file."""

    file_bytes: int = 10_000_000
    zip_entries: int = 2_000
    unpacked_bytes: int = 40_000_000
    unpacked_ratio: int = 100
    """Unpacked bytes for one packed byte, of one entry."""
    depth: int = 60
    elements: int = 200_000
    questions: int = 2_000
    text_chars: int = 200_000
    """Of one text, before its markup is taken off; a longer one is not taken."""
    picture_bytes: int = 500_000


LIMITS = Limits()
