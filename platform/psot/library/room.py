"""What the library brings into the app: the editors' desk."""

from flask import Flask

from psot.library import editing_pages, pages, picture_pages, review_pages
from psot.library.importing import pages as importing_pages

__all__ = ["editing_pages", "install", "picture_pages", "review_pages"]


def install(app: Flask) -> None:
    """Bring the pages of the library."""
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(importing_pages.blueprint)
