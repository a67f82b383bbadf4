"""The regions are complete, and each has its own tile."""

from zoneinfo import ZoneInfo

from content.regions import DISTRICTS_EN, all_regions, by_code, find

REGIONS = all_regions()


def test_there_are_eighty_five_regions_in_the_order_of_their_names() -> None:
    names = [region.name_ru for region in REGIONS]

    assert len(names) == 85
    assert names == sorted(names)


def test_codes_names_and_labels_are_unique() -> None:
    for attribute in ("code", "name_ru", "name_en", "label_ru", "label_en", "subject_code"):
        assert len({getattr(region, attribute) for region in REGIONS}) == 85, attribute


def test_every_region_has_a_tile_of_its_own_on_a_small_grid() -> None:
    tiles = {(region.tile_row, region.tile_column) for region in REGIONS}

    assert len(tiles) == 85
    assert all(0 <= row < 12 and 0 <= column < 17 for row, column in tiles)


def test_labels_fit_a_tile() -> None:
    assert {len(region.label_ru) for region in REGIONS} == {3}
    assert {len(region.label_en) for region in REGIONS} == {2, 3}


def test_every_region_lives_in_one_of_eleven_hours() -> None:
    zones = {region.timezone for region in REGIONS}

    assert all(ZoneInfo(zone).key == zone for zone in zones)


def test_every_region_lies_in_one_of_eight_districts() -> None:
    assert {region.federal_district for region in REGIONS} == set(DISTRICTS_EN)
    assert find("RU-KGD").federal_district_en == "Northwestern"  # type: ignore[union-attr]


def test_a_region_is_found_by_its_code() -> None:
    moscow = by_code()["RU-MOW"]

    assert find("RU-MOW") is moscow
    assert (moscow.name("ru"), moscow.name("en")) == ("Москва", "Moscow")
    assert (moscow.label("ru"), moscow.label("en")) == ("МСК", "MOW")
    assert (moscow.timezone, moscow.population_thousand) == ("Europe/Moscow", 13_010.112)


def test_an_unknown_code_is_no_region() -> None:
    assert find("RU-XXX") is None


def test_half_of_the_populations_still_need_their_source() -> None:
    assert sum(region.population_confirmed for region in REGIONS) == 42
