"""Names of a race's live boards on the wire.

A race for members only has boards that only members may watch; the jury's board stands apart.
"""

import re
from typing import Final
from uuid import UUID

from psot.races.values import RaceView

PUBLIC_PREFIX = "race"
MEMBERS_PREFIX = "racem"
TRUE_PREFIX = "racetrue"
SCREEN_PREFIX = "screen"
SCREEN_MEMBERS_PREFIX = "screenm"

_MAIN: Final = re.compile(rf"(?:{PUBLIC_PREFIX}|{MEMBERS_PREFIX}):([0-9a-f]{{32}})\Z")


def main(race: RaceView) -> str:
    """Return the board everybody follows; its parts are this name and a suffix."""
    return f"{PUBLIC_PREFIX if race.public else MEMBERS_PREFIX}:{race.id.hex}"


def true(race: RaceView) -> str:
    """Return the jury's board: never frozen, never delayed."""
    return f"{TRUE_PREFIX}:{race.id.hex}"


def screen(race: RaceView) -> str:
    """Return the board that tells the big screen what to show."""
    return f"{SCREEN_PREFIX if race.public else SCREEN_MEMBERS_PREFIX}:{race.id.hex}"


def of_class(race: RaceView, code: str) -> str:
    """Return the board of a class."""
    return f"{main(race)}.c.{code}"


def of_region(race: RaceView, code: str) -> str:
    """Return the board of a region."""
    return f"{main(race)}.r.{code}"


def of_point(race: RaceView, label: str) -> str:
    """Return the board of a timing point."""
    return f"{main(race)}.p.{label}"


def lanes(race: RaceView) -> str:
    """Return the board of the range: who shoots now."""
    return f"{main(race)}.range"


def field(race: RaceView) -> str:
    """Return the board of the course's picture."""
    return f"{main(race)}.field"


def news(race: RaceView) -> str:
    """Return the board of the ticker."""
    return f"{main(race)}.news"


def race_of(board: str) -> UUID | None:
    """Return the race whose main board is called so; None for another board.

    >>> race_of("race:0123456789abcdef0123456789abcdef.range") is None
    True
    """
    found = _MAIN.match(board)
    return UUID(hex=found[1]) if found else None
