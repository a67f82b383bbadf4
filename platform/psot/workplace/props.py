"""Where an operator's models lie, and what they are called."""

import re
from pathlib import Path

PROP = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\.glb")
"""Names of models: what an object's ``model`` may say."""


def folder_of(data_dir: Path) -> Path:
    """Return the folder of models in the data folder."""
    return data_dir.resolve() / "props"
