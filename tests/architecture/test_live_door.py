"""The socket library stays behind its door, so that another can take its place."""

import ast
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
LIVE = HOUSE / "platform" / "psot" / "live"
BEHIND = {
    LIVE / f"{name}.py" for name in ("door", "engine", "hello", "packets", "queue", "sockets")
}
SOCKETS = {"flask_socketio", "socketio", "engineio", "simple_websocket"}


def imported_by(module: Path) -> set[str]:
    """Top-level names of the packages that ``module`` imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_only_the_door_and_what_lies_behind_it_know_the_socket_library() -> None:
    modules = sorted((HOUSE / "platform").rglob("*.py"))
    knowing = {one for one in modules if imported_by(one) & SOCKETS}

    assert knowing == BEHIND


def test_only_the_door_itself_knows_flask_socketio() -> None:
    knowing = {one.name for one in BEHIND if "flask_socketio" in imported_by(one)}

    assert knowing == {"door.py"}


def test_the_dead_websocket_server_is_not_installed() -> None:
    """The engine would silently prefer it, and it upgrades before the origin is checked."""
    locks = [one.read_text(encoding="utf-8") for one in (HOUSE / "requirements").glob("*.txt")]

    assert locks
    assert not any("gevent-websocket" in text for text in locks)
