"""A peer of `bench/fanout.py`: a bare Flask-SocketIO server on gevent, as its manual starts it.

    python -m bench.fanout_stock PORT

Orders on its input are those of `bench.fanout_publisher`; what it sends has the same length.
"""

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402 - after the patch, as every server on gevent
import json
import sys
import time

import gevent
from flask import Flask
from flask_socketio import SocketIO, join_room
from gevent.fileobject import FileObject

from bench.fanout_wire import EVENT, message, row

ROOM = "board"


def speak(socketio: SocketIO) -> None:
    """Send what is asked for until the input ends, then end."""
    for line in FileObject(sys.stdin.fileno(), "r", closefd=False):
        order = json.loads(line)
        begun_s = time.monotonic()
        for nth in range(order["count"]):
            gevent.sleep(max(0.0, begun_s + nth * order["every_s"] - time.monotonic()))
            seq = order["first"] + nth
            text = message(seq, row(seq, time.monotonic_ns(), order["size"]))
            socketio.emit("board.delta", json.loads(text[len(EVENT) : -1]), to=ROOM)
        sys.stdout.write("{}\n")
        sys.stdout.flush()
    sys.exit(0)


def main() -> None:
    """Serve."""
    app = Flask("stock")
    socketio = SocketIO(app, async_mode="gevent", cors_allowed_origins="*")

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @socketio.on("connect")  # type: ignore[untyped-decorator]  # Flask-SocketIO has no types
    def connect(_auth: object = None) -> None:
        join_room(ROOM)

    gevent.spawn(speak, socketio)
    socketio.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_output=False)


if __name__ == "__main__":
    main()
