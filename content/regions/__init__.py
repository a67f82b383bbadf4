"""The 85 regions whose members the community counts, with their place on the tile map."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "regions.csv"

DISTRICTS_EN = {
    "Центральный": "Central",
    "Северо-Западный": "Northwestern",
    "Южный": "Southern",
    "Северо-Кавказский": "North Caucasian",
    "Приволжский": "Volga",
    "Уральский": "Ural",
    "Сибирский": "Siberian",
    "Дальневосточный": "Far Eastern",
}


@dataclass(frozen=True, kw_only=True)
class Region:
    """One region. ``code`` is its name on the ledger and in addresses and never changes."""

    code: str
    name_ru: str
    name_en: str
    label_ru: str
    """Three letters for its tile."""
    label_en: str
    """Two or three letters for its tile."""
    tile_row: int
    """From 0 at the north."""
    tile_column: int
    """From 0 at the west."""
    federal_district: str
    """Name of its federal district in Russian."""
    timezone: str
    """IANA zone of its capital."""
    population: int
    """Inhabitants by the census of 2021."""
    population_confirmed: bool
    """Whether the figure was read at its source: never publish a per-head figure without."""
    subject_code: str
    """Number of the region in the address classifier."""
    okato: str
    oktmo: str

    @property
    def federal_district_en(self) -> str:
        """Name of its federal district in English."""
        return DISTRICTS_EN[self.federal_district]

    @property
    def population_thousand(self) -> float:
        """Inhabitants in thousands."""
        return self.population / 1000

    def name(self, language: str) -> str:
        """Return the English name for ``en``, the Russian one for everything else."""
        return self.name_en if language == "en" else self.name_ru

    def label(self, language: str) -> str:
        """Return the letters of its tile in ``language``."""
        return self.label_en if language == "en" else self.label_ru


@cache
def all_regions() -> tuple[Region, ...]:
    """Return all regions in the order of their Russian names, read once per process."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return tuple(_region(row) for row in rows)


@cache
def by_code() -> dict[str, Region]:
    """Return all regions by their codes."""
    return {region.code: region for region in all_regions()}


def find(code: str) -> Region | None:
    """Return the region ``code``, or None where there is none."""
    return by_code().get(code)


def _region(row: dict[str, str]) -> Region:
    return Region(
        code=row["code"],
        name_ru=row["name_ru"],
        name_en=row["name_en"],
        label_ru=row["label_ru"],
        label_en=row["label_en"],
        tile_row=int(row["tile_row"]),
        tile_column=int(row["tile_column"]),
        federal_district=row["federal_district"],
        timezone=row["timezone"],
        population=int(row["population"]),
        population_confirmed=row["population_confirmed"] == "yes",
        subject_code=row["subject_code"],
        okato=row["okato"],
        oktmo=row["oktmo"],
    )
