"""The gate before the sockets: no upgrade without the right origin, no message out of bounds."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

PATH = "/socket.io/"
PLAIN = [("Content-Type", "text/plain; charset=utf-8")]

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]


def admits(environ: Environ, origins: frozenset[str]) -> bool:
    """Tell whether a request to the sockets comes from one of ``origins``.

    A missing Origin is refused, but for a long-polling GET that the browser itself marks as coming
    from our own page: browsers send no Origin there, and no page can forge the mark.
    """
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None:
        return origin in origins
    query = parse_qs(environ.get("QUERY_STRING", ""))
    return (
        environ.get("REQUEST_METHOD") == "GET"
        and query.get("transport") == ["polling"]
        and "HTTP_UPGRADE" not in environ
        and environ.get("HTTP_SEC_FETCH_SITE") == "same-origin"
    )


def is_too_large(environ: Environ, limit_bytes: int) -> bool:
    """Tell whether a long-polling message is above the limit, or does not say how large it is."""
    if environ.get("REQUEST_METHOD") != "POST":
        return False
    length = environ.get("CONTENT_LENGTH") or ""
    return not length.isdecimal() or int(length) > limit_bytes


def gate(app: WsgiApp, origins: frozenset[str], limit_bytes: int) -> WsgiApp:
    """Return ``app`` behind the gate: 403 for a wrong origin, 413 for a message too large."""

    def guarded(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PATH):
            return app(environ, start_response)
        if not admits(environ, origins):
            start_response("403 FORBIDDEN", PLAIN)
            return [b"This origin may not open sockets here."]
        if is_too_large(environ, limit_bytes):
            start_response("413 CONTENT TOO LARGE", PLAIN)
            return [b"This message is too large."]
        return app(environ, start_response)

    return guarded
