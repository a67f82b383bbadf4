"""How often: counted in Redis for all processes together, in this process while Redis is away."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from redis import Redis

_LIMITER = "psot.security.limiter"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """``often`` in Flask-Limiter's words ("5 per minute"), counted per what ``per`` returns."""

    often: str
    per: Callable[[], str] = get_remote_address
    methods: tuple[str, ...] = UNSAFE


def install(app: Flask) -> None:
    """Give ``app`` its limiter; a room limits its own doors with `apply`."""
    redis = cast("Redis", app.extensions["psot.redis"])
    limiter = app.extensions[_LIMITER] = Limiter(
        get_remote_address,
        app=app,
        storage_uri="redis://",
        storage_options={"connection_pool": redis.connection_pool},  # type: ignore[dict-item]  # limits takes a pool, its type says text
        strategy="moving-window",
        in_memory_fallback_enabled=True,
        headers_enabled=True,
        retry_after="delta-seconds",
        key_prefix="psot:limits",
    )
    # Each limit stands before its own view (`apply`), and none is for all: at every other request
    # the search for one cost as much as reading the session does.
    app.before_request_funcs[None].remove(limiter._check_request_limit)  # noqa: SLF001 - there is no switch


def apply(app: Flask, table: Mapping[str, Iterable[Limit]]) -> None:
    """Put the limits of ``table`` before the views of its endpoints."""
    limiter = cast("Limiter", app.extensions[_LIMITER])
    for endpoint, limits in table.items():
        view: Any = app.view_functions[endpoint]
        for one in limits:
            view = limiter.limit(one.often, key_func=one.per, methods=list(one.methods))(view)
        app.view_functions[endpoint] = view


def per_field(name: str) -> Callable[[], str]:
    """Count per value of the form field ``name``, whatever its case; the value is not kept."""

    def key() -> str:
        value = request.form.get(name, "").strip().lower()
        return hashlib.sha256(value.encode()).hexdigest()

    return key
