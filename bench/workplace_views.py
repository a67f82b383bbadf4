"""Size, start and pictures of the 3D view, for `bench/workplace.py`."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from content.scenarios import load_scenarios, public
from tests.e2e.serving import serving
from tests.e2e.workplace.scene import FRONTEND, ROOT, bundle, drawing, entered, served

START_MS = 5_000.0
"""The low tier on graphics drawn by the processor."""
PICTURE_MS = 15.0
"""Main thread for one change of a live screen."""
PICTURES = 40

# Looks about by a little and waits for the picture, so many times.
_TURN = """async (count) => {
  const first = house.engine.scenario.objects[0].id;
  for (let nth = 0; nth < count; nth += 1) {
    const before = house.view.stats().frames;
    house.view.mark(first, nth % 2 ? "" : "found");
    while (house.view.stats().frames === before) await new Promise(requestAnimationFrame);
  }
  return house.view.stats();
}"""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measurement beside what it is measured by."""

    what: str
    value: float
    unit: str
    limit: str
    limit_value: float

    @property
    def ratio(self) -> float:
        """Return the value in limits: up to 1 is within."""
        return self.value / self.limit_value


def chunk() -> Figure:
    """Build the front end and read what the view's chunk weighs."""
    built = subprocess.run(  # noqa: S603 - our own build
        [sys.executable, str(FRONTEND / "npm.py"), "run", "--silent", "build"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = re.search(r"3D view of the workplace: ([\d.]+) of (\d+) KB", built)
    if not found:
        raise SystemExit("the build does not tell what the 3D view weighs")
    size, limit = map(float, found.groups())
    return Figure(
        what="chunk of the 3D view, gzip",
        value=size,
        unit="KB",
        limit=f"{limit:.0f} KB",
        limit_value=limit,
    )


def tiers(folder: Path, scenario: str, names: Sequence[str]) -> list[Figure]:
    """Start the view in each tier and draw pictures of it."""
    row = load_scenarios(ROOT / "content/packs/start")[scenario]
    app = served(bundle(folder / "scene"), {scenario: public(row, seed=1, language="ru")})
    figures: list[Figure] = []
    with serving(app) as base, sync_playwright() as playwright:
        browser = drawing(playwright.chromium)
        for name in names:
            with entered(browser, base, scenario, tier=name) as page:
                figures += _tier(page, name)
        browser.close()
    return figures


def _tier(page: Page, name: str) -> list[Figure]:
    told: dict[str, Any] = page.evaluate(_TURN, PICTURES if name == "low" else PICTURES // 4)
    start = f"start budget of the low tier, {START_MS:.0f} ms"
    drawn = f"a change of a live screen, {PICTURE_MS:.0f} ms"
    return [
        Figure(
            what=f"{name}: start to first picture",
            value=told["start_ms"],
            unit="ms",
            limit=start,
            limit_value=START_MS,
        ),
        Figure(
            what=f"{name}: main thread per picture, median",
            value=median(told["frames_ms"][1:]),
            unit="ms",
            limit=drawn,
            limit_value=PICTURE_MS,
        ),
    ]
