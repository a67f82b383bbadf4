"""A bot's own account: every answer that was acknowledged to it, written down at once.

One JSON object a line. Whoever doubts the ledger holds it against this.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True, kw_only=True)
class Line:
    """An acknowledged answer. ``took_ms`` is from sending to the acknowledgement.

    ``right`` is what the bot meant by it, ``sends`` how often it had to be sent.
    """

    race: str
    bib: int
    task: int
    kind: str
    option: str
    outcome: str
    right: bool
    repeated: bool
    sends: int
    at_ms: int
    took_ms: float


Keep = Callable[[Line], None]


class Account:
    """The lines of all bots of a run, in memory and, with a ``path``, on disk."""

    def __init__(self, path: Path | None = None) -> None:
        self.lines: list[Line] = []
        self._file: TextIO | None = path.open("a", encoding="utf-8") if path else None

    def keep(self, line: Line) -> None:
        """Write ``line`` down."""
        self.lines.append(line)
        if self._file:
            self._file.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file:
            self._file.close()


def read(path: Path) -> list[Line]:
    """Return the lines of an account kept at ``path``."""
    with path.open(encoding="utf-8") as lines:
        return [Line(**json.loads(line)) for line in lines]
