"""Headers of every response. Nothing is fetched from, framed by or told to another host."""

from collections.abc import Mapping
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.wrappers import Response

from psot.config import Settings

HSTS = "max-age=63072000; includeSubDomains"

CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def _written(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {source}" for name, source in policy.items())


# Statuses that ask for another try later.
WAITING = (429, 503)
ALWAYS = {
    "Content-Security-Policy": _written(CSP),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def framed_anywhere(response: Response) -> None:
    """Let other sites frame ``response``: only for a page without cookies and without forms."""
    policy = CSP | {"frame-ancestors": "*", "form-action": "'none'"}
    response.headers["Content-Security-Policy"] = _written(policy)


def with_sources(response: Response, more: Mapping[str, str]) -> None:
    """Let the page of ``response`` use what the directives ``more`` name, and nothing else more."""
    response.headers["Content-Security-Policy"] = _written(CSP | dict(more))


def fixed(settings: Settings) -> dict[str, str]:
    """Return the headers that every answer of a house with ``settings`` has."""
    return {**ALWAYS, "Strict-Transport-Security": HSTS} if settings.secure else dict(ALWAYS)


def install(app: Flask) -> None:
    """Add the headers to everything ``app`` answers, errors too."""
    always = fixed(cast("Settings", app.extensions["psot.settings"]))

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if _personal(response):
            response.headers["Cache-Control"] = "no-store"
        _keep_inside(response)
        if response.status_code not in WAITING:
            # The limiter adds it to everything; on a redirect it would make a client wait.
            response.headers.pop("Retry-After", None)
        return response


def _personal(response: Response) -> bool:
    """Whether somebody's own page must not stay in any cache: whatever was made for a member."""
    if request.endpoint == "static" or "public" in response.headers.get("Cache-Control", ""):
        return False
    return "Cookie" in request.headers or "Authorization" in request.headers


def _keep_inside(response: Response) -> None:
    """Send a redirect to our own host as a path, whatever host the request named."""
    target = response.headers.get("Location", "")
    parts = urlsplit(target)
    if parts.netloc and parts.netloc == request.host:
        query = f"?{parts.query}" if parts.query else ""
        response.headers["Location"] = f"{parts.path or '/'}{query}"
