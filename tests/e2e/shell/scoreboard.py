"""A small server of one live board: it speaks the protocol of boards and errs on request."""

import itertools
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, jsonify, render_template_string, request
from flask_socketio import SocketIO

from psot import shell
from psot.security.headers import ALWAYS

BOARD = "ratings:2026-Q4"
OWN = "m3"
PAGE = """
{% extends "shell/base.html" %}{% from "shell/board.html" import live_board %}
{% from "shell/parts.html" import stat %}
{% block main %}<h1>Рейтинг</h1><dl class="stats">{{ stat(9, "место", live="rank") }}
{{ stat(1, "рейтинг", live="rating") }}</dl><div class="columns">
{{ live_board(board, rows, "Лидеры", own=own, slots=10, moves=true, region_names=regions) }}
{{ live_board(board, (), "Рядом со мной", own=own, slots=7, around=true) }}</div>{% endblock %}
{% block scripts %}{{ script("board") }}{% endblock %}
"""


class Scoreboard:
    """The board, its page, and what can go wrong on the way to a watcher."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {
            f"m{i}": {"rank": i, "member": f"Участник {i}", "region": "RU-TYU", "rating": 900 - i}
            for i in range(1, 6)
        }
        self.epoch, self.version = "a", 1
        self.tickets: set[str] = set()
        self.watched: list[Any] = []
        self.refuse_with = 0
        self.loses_websockets = False
        self.app = Flask("psot", template_folder=None)
        self.app.config["SECRET_KEY"] = "scoreboard"
        self.app.jinja_env.globals["csrf_token"] = lambda: "token"
        shell.install(self.app)
        self.app.add_url_rule("/board", "board", self._page)
        self.app.add_url_rule("/live/ticket", "ticket", self._ticket, methods=["POST"])
        self.app.after_request(lambda response: response.headers.update(ALWAYS) or response)
        self.socketio = SocketIO(self.app, async_mode="threading", cors_allowed_origins="*")
        self.app.wsgi_app = self._way(self.app.wsgi_app)  # type: ignore[method-assign]  # Flask's documented way
        self.socketio.on_event("connect", self._connect)
        self.socketio.on_event("board.watch", self._watch)
        self.socketio.on_event("board.around", self._around)

    def put(self, *, tell: bool = True, **rows: dict[str, Any]) -> None:
        """Make a version with `rows`; `tell` is whether the message arrives."""
        self.rows |= rows
        self.version += 1
        if tell:
            self.socketio.emit("board.delta", self.delta(rows))

    def delta(self, rows: dict[str, dict[str, Any]], gone: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return the message that brings a watcher from the version before to this one."""
        return {
            "board": BOARD,
            "epoch": self.epoch,
            "from": self.version - 1,
            "to": self.version,
            "set": rows,
            "gone": gone,
        }

    def drop_everybody(self) -> None:
        """Cut every connection, as a restart of the server does."""
        for sid in list(self.socketio.server.manager.get_participants("/", None)):
            self.socketio.server.disconnect(sid[0])

    def _way(self, whole: Callable[..., Any]) -> Callable[..., Any]:
        """Return the way to ``whole``, on which websockets may be lost: asked for, never answered.

        The ticket that was shown is gone then, as where the answer is what got lost.
        """

        def way(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
            if not self.loses_websockets or "HTTP_UPGRADE" not in environ:
                return whole(environ, start)
            self.tickets -= set(parse_qs(environ["QUERY_STRING"])["ticket"])
            start("502 BAD GATEWAY", [])
            return ()

        return way

    def _page(self) -> str:
        rows = [shell.Row(key, **row) for key, row in self.rows.items()]
        regions = {"RU-TYU": "Тюменская область", "RU-SVE": "Свердловская область"}
        return render_template_string(PAGE, board=BOARD, rows=rows, own=OWN, regions=regions)

    def _ticket(self) -> Any:
        if self.refuse_with:
            return "", self.refuse_with
        ticket = secrets.token_hex(8)
        self.tickets.add(ticket)
        return jsonify(ticket=ticket)

    def _connect(self) -> bool:
        try:
            self.tickets.remove(request.args["ticket"])
        except KeyError:
            return False
        self.socketio.emit("live.hello", {"retry_ms": [50, 100]})
        return True

    def _watch(self, message: dict[str, Any]) -> dict[str, Any]:
        self.watched.append(message["have"])
        whole = {"board": BOARD, "epoch": self.epoch, "version": self.version, "rows": self.rows}
        self.socketio.emit("board.snapshot", whole)
        return {"ok": True, "sent": "snapshot"}

    def _around(self, message: dict[str, Any]) -> dict[str, Any]:
        rows = [{"key": key, **self.rows[key]} for key in itertools.islice(self.rows, 1, 5)]
        self.socketio.emit("around.me", {"board": message["board"], "rows": rows})
        return {"ok": True}
