"""The web process: the application on gevent's server.

Call `serve` only after ``gevent.monkey.patch_all()``.
"""

from typing import cast

import gevent

from psot import garbage, server
from psot.app import create_app
from psot.config import Settings
from psot.copies import Busy, Copies
from psot.course.actions import heart
from psot.live import door_of
from psot.members.sessions import DatabaseSessions
from psot.turns import Turns


def serve(settings: Settings) -> None:
    """Serve PSOT until SIGTERM, then finish what is open. Raises OSError on a busy address."""
    app = create_app(settings)
    heart(app).start(gevent.spawn)
    garbage.settle()
    gevent.spawn(garbage.Walks().run, gevent.sleep)
    uses = cast("DatabaseSessions", app.session_interface).uses
    uses.gather(gevent.spawn)
    answering = Copies(Turns(app, Busy(app)), app)
    server.serve(answering, server.listener(settings), farewell=door_of(app).goodbye)
    uses.write()
