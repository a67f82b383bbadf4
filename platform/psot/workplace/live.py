"""The board of a class: told after each change has been committed."""

from typing import cast

import structlog
from flask import Flask, current_app
from redis import Redis
from redis.exceptions import RedisError

from psot.database import transaction
from psot.live import BoardKind, boards
from psot.live.door import Door
from psot.policies import MEMBER
from psot.workplace import queries
from psot.workplace.values import ClassView

PREFIX = "class"

_log = structlog.get_logger()


def publish(group: ClassView | None) -> None:
    """Tell the class where it stands; without Redis its pages go on without news."""
    if group is None:
        return
    redis = cast("Redis", current_app.extensions["psot.redis"])
    with transaction() as session:
        as_of, rows = queries.board_rows(session, group)
    try:
        boards.publish(redis, group.board, rows, as_of=as_of)
    except RedisError as error:
        _log.warning("class_board_not_published", error=type(error).__name__)


def register(app: Flask) -> None:
    """Let members watch boards of classes: their names cannot be guessed."""
    door: Door = app.extensions["psot.live"]
    door.register_board(BoardKind(prefix=PREFIX, policy=MEMBER))
