"""The door of the running app."""

from typing import cast

from flask import Flask, current_app

from psot.live.door import Door


def door_of(app: Flask | None = None) -> Door:
    """Return the door of ``app``, or of the app that handles the current request."""
    return cast("Door", (app or current_app).extensions["psot.live"])
