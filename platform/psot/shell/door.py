"""How the shell enters an app: languages, formats, files, navigation, error pages, its pages."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from flask import Flask, current_app, request
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from werkzeug.wrappers import Response

from psot.shell import (
    assets,
    calls,
    files,
    formats,
    fragments,
    navigation,
    pages,
    preferences,
    slots,
)
from psot.shell.reader import Reader, reader

HOUSE = Path(__file__).resolve().parent.parent
"""The package whose rooms each carry a `translations` folder."""

_STRINGS = "psot.shell.strings"


def install(app: Flask, *, translation_directories: Sequence[Path] | None = None) -> None:
    """Dress `app` in the shell; the catalogues are those of every room unless others are named."""
    catalogues = (
        sorted(HOUSE.glob("*/translations"))
        if translation_directories is None
        else translation_directories
    )
    preferences.install(app, [str(folder) for folder in catalogues])
    calls.install(app)
    assets.install(app)
    fragments.install(app)
    slots.install(app)
    files.install(app)
    formats.install(app)
    app.register_blueprint(pages.blueprint)
    slots.has_part(app, "shell.home", pages.next_steps)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.after_request
    def speak(response: Response) -> Response:
        """Say that a page depends on what its reader asked for; a choice of theirs is a cookie."""
        if response.mimetype == "text/html":
            response.vary.add("Accept-Language")
        return response

    @app.context_processor
    def shell() -> dict[str, object]:
        return {"shell": Page()}


class Page:
    """What `shell/base.html` asks about the page it dresses; each is found out once."""

    themes = preferences.THEMES
    languages = preferences.LANGUAGES

    @cached_property
    def theme(self) -> str:
        """Return "auto", "light" or "dark"."""
        return preferences.theme()

    @cached_property
    def language(self) -> str:
        """Return "ru" or "en"."""
        return preferences.language()

    @cached_property
    def zone(self) -> str:
        """Return the IANA name of the reader's zone."""
        return preferences.zone()

    @cached_property
    def here(self) -> str:
        """Return the address to come back to: a page with its query, never a form's target."""
        return request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else "/"

    @cached_property
    def main(self) -> list[navigation.Item]:
        """Return the main navigation as this reader sees it."""
        return list(navigation.visible(navigation.MAIN))

    @cached_property
    def also(self) -> list[navigation.Item]:
        """Return what the foot of the page leads to besides."""
        return list(navigation.visible(navigation.ALSO))

    @cached_property
    def desks(self) -> list[navigation.Item]:
        """Return where this reader works for the others."""
        return list(navigation.visible(navigation.DESKS))

    @cached_property
    def editing(self) -> list[navigation.Item]:
        """Return the editors' desks."""
        return list(navigation.visible(navigation.EDITING))

    @cached_property
    def desk(self) -> str:
        """Return the path of the editors' desk this page belongs to."""
        return navigation.current(navigation.EDITING)

    @cached_property
    def member(self) -> list[navigation.Item]:
        """Return the member's own pages."""
        return list(navigation.visible(navigation.MEMBER))

    @cached_property
    def news(self) -> bool:
        """Tell whether anything new stands behind one of the member's own pages."""
        return any(navigation.counted(item) for item in self.member)

    def counted(self, item: navigation.Item) -> int:
        """Return how much that is new stands behind one of the member's own pages."""
        return navigation.counted(item)

    @cached_property
    def current(self) -> str:
        """Return the path of the navigation item this page belongs to."""
        return navigation.current(navigation.MAIN + navigation.DESKS + navigation.MEMBER)

    @cached_property
    def reader(self) -> Reader | None:
        """Return the signed-in member, or None."""
        return reader()

    @cached_property
    def signed_in(self) -> bool:
        """Tell whether the reader is signed in."""
        return self.reader is not None

    @cached_property
    def strings(self) -> Markup:
        """Return the sentences for scripts as JSON; written once per language and process."""
        known: dict[str, Markup] = current_app.extensions.setdefault(_STRINGS, {})
        if self.language not in known:
            known[self.language] = htmlsafe_json_dumps(pages.client_strings())
        return known[self.language]

    def has(self, path: str) -> bool:
        """Tell whether the house has a page at `path`: a link to it would work."""
        return navigation.exists(current_app, path)
