"""Compile the translations of every room: ``python -m psot.catalogues``.

Compiled catalogues are never committed; setup makes them, and only those whose source is newer.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOMS = Path(__file__).parent


class BadCatalogue(Exception):  # noqa: N818 - read as a sentence
    """A catalogue that cannot be compiled; names the file and the message."""


def compile_all(root: Path = ROOMS) -> list[Path]:
    """Compile what is out of date under ``root``; returns the sources compiled.

    Raises BadCatalogue for the first one with a mistake.
    """
    compiled = []
    for source in sorted(root.glob("**/translations/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        catalogue = read(source)
        new = target.with_suffix(".new")
        with new.open("wb") as out:
            write_mo(out, catalogue)
        new.replace(target)
        compiled.append(source)
    return compiled


def read(source: Path) -> Catalog:
    """Read and check one catalogue. Raises BadCatalogue."""
    locale = source.parent.parent.name
    try:
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise BadCatalogue(f"{source}: {error}") from error
    for message in catalogue:
        for mistake in _mistakes(message, catalogue):
            raise BadCatalogue(f"{source}: {message.id!r}: {mistake}")
    return catalogue


def _mistakes(message: Message, catalogue: Catalog) -> list[TranslationError]:
    """What is wrong with one entry; any form may use every placeholder of the plural.

    Russian says "1, 21, 31" with its first form, so it needs the number that English leaves out.
    """
    found = message.check(catalogue)
    if found and message.pluralizable:
        plural = (message.id[1], message.id[1])
        found = Message(plural, message.string, flags=message.flags).check(catalogue)
    return found


def main() -> int:
    """Compile everything; returns the exit code."""
    try:
        compiled = compile_all()
    except BadCatalogue as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"catalogues compiled: {len(compiled)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
