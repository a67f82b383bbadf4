"""Every sentence of every room exists in Russian, in the room's own catalogue, and none is left."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from jinja2.ext import babel_extract

from psot.catalogues import BadCatalogue, compile_all, read

PSOT = Path(__file__).resolve().parents[2] / "platform" / "psot"
KEYWORDS = dict(DEFAULT_KEYWORDS) | {
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
METHODS: dict[str, Any] = {".py": "python", ".html": babel_extract, ".txt": babel_extract}
OPTIONS = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"}

Message = str | tuple[str, ...]


def sources(room: Path) -> Iterator[Path]:
    for file in sorted(room.rglob("*")):
        if file.suffix == ".py" or (file.suffix in METHODS and "templates" in file.parts):
            yield file


def used_in(room: Path) -> dict[Message, str]:
    """Message and the place of its first use; plural messages as a pair."""
    used: dict[Message, str] = {}
    for file in sources(room):
        with file.open("rb") as lines:
            found = extract(METHODS[file.suffix], lines, keywords=KEYWORDS, options=OPTIONS)
            for number, message, _, _ in found:
                used.setdefault(message, f"{file.relative_to(PSOT)}:{number}")
    return used


ROOMS = sorted(
    room for room in PSOT.iterdir() if room.is_dir() and room.name != "static" and used_in(room)
)


def russian(room: Path) -> Path:
    return room / "translations" / "ru" / "LC_MESSAGES" / "messages.po"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_the_russian_catalogue_is_complete_and_holds_nothing_unused(room: Path) -> None:
    catalogue = read(russian(room))
    translated: dict[Any, Any] = {
        message.id: message for message in catalogue if message.id and not message.fuzzy
    }
    used = used_in(room)
    # A sentence may be used once alone and once with its plural; one entry serves both.
    singular = {message[0] if isinstance(message, tuple) else message for message in used}
    missing = {
        place: message
        for message, place in used.items()
        if not _complete(translated, message, catalogue.num_plurals)
    }
    unused = [
        message
        for message in translated
        if (message[0] if isinstance(message, tuple) else message) not in singular
    ]

    assert missing == {}
    assert unused == []
    assert catalogue.num_plurals == 3


def _complete(translated: dict[Any, Any], message: Message, plurals: int) -> bool:
    found = translated.get(message) or next(
        (
            one
            for known, one in translated.items()
            if isinstance(known, tuple) and known[0] == message
        ),
        None,
    )
    text = getattr(found, "string", None)
    if isinstance(text, tuple):
        return len(text) == plurals and all(text)
    return bool(text)


def test_the_first_form_may_use_the_number_that_english_leaves_out(tmp_path: Path) -> None:
    source = tmp_path / "ru" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        '#, python-format\nmsgid "one lap"\nmsgid_plural "%(num)d laps"\n'
        'msgstr[0] "%(num)d круг"\nmsgstr[1] "%(num)d круга"\nmsgstr[2] "%(num)d кругов"\n'
    )

    assert [message.id for message in read(source) if message.id] == [("one lap", "%(num)d laps")]


def test_only_what_is_newer_is_compiled_and_a_mistake_names_its_file(tmp_path: Path) -> None:
    source = tmp_path / "room" / "translations" / "ru" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "Home"\nmsgstr "Главная"\n')

    assert compile_all(tmp_path) == [source]
    assert source.with_suffix(".mo").exists()
    assert compile_all(tmp_path) == []

    source.write_text('#, python-format\nmsgid "%(n)s laps"\nmsgstr "%(m)s кругов"\n')
    with pytest.raises(BadCatalogue, match=r"messages\.po"):
        read(source)
