"""Live: sockets, tickets, rooms and versioned boards. It computes nothing itself."""

from flask import Flask

from psot.live import pages
from psot.live.buckets import Rate
from psot.live.current import door_of
from psot.live.door import Door
from psot.live.events import Connection, Event
from psot.live.kinds import BoardKind
from psot.live.queue import Emitter
from psot.live.visitor import Recognition, Visitor

__all__ = [
    "BoardKind",
    "Connection",
    "Door",
    "Emitter",
    "Event",
    "Rate",
    "Recognition",
    "Visitor",
    "door_of",
    "install",
]


def install(app: Flask) -> None:
    """Open the door of ``app``; rooms then register their boards, events and the recognition.

    It needs ``psot.settings`` and ``psot.redis`` among the app's extensions. Nothing connects
    before the first socket does.
    """
    app.extensions["psot.live"] = Door(
        app, app.extensions["psot.settings"], app.extensions["psot.redis"]
    )
    app.register_blueprint(pages.blueprint)
