"""Who belongs to the demo community: names, regions, ways of learning; all of it made up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from content.regions import all_regions, by_code

MEMBERS = 120
REGIONS = 36
"""Regions the community comes from, besides those of the accounts."""
WITH_ACCOUNTS = ("RU-TYU", "RU-SVE", "RU-MOW")
JOINED_DAYS = 240
"""So long before the season the first of them came: most are on the last season's rosters too."""
LATECOMERS = 9
"""Members who joined after the season's start; they count for no roster yet."""

NAMES = Path(__file__).with_name("names.txt")


@dataclass(frozen=True, kw_only=True)
class Person:
    """A made-up member. ``skill`` and ``diligence`` are shares in [0, 1], ``pace_s`` seconds."""

    name: str
    region: str
    joined_at: datetime
    name_public: bool
    skill: float
    diligence: float
    pace_s: float


def people(random: Random, season_starts_at: datetime, now: datetime) -> Iterator[Person]:
    """Make the community, most of it from the two seasons before."""
    # Neighbours learn from each other: a region has a spirit of its own.
    spirits = {one.code: random.gauss(0, 1) for one in random.sample(all_regions(), REGIONS)}
    spirits.update({code: random.gauss(0.5, 1) for code in WITH_ACCOUNTS})
    weights = [max(by_code()[one].population, 600_000) for one in spirits]
    regions = random.choices(list(spirits), weights, k=MEMBERS)
    names = _names(random)
    for number, region in enumerate(regions):
        late = number >= MEMBERS - LATECOMERS
        begun = now - season_starts_at
        joined_at = (
            season_starts_at + begun * random.uniform(0.02, 0.6)
            if late
            else season_starts_at - timedelta(days=random.uniform(2, JOINED_DAYS))
        )
        yield Person(
            name=next(names),
            region=region,
            joined_at=joined_at,
            name_public=random.random() < 0.7,  # noqa: PLR2004 - most people like their name seen
            skill=min(0.95, max(0.25, random.gauss(0.6 + 0.05 * spirits[region], 0.15))),
            diligence=min(1, max(0.05, random.gauss(0.42 + 0.1 * spirits[region], 0.22))),
            pace_s=random.uniform(9, 26),
        )


def _names(random: Random) -> Iterator[str]:
    lists = dict(
        line.split(": ", 1)
        for line in NAMES.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    men, women, surnames = (lists[one].split() for one in ("men", "women", "surnames"))
    seen: set[str] = set()
    while True:
        surname = random.choice(surnames)
        woman = random.getrandbits(1)
        name = f"{random.choice(women)} {surname}а" if woman else f"{random.choice(men)} {surname}"
        if name not in seen:
            seen.add(name)
            yield name
