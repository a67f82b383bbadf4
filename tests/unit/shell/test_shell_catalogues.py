"""A sentence has one Russian: the catalogues of the rooms are merged, and one of them would win."""

from pathlib import Path

import psot
from psot.catalogues import read

CATALOGUES = sorted(Path(psot.__file__).parent.glob("*/translations/ru/LC_MESSAGES/messages.po"))


def test_the_same_sentence_is_said_alike_in_every_room() -> None:
    heard: dict[tuple[object, str | None], dict[object, str]] = {}
    for file in CATALOGUES:
        for one in read(file):
            if one.id:
                said = heard.setdefault((one.id, one.context), {})
                said[one.string] = file.parents[3].name

    assert [(key, said) for key, said in heard.items() if len(said) > 1] == []
