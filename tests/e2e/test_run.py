"""The product as a newcomer starts it: everything in the Procfile, twice on the same data."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.houses import PSOT, ROOT, House, house
from tests.services import throw_away_folder, wait_until

PROCFILE = (ROOT / "Procfile").read_text()


@pytest.fixture
def data() -> Iterator[Path]:
    with throw_away_folder() as folder:
        yield folder / "data"


def command(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`psot` in another terminal, told only where the data is."""
    environment = {"PATH": os.environ["PATH"], "PSOT_DATA_DIR": str(data)}
    return subprocess.run(
        [PSOT, *words],
        cwd=data.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def is_ready(home: House) -> bool:
    return bool(json.loads(home.get("/readyz"))["status"] == "ready")


@pytest.mark.timeout(600)  # two whole starts, on however slow a machine
def test_it_starts_serves_stops_and_starts_again_with_its_data(data: Path) -> None:
    with house(data, procfile=PROCFILE) as home:
        home.comes_up()
        family = home.family()
        wait_until(lambda: is_ready(home))
        checked = command(data, "db", "check")

        assert "<h1" in home.get()
        (line,) = re.findall(
            r"^psot_objects_never_walked (.+)$", home.get("/metrics"), re.MULTILINE
        )
        assert float(line) > 1000, "what was there at the start is left out of every walk"
        assert checked.returncode == 0, checked.stderr
        assert home.stop() == 0
        assert psutil.wait_procs(family, 0)[1] == []

    stopped = command(data, "db", "check")
    assert stopped.returncode == 1
    assert stopped.stderr.startswith("Error: The embedded PostgreSQL is down: start `psot up`")

    with house(data, procfile=PROCFILE) as home:
        home.comes_up()
        wait_until(lambda: is_ready(home))
        assert command(data, "ledger", "stats").returncode == 0
