"""The Procfile: which programs make up the product."""

import shlex
from pathlib import Path

from honcho.environ import parse_procfile


def read_procfile(path: Path) -> dict[str, tuple[str, ...]]:
    """Name and arguments of each line, in the file's order.

    Lines are run without a shell: words are split as a shell would, nothing is expanded.
    Raises OSError when the file cannot be read.
    """
    processes = parse_procfile(path.read_text(encoding="utf-8")).processes
    return {name: tuple(shlex.split(command)) for name, command in processes.items()}
