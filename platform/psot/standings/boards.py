"""Who may watch the boards of races, and where a racer finds the own window."""

from flask import Flask

from psot.live import BoardKind
from psot.live.door import Door
from psot.policies import JURY, MEMBER, PUBLIC
from psot.standings import names
from psot.standings.around import windows


def register(app: Flask) -> None:
    """Let anybody watch public races, members all others, and the jury the truth."""
    door: Door = app.extensions["psot.live"]
    door.register_board(BoardKind(prefix=names.PUBLIC_PREFIX, policy=PUBLIC, windows=windows))
    door.register_board(BoardKind(prefix=names.MEMBERS_PREFIX, policy=MEMBER, windows=windows))
    door.register_board(BoardKind(prefix=names.TRUE_PREFIX, policy=JURY))
