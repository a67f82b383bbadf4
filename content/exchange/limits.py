"""How much of a foreign file is read, and the one error for what is not read at all."""

from dataclasses import dataclass


class ImportRefused(Exception):  # noqa: N818 - read as a sentence: raise ImportRefused(...)
    """A file of which nothing is taken; ``code`` says why, ``subject`` what of it.

    ``str()`` is one English line; a page says the same in its reader's language by ``code``.
    """

    def __init__(self, code: str, subject: str = "") -> None:
        self.code = code
        self.subject = subject
        super().__init__(f"{REFUSALS[code]}: {subject}" if subject else REFUSALS[code])


REFUSALS = {
    "format": "the format of the file is not known",
    "empty": "there is no question in the file",
    "size": "the file is larger than is taken",
    "encoding": "the text is not in the encoding it declares, or declares none that is known",
    "binary": "the file is not text",
    "xml": "the XML is broken or cut off",
    "entities": "XML with a document type or entities of its own is not taken",
    "depth": "the elements are nested too deeply",
    "elements": "the file has too many elements",
    "root": "this is XML of another kind",
    "zip": "the archive is broken or cut off",
    "zip_entries": "the archive holds too many files",
    "zip_size": "the archive is too large when unpacked",
    "zip_ratio": "the archive is packed suspiciously tightly",
    "zip_path": "the archive names a place outside itself",
    "zip_nested": "an archive inside the archive is not taken",
    "zip_locked": "the archive is encrypted or packed in an unknown way",
    "manifest": "the package has no imsmanifest.xml",
    "questions": "the file holds too many questions",
    "brackets": "an answer's { is never closed",
}
"""What each code of a refusal means."""


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
