"""Which commit is measured, for every bench that says so."""

import subprocess
from pathlib import Path


def checked_out() -> str:
    """Return the commit, with "-dirty" where files differ; "" without git."""
    return subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607 - the developer's own git
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
