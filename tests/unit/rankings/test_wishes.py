"""Whatever ranks people asks whether they wish to stand there."""

import importlib
from pathlib import Path

import pytest

# What shows members in an order of their results, and how each learns their names.
BOARDS = {
    "psot.ratings.standings": "named_on_boards",
    "psot.rankings.queries": "board_names",
    "psot.rankings.table": "board_names",
    "psot.regions.queries": "board_names",
    "psot.seasons.queries": "board_names",
    "psot.api.resources.ratings": "board_names",
    "psot.races.queries": "race_names",
    "psot.results.seasons": "race_names",
}


@pytest.mark.parametrize(("module", "names"), BOARDS.items())
def test_a_board_takes_names_from_where_the_wish_is_known(module: str, names: str) -> None:
    source = Path(str(importlib.import_module(module).__file__)).read_text()

    assert names in source
    assert "public_names" not in source
