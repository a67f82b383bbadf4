"""The front end's own tests, run by the Node that setup uses."""

import subprocess
import sys
from pathlib import Path

FRONT = Path(__file__).parents[3] / "platform" / "frontend"


def test_the_rules_of_boards_hold_in_the_language_they_run_in() -> None:
    run = subprocess.run(
        [sys.executable, FRONT / "npm.py", "test"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )

    assert run.returncode == 0, run.stdout + run.stderr
