"""Copies: a hot page is made once for all who ask for it, and each gets an own token."""

from flask import Flask

from psot.copies import making, parts
from psot.copies.busy import Busy
from psot.copies.door import Copies

__all__ = ["Busy", "Copies", "install"]


def install(app: Flask) -> None:
    """Let ``app`` make copies, and fill those with a part of a member's own. Comes after all."""
    making.install(app)
    parts.install(app)
