"""Who a region is set beside."""

from content.regions import all_regions, by_code
from psot.officials.comparison import neighbours


def test_neighbours_touch_on_the_map_and_each_is_the_others() -> None:
    beside = {one.code: {near.code for near in neighbours(one)} for one in all_regions()}

    assert all(code not in near for code, near in beside.items())
    assert all(code in beside[near] for code in beside for near in beside[code])


def test_tyumen_has_neighbours_whose_tiles_are_one_step_away() -> None:
    here = by_code()["RU-TYU"]

    found = neighbours(here)

    assert found
    assert {abs(one.tile_row - here.tile_row) for one in found} <= {0, 1}
    assert {abs(one.tile_column - here.tile_column) for one in found} <= {0, 1}
