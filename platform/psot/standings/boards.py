"""Who may watch the boards of races, and where a racer finds the own window."""

from flask import Flask

from psot.live import BoardKind
from psot.live.door import Door
from psot.policies import JURY, MEMBER, PUBLIC
from psot.standings import names
from psot.standings.around import neighbours, windows


def register(app: Flask) -> None:
    """Let anybody watch public races, members all others, and the jury the truth."""
    door: Door = app.extensions["psot.live"]
    for prefix, policy in ((names.PUBLIC_PREFIX, PUBLIC), (names.MEMBERS_PREFIX, MEMBER)):
        door.register_board(
            BoardKind(prefix=prefix, policy=policy, windows=windows, neighbours=neighbours)
        )
    door.register_board(BoardKind(prefix=names.TRUE_PREFIX, policy=JURY))
