"""What the jury brings into the app."""

from flask import Flask

from psot.jury import case_pages, decision_pages, desk, pages

__all__ = ["case_pages", "decision_pages", "desk", "install"]


def install(app: Flask) -> None:
    """Bring the pages of the jury, of protests and of proofs."""
    app.register_blueprint(pages.blueprint)
