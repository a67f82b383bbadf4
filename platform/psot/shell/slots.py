"""What two readers of the same page do not share: token, moment of sending, the own name.

A page has them from ``g`` and from its reader. Whoever makes a page for many (`psot.copies`) puts
marks there instead: where one reader's own would stand, a mark stands. And a page that shows
members says whom (`shows`): to them it is another page.
"""

from collections.abc import Iterable, Mapping
from typing import Final, cast
from uuid import UUID

from flask import Flask, g, has_app_context

from psot import clock

TOKEN: Final = "csrf_token"  # noqa: S105 - a name of Flask-WTF, under which a page has its token
SENT_MS: Final = "psot_sent_ms"
NAMES: Final = ("token", "moment", "name")

_MARKS = "psot_marks"
_SHOWN = "psot_shown"


def sent_ms() -> str:
    """Return the moment the page is sent, in ms since 1970: one for the whole page."""
    if SENT_MS not in g:
        setattr(g, SENT_MS, str(round(clock.now().timestamp() * 1000)))
    return str(g.get(SENT_MS))


def fill(marks: Mapping[str, str]) -> None:
    """Let this page have ``marks``, one for each of `NAMES`, where its reader's own would stand."""
    setattr(g, _MARKS, tuple(marks.values()))
    setattr(g, TOKEN, marks["token"])
    setattr(g, SENT_MS, marks["moment"])


def own() -> tuple[str, ...]:
    """Return what this page has of its own and no other: its token, and marks in place of more."""
    token: str | None = g.get(TOKEN)
    marks = cast("tuple[str, ...]", g.get(_MARKS, ()))
    return marks or ((token,) if token else ())


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
