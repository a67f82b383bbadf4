"""The door of the running app, and a ticket for whoever makes the current request."""

from dataclasses import replace
from typing import cast

from flask import Flask, current_app
from flask_babel import get_locale

from psot.live.door import Door


def door_of(app: Flask | None = None) -> Door:
    """Return the door of ``app``, or of the app that handles the current request."""
    return cast("Door", (app or current_app).extensions["psot.live"])


def new_ticket() -> str:
    """Return a one-use ticket for this visitor, in the page's language. Raises RedisError.

    A member's language is the page's; a visitor's is that of the page they look at.
    """
    here = door_of()
    visitor = here.recognition.visitor()
    if visitor.member is None:
        visitor = replace(visitor, language=str(get_locale() or visitor.language))
    return here.tickets.issue(visitor)
