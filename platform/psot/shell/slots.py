"""What two readers of the same page do not share: the CSRF token, and the moment it was sent.

A page has them from ``g``. Whoever makes a page for everybody (`psot.copies`) puts marks there
instead: where one reader's own would stand, a mark stands.
"""

from typing import Final

from flask import Flask, g

from psot import clock

TOKEN: Final = "csrf_token"  # noqa: S105 - a name of Flask-WTF, under which a page has its token
SENT_MS: Final = "psot_sent_ms"


def sent_ms() -> str:
    """Return the moment the page is sent, in ms since 1970: one for the whole page."""
    if SENT_MS not in g:
        setattr(g, SENT_MS, str(round(clock.now().timestamp() * 1000)))
    return str(g.get(SENT_MS))


def fill(*, token: str, moment: str) -> None:
    """Let this page have ``token`` and ``moment`` where its own would stand."""
    setattr(g, TOKEN, token)
    setattr(g, SENT_MS, moment)


def own() -> tuple[str, ...]:
    """Return what this page has of its own and no other: its token, or the marks in its place.

    A moment may stand in another page by chance; the mark for it does not.
    """
    texts = (str(g.get(name)) for name in (TOKEN, SENT_MS) if name in g)
    return tuple(text for text in texts if not text.isdecimal())


def install(app: Flask) -> None:
    """Give templates `sent_ms`."""
    app.add_template_global(sent_ms, "sent_ms")
