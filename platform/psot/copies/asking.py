"""What a shared page depends on: the key of a copy, and the one request a copy is made of.

A copy is made of its key alone. The request of whoever came first is not shown to the app, so no
copy can hold anything of it that is not in the key.
"""

import sys
from io import BytesIO
from typing import Any, Final, NamedTuple

from werkzeug.datastructures import MultiDict
from werkzeug.sansio.http import parse_cookie

from psot.shell import preferences

Environ = dict[str, Any]

SAME: Final = (
    "PATH_INFO",
    "QUERY_STRING",
    "SCRIPT_NAME",
    "HTTP_HOST",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "SERVER_NAME",
    "SERVER_PORT",
    "wsgi.url_scheme",
)
"""Of a request's environ, what a page may show as it is: its address, as proxies tell it too."""

LONGEST: Final = 2048
"""Characters of the longest address that is copied. Keys take up memory too, and whoever invents
addresses invents long ones."""


class Asked(NamedTuple):
    """Which page is asked for, and how it is to look; equal where one copy serves both."""

    address: tuple[str | None, ...]
    wish: preferences.Wish

    def environ(self) -> Environ:
        """Return a request for exactly this, by nobody in particular."""
        told = zip(SAME, self.address, strict=True)
        return {
            **{name: text for name, text in told if text is not None},
            "REQUEST_METHOD": "GET",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_COOKIE": self.wish.cookies,
            "wsgi.version": (1, 0),
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def address(environ: Environ) -> tuple[str | None, ...]:
    """Return which page ``environ`` names."""
    return tuple(environ.get(name) for name in SAME)


def short(environ: Environ) -> bool:
    """Tell whether the address is one of which copies may be kept."""
    return sum(len(one) for one in address(environ) if one) <= LONGEST


def cookies_of(environ: Environ) -> MultiDict[str, str]:
    """Return the cookies as the app reads them: of bytes that are no text as well."""
    return parse_cookie(environ.get("HTTP_COOKIE"))


def asked(environ: Environ, cookies: MultiDict[str, str]) -> Asked:
    """Return what the visitor of ``environ`` asks for."""
    accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
    return Asked(address(environ), preferences.of_browser(cookies, accepted))
