"""What library brings into the app."""

from flask import Flask


def install(app: Flask) -> None:
    """Bring the pages of library."""
