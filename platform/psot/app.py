"""The web door: `create_app` builds everything from the settings; importing does nothing."""

from collections.abc import Callable

from flask import Flask
from redis import Redis
from werkzeug.middleware.proxy_fix import ProxyFix

from psot.config import Settings
from psot.database import Database
from psot.ledger import Ledger
from psot.ledger.bell import Bell
from psot.projections import CATALOGUE

# Every room adds its pages and hooks itself, in this order; the door that denies comes first.
ROOMS: tuple[Callable[[Flask], None], ...] = ()

LARGEST_REQUEST_BYTES = 1_000_000


def create_app(settings: Settings, *, rooms: tuple[Callable[[Flask], None], ...] = ROOMS) -> Flask:
    """Return the whole web application for ``settings``; connects to nothing yet."""
    settings.require_secret()
    app = Flask("psot", static_folder="static", template_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key or "demo",
        MAX_CONTENT_LENGTH=LARGEST_REQUEST_BYTES,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.extensions["psot.settings"] = settings
    connect(app, settings)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's documented way
    for install in rooms:
        install(app)
    return app


def connect(app: Flask, settings: Settings) -> None:
    """Give the app its database, its Redis and the ledger between them."""
    database = Database(settings.database_url, pool=settings.database_pool)
    redis = redis_client(settings.redis_url)
    Ledger(catalogue=CATALOGUE, ring=Bell(redis).ring).attach(database)
    app.extensions["psot.database"] = database
    app.extensions["psot.redis"] = redis


def redis_client(url: str) -> "Redis":
    """Return a client that never waits long: nothing a member asks for hangs on Redis."""
    return Redis.from_url(url, socket_timeout=2, socket_connect_timeout=1)
