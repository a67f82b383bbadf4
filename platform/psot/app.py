"""The web door: `create_app` builds everything from the settings; importing does nothing."""

from collections.abc import Callable

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from psot import copies, live, observability, security, shell
from psot.achievements import room as achievements
from psot.api import room as api
from psot.bots import room as bots
from psot.community import room as community
from psot.config import Settings
from psot.course import room as course
from psot.items import room as items
from psot.jury import room as jury
from psot.learning import room as learning
from psot.library import room as library
from psot.members import room as members
from psot.numbers import room as numbers
from psot.officials import room as officials
from psot.organizer import room as organizer
from psot.races import room as races
from psot.rankings import room as rankings
from psot.ratings import room as ratings
from psot.reading import room as reading
from psot.recordings import room as recordings
from psot.regions import room as regions
from psot.results import room as results
from psot.runtime import connect
from psot.seasons import room as seasons
from psot.standings import room as standings
from psot.study import room as study
from psot.workplace import room as workplace

# Every room adds its pages and hooks itself, in this order; the door that denies comes first.
ROOMS: tuple[Callable[[Flask], None], ...] = (
    observability.install,
    members.install_door,
    security.install,
    shell.install,
    live.install,
    members.install,
    library.install,
    learning.install,
    reading.install,
    recordings.install,
    items.install,
    workplace.install,
    community.install,
    study.install,
    races.install,
    course.install,
    standings.install,
    jury.install,
    results.install,
    ratings.install,
    regions.install,
    seasons.install,
    rankings.install,
    officials.install,
    achievements.install,
    numbers.install,
    organizer.install,
    bots.install,
    api.install,
    copies.install,
)

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
    made = connect(settings)
    app.extensions["psot.database"] = made.database
    app.extensions["psot.redis"] = made.redis
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's documented way
    for install in rooms:
        install(app)
    return app
