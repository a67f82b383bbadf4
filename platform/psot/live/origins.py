"""The gate before the sockets: who has no right origin does not even get an upgrade."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

PATH = "/socket.io/"

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


def gate(app: WsgiApp, origins: frozenset[str]) -> WsgiApp:
    """Return ``app`` behind the gate: 403 for socket requests that `admits` refuses."""

    def guarded(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(PATH) and not admits(environ, origins):
            start_response("403 FORBIDDEN", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"This origin may not open sockets here."]
        return app(environ, start_response)

    return guarded
