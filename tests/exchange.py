"""Fixtures of question banks, and packages made of them."""

import io
import zipfile
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden" / "exchange"


def package(name: str, **more: bytes) -> bytes:
    """A content package of the folder ``name``: manifest at the top, items and pictures below."""
    entries = {
        ("imsmanifest.xml" if one.name == "imsmanifest.xml" else f"items/{one.name}"): one
        for one in sorted((GOLDEN / name).glob("*.xml"))
    }
    files = {path: one.read_bytes() for path, one in entries.items()}
    files["images/site one.svg"] = (GOLDEN / "site.svg").read_bytes()
    return zipped(files | more)


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of the files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return made.getvalue()


SOURCES = {
    "constructs.gift": "ppe",
    "constructs.moodle.xml": "height",
    "qti2": "height",
    "qti3": "height",
}
"""Every fixture with the topic it is imported into; a folder is a package."""


def read(name: str) -> bytes:
    """The bytes of a fixture."""
    return package(name) if (GOLDEN / name).is_dir() else (GOLDEN / name).read_bytes()
