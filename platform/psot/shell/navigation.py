"""The main navigation as one table. An item shows once its page exists and the reader may enter."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

import structlog
from flask import Flask, current_app, g, request
from flask_babel import lazy_gettext, lazy_pgettext
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from psot.shell.reader import reader

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Item:
    """One place in the house: where it is, what it is called, who sees it (nobody named: all)."""

    path: str
    label: str
    icon: str
    roles: frozenset[str] = frozenset()
    signed_in: bool = False
    within: str = ""
    """What its pages' addresses begin with, where that is not its own path."""


EDITORS = frozenset({"editor", "administrator"})

MAIN = (
    Item("/library", lazy_gettext("Library"), "book-open"),
    Item("/recordings", lazy_gettext("Recordings"), "circle-play"),
    Item("/quizzes", lazy_pgettext("navigation", "Quizzes"), "list-checks"),
    Item("/workplace", lazy_gettext("Virtual enterprise"), "hard-hat"),
    Item("/questions", lazy_gettext("Questions"), "users-round"),
    Item("/races", lazy_gettext("Biathlon"), "flag"),
    Item("/ratings", lazy_gettext("Ratings"), "trophy"),
)
"""What everybody comes for: one line at the head of every page."""

ALSO = (
    Item("/ratings/regions", lazy_gettext("Regions"), "map"),
    Item("/ratings/seasons", lazy_gettext("Seasons"), "calendar"),
    Item("/numbers", lazy_gettext("The community in figures"), "chart-column"),
    Item("/api/v1/docs", lazy_gettext("API"), "braces"),
)
"""What stands at the foot of every page besides."""

DESKS = (
    Item(
        "/editor/content",
        lazy_gettext("Editing"),
        "pencil",
        roles=EDITORS,
        within="/editor",
    ),
    Item(
        "/jury/races",
        lazy_gettext("Jury"),
        "scale",
        roles=frozenset({"jury", "organizer", "administrator"}),
    ),
    Item(
        "/organizer",
        lazy_gettext("Organizer"),
        "gauge",
        roles=frozenset({"organizer", "administrator"}),
    ),
)
"""Where some work for the others; in the menu of those who do."""

EDITING = (
    Item("/editor/content", lazy_gettext("Content"), "layers", roles=EDITORS),
    Item("/editor/quizzes", lazy_gettext("Quizzes"), "list-checks", roles=EDITORS),
    Item("/editor/items", lazy_gettext("Item analysis"), "chart-column", roles=EDITORS),
    Item("/editor/recordings", lazy_gettext("Recordings"), "circle-play", roles=EDITORS),
    Item("/editor/questions", lazy_gettext("Community"), "users-round", roles=EDITORS),
    Item("/editor/workplace", lazy_gettext("Scenarios"), "hard-hat", roles=EDITORS),
)
"""The editors' desks, side by side on each of them."""

MEMBER = (
    Item("/me", lazy_gettext("My progress"), "target", signed_in=True),
    Item("/me/today", lazy_gettext("My mistakes and today's set"), "calendar", signed_in=True),
    Item("/me/plan", lazy_gettext("My plan"), "map-pin", signed_in=True),
    Item("/me/achievements", lazy_gettext("My achievements"), "award", signed_in=True),
    Item("/me/questions", lazy_gettext("My questions"), "users-round", signed_in=True),
    Item(
        "/official",
        lazy_gettext("For officials"),
        "building-2",
        roles=frozenset({"official", "organizer", "administrator"}),
    ),
    Item("/me/settings", lazy_gettext("Account settings"), "user-round", signed_in=True),
    Item("/me/consents", lazy_gettext("Consents"), "shield-check", signed_in=True),
    Item("/me/sessions", lazy_gettext("My sessions"), "monitor-smartphone", signed_in=True),
    Item("/me/tokens", lazy_gettext("API tokens"), "key-round", signed_in=True),
)


_COUNTS = "psot.navigation.counts"
_EXISTING = "psot.navigation.existing"
_TOLD = "psot_counts"


OfMany = Callable[[Connection, Sequence[UUID]], Mapping[UUID, int]]
"""Counts for many members by one statement; whoever is missing has 0."""


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Two ways to one count: for the reader of the page, and for many members at once."""

    read: Callable[[], int]
    of_many: OfMany


def count(app: Flask, path: str, read: Callable[[], int], of_many: OfMany) -> None:
    """Show what ``read`` returns, where it is not 0, beside the member's own item at ``path``.

    ``of_many`` counts the same for whoever is sent a page that was made for many.
    """
    _counters(app)[path] = Counter(read=read, of_many=of_many)


def counts_of(
    app: Flask, connection: Connection, members: Sequence[UUID]
) -> dict[UUID, tuple[tuple[str, int], ...]]:
    """Return what stands beside the own items of each of ``members``, as pairs of path and count.

    A statement for each kind of count, however many members they are.
    """
    counted = {path: one.of_many(connection, members) for path, one in _counters(app).items()}
    return {
        member: tuple((path, found.get(member, 0)) for path, found in counted.items())
        for member in members
    }


def take_for(counts: Mapping[str, int]) -> None:
    """Let this page have ``counts``: its reader is no member who could be asked for."""
    setattr(g, _TOLD, counts)


def counted(item: Item) -> int:
    """Return the count beside ``item``; 0 where there is none, or nobody can tell just now."""
    return counted_at(item.path)


def counted_at(path: str) -> int:
    """Return the same for the item at ``path``."""
    told: Mapping[str, int] | None = g.get(_TOLD)
    if told is not None:
        return told.get(path, 0)
    counter = _counters(current_app).get(path)
    try:
        return counter.read() if counter else 0
    except SQLAlchemyError as error:
        _log.warning("count_unknown", path=path, error=type(error).__name__)
        return 0


def _counters(app: Flask) -> dict[str, Counter]:
    return cast("dict[str, Counter]", app.extensions.setdefault(_COUNTS, {}))


def exists(app: Flask, path: str) -> bool:
    """Tell whether the house answers GET `path` (a redirect to it counts); looked up once."""
    known: dict[str, bool] = app.extensions.setdefault(_EXISTING, {})
    if path not in known:
        try:
            app.url_map.bind("localhost").match(path, method="GET")
        except RequestRedirect:
            known[path] = True
        except HTTPException:
            known[path] = False
        else:
            known[path] = True
    return known[path]


def _allowed(item: Item) -> bool:
    if not (item.signed_in or item.roles):
        return True
    member = reader()
    if member is None:
        return False
    return not item.roles or any(member.has_role(role) for role in item.roles)


def visible(items: tuple[Item, ...]) -> Iterator[Item]:
    """Yield the items whose pages exist and that the reader may enter."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  url_map lives on the real app
    return (item for item in items if _allowed(item) and exists(app, item.path))


def current(items: tuple[Item, ...]) -> str:
    """Return the path of the item this page belongs to: the longest that starts its address."""
    inside = [
        item.path for item in items if f"{request.path}/".startswith(f"{item.within or item.path}/")
    ]
    return max(inside, key=len, default="")
