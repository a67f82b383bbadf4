"""The peer of `bench/race.py`: a bare Flask-SocketIO server that acknowledges what it hears.

Run it as a program with a port; it answers the event ``echo`` and knows nothing.
"""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402 - after the patch, as every server on gevent
from typing import Any  # noqa: E402

from flask import Flask  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402

if __name__ == "__main__":
    app = Flask("echo")
    socketio = SocketIO(app, async_mode="gevent", cors_allowed_origins="*")

    @socketio.on("echo")
    def echo(payload: dict[str, Any]) -> dict[str, Any]:
        """Acknowledge."""
        return {"ok": True, **payload}

    socketio.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_output=False)
