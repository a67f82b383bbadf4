"""The 85 regions."""

from typing import Any

from content.regions import Region, all_regions
from psot.api.contract import operation
from psot.api.schemas.regions import RegionsPage
from psot.api.words import N_


@operation(
    "/regions",
    group="regions",
    summary=N_("All regions"),
    about=N_("The 85 regions with their codes, names and places on the tile map, on one page."),
    answer=RegionsPage,
)
def regions() -> dict[str, Any]:
    """Return all regions in the order of their Russian names."""
    return {"items": [_told(one) for one in all_regions()], "next": None}


def _told(region: Region) -> dict[str, Any]:
    return {
        "code": region.code,
        "name": {"ru": region.name_ru, "en": region.name_en},
        "federal_district": {"ru": region.federal_district, "en": region.federal_district_en},
        "timezone": region.timezone,
        "tile_row": region.tile_row,
        "tile_column": region.tile_column,
    }
