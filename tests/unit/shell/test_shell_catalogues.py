"""Every sentence a room says in code has its Russian beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

import psot

HOUSE = Path(psot.__file__).parent
ROOMS = sorted(one.parent for one in HOUSE.glob("*/translations"))
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_pgettext": ((1, "c"), 2)}
KEYWORDS["lazy_ngettext"] = (1, 2)
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("templates/**.txt", "jinja2")]
TRIMMED = {"trim_blocks": "true", "lstrip_blocks": "true"}
JINJA = {"**.html": TRIMMED, "templates/**.txt": TRIMMED}
PLURALS_OF_RUSSIAN = 3


def said(room: Path) -> Iterator[tuple[object, str | None]]:
    """Yield (message or its forms, context) for everything the code of `room` says."""
    for _, _, message, _, context in extract_from_dir(room, METHODS, JINJA, keywords=KEYWORDS):
        yield (tuple(message) if isinstance(message, list | tuple) else message), context


def russian(room: Path) -> Catalog:
    """Return the Russian catalogue of `room`."""
    with (room / "translations/ru/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="ru")


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_the_russian_catalogue_is_complete_and_carries_nothing_dead(room: Path) -> None:
    spoken = set(said(room))
    written = {(one.id, one.context): one for one in russian(room) if one.id}
    empty = [key for key, one in written.items() if one.fuzzy or not _whole(one.string)]

    assert spoken - written.keys() == set()
    assert written.keys() - spoken == set()
    assert empty == []


def _whole(text: object) -> bool:
    if isinstance(text, tuple):
        return len(text) == PLURALS_OF_RUSSIAN and all(text)
    return bool(text)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_translation_keeps_the_places_of_its_sentence(room: Path) -> None:
    catalogue = russian(room)
    wrong = [(one.id, str(error)) for one in catalogue for error in one.check(catalogue)]

    assert wrong == []


def test_the_same_sentence_is_said_alike_in_every_room() -> None:
    heard: dict[tuple[object, str | None], dict[object, str]] = {}
    for room in ROOMS:
        for one in russian(room):
            if one.id:
                heard.setdefault((one.id, one.context), {})[one.string] = room.name

    assert [(key, said) for key, said in heard.items() if len(said) > 1] == []
