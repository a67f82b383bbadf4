"""What the big screen of a race shows: kept in a row, told to screens as a board of its own.

While the public board stands still, the last places are revealed one by one: the true rows of what
is revealed travel on the screen's board, and no others.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import Flask
from flask_babel import lazy_gettext as _
from redis import Redis
from sqlalchemy.orm import Session

from psot.live import BoardKind, boards
from psot.live.door import Door
from psot.policies import MEMBER, PUBLIC
from psot.races.values import RaceView
from psot.standings import names
from psot.standings.models import Screen
from psot.standings.wishes import WishInvalid

PANELS: Final = ("auto", "range", "course", "class", "news", "reveal")
"""What the right half may show; ``auto`` rotates, ``reveal`` takes the whole screen."""

REVEALED_PLACES: Final = 12
"""How many places of the frozen part are revealed one by one: as many as the screen has rows."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a screen shows: a panel, a racer in the lower third, a class, places revealed."""

    panel: str = "auto"
    bib: int | None = None
    class_code: str = ""
    revealed: int = 0


def shown(session: Session, race_id: UUID) -> Shown:
    """Return what the screen of a race shows; the defaults where nobody has chosen yet."""
    row = session.get(Screen, race_id)
    return Shown() if row is None else _shown(row)


def show(session: Session, race_id: UUID, wanted: Shown, *, by: UUID, now: datetime) -> Shown:
    """Let the screen show ``wanted``. Raises WishInvalid for a panel that does not exist."""
    if wanted.panel not in PANELS:
        raise WishInvalid(_("There is no such panel."), subject=wanted.panel[:40])
    row = session.get(Screen, race_id, with_for_update=True)
    if row is None:
        row = Screen(race=race_id, changed_at=now)
        session.add(row)
    row.panel, row.bib, row.class_code = wanted.panel, wanted.bib, wanted.class_code
    row.revealed = max(0, min(wanted.revealed, REVEALED_PLACES))
    row.changed_at, row.changed_by = now, by
    session.flush()
    return _shown(row)


def to_reveal(redis: Redis, race: RaceView) -> list[dict[str, Any]]:
    """Return the true rows of the first places, the winner first; for the jury's eyes."""
    board = boards.snapshot(redis, names.true(race))
    rows = [row for key, row in board.rows.items() if key != "race"] if board else []
    return sorted(rows, key=lambda row: int(row["pos"]))[:REVEALED_PLACES]


def publish(redis: Redis, race: RaceView, wanted: Shown) -> None:
    """Tell the screens. Raises RedisError where Redis does not answer."""
    boards.publish(redis, names.screen(race), rows_of(wanted, _true_rows(redis, race, wanted)))


def rows_of(wanted: Shown, true: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the board of a screen: ``screen``, and one ``place:n`` for each revealed place.

    Places are revealed from the last upwards; of the rest only their number is told.
    """
    hidden = max(0, len(true) - wanted.revealed)
    rows: dict[str, Any] = {
        "screen": {
            "panel": wanted.panel,
            "bib": wanted.bib,
            "class": wanted.class_code,
            "places": len(true),
            "hidden": hidden,
        }
    }
    return rows | {f"place:{row['pos']}": row for row in true[hidden:]}


def register(app: Flask) -> None:
    """Let screens watch what they show; those of a race for members only, members."""
    door: Door = app.extensions["psot.live"]
    door.register_board(BoardKind(prefix=names.SCREEN_PREFIX, policy=PUBLIC))
    door.register_board(BoardKind(prefix=names.SCREEN_MEMBERS_PREFIX, policy=MEMBER))


def _true_rows(redis: Redis, race: RaceView, wanted: Shown) -> list[dict[str, Any]]:
    return to_reveal(redis, race) if wanted.panel == "reveal" else []


def _shown(row: Screen) -> Shown:
    return Shown(panel=row.panel, bib=row.bib, class_code=row.class_code, revealed=row.revealed)
