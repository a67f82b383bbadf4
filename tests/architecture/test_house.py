"""The house stands as drawn: names that would shadow others, rooms with their doors."""

import platform
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PSOT = ROOT / "platform" / "psot"
OURS = {"psot", "events", "scoring", "content"}
# Folders of `psot` that people enter: each says what for, who may, what never to assume.
ROOMS = sorted(
    one.parent.name
    for one in PSOT.glob("*/__init__.py")
    if one.parent.name not in {"cli", "migrations"}
)


def test_platform_stays_the_standard_librarys() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert Path(platform.__file__).name == "platform.py"
    assert ROOT not in Path(platform.__file__).parents


def test_no_other_distribution_brings_a_package_named_like_ours() -> None:
    distributions = packages_distributions()

    strangers = {name: set(distributions.get(name, [])) - {"psot"} for name in OURS}

    assert {name: found for name, found in strangers.items() if found} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_tells_what_it_is_for(room: str) -> None:
    readme = PSOT / room / "README.md"

    assert readme.exists()
    assert len(readme.read_text(encoding="utf-8").split()) >= 60


@pytest.mark.parametrize("part", ["events", "scoring", "content"])
def test_the_pure_parts_know_no_clock_and_no_chance(part: str) -> None:
    forbidden = (
        "datetime.now",
        "time.time",
        "import random",
        "import flask",
        "import redis",
        "import sqlalchemy",
        "from flask",
        "from redis",
        "from sqlalchemy",
        "from rq",
    )

    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in (ROOT / part).rglob("*.py")
        for word in forbidden
        if word in path.read_text(encoding="utf-8")
    ]

    assert found == []
