"""What two readers of the same page do not share: token, moment of sending, own name, id and part.

A page has them from ``g`` and from its reader. Whoever makes a page for many (`psot.copies`) puts
marks there instead: where one reader's own would stand, a mark stands. And a page that shows
members says whom (`shows`): to them it is another page.

A page may have one part that is a member's own: what `has_part` names makes it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, cast
from uuid import UUID

from flask import Flask, current_app, g, has_app_context, request
from markupsafe import Markup

from psot import clock

TOKEN: Final = "csrf_token"  # noqa: S105 - a name of Flask-WTF, under which a page has its token
SENT_MS: Final = "psot_sent_ms"
NAMES: Final = ("token", "moment", "name", "id", "part")

_MARKS = "psot_marks"
_PARTS = "psot.shell.parts"
_SHOWN = "psot_shown"


def sent_ms() -> str:
    """Return the moment the page is sent, in ms since 1970: one for the whole page."""
    if SENT_MS not in g:
        setattr(g, SENT_MS, str(round(clock.now().timestamp() * 1000)))
    return str(g.get(SENT_MS))


def fill(marks: Mapping[str, str]) -> None:
    """Let this page have ``marks``, one for each of `NAMES`, where its reader's own would stand."""
    setattr(g, _MARKS, dict(marks))
    setattr(g, TOKEN, marks["token"])
    setattr(g, SENT_MS, marks["moment"])


def own() -> tuple[str, ...]:
    """Return what this page has of its own and no other: its token, and marks in place of more."""
    token: str | None = g.get(TOKEN)
    marks = cast("Mapping[str, str]", g.get(_MARKS, {}))
    return tuple(marks.values()) or ((token,) if token else ())


Part = Callable[[], str]
"""Makes the part of a page that is the own one of the member who reads it, as HTML.

Called where all that is asked travels on one connection (`psot.database.reading`)."""


def parts(app: Flask) -> dict[str, Part]:
    """Return what makes the own part of each page that has one, by its endpoint."""
    return cast("dict[str, Part]", app.extensions.setdefault(_PARTS, {}))


def has_part(app: Flask, endpoint: str, make: Part) -> None:
    """Let the page of ``endpoint`` have a part that ``make`` makes for the member who reads it."""
    parts(app)[endpoint] = make


def part() -> Markup:
    """Return the own part of this page, or the mark that stands for it."""
    marks = cast("Mapping[str, str]", g.get(_MARKS, {}))
    if marks:
        return Markup(marks["part"])  # noqa: S704 - letters and digits of our own
    return Markup(parts(current_app)[cast("str", request.endpoint)]())  # noqa: S704 - what a template has written


def shows(members: Iterable[UUID]) -> None:
    """Say that this page shows ``members``, each otherwise to themselves than to others.

    Noted only for a page that is made for many.
    """
    if has_app_context() and _MARKS in g:
        setattr(g, _SHOWN, shown() | frozenset(members))


def shown() -> frozenset[UUID]:
    """Return whom this page shows."""
    return cast("frozenset[UUID]", g.get(_SHOWN, frozenset()))


def install(app: Flask) -> None:
    """Give templates `sent_ms`."""
    app.add_template_global(sent_ms, "sent_ms")
