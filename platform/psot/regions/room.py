"""What the regions bring into the app: their pages and files."""

from flask import Flask

from psot.regions import file_pages, pages
from psot.security.limits import Limit, apply

# Importing the pages puts their routes on the one blueprint.
__all__ = ["file_pages", "install"]


def install(app: Flask) -> None:
    """Bring the pages of the regions."""
    app.register_blueprint(pages.blueprint)
    # A file is made anew for every reader, so nobody has a hundred of them made at once.
    files = [Limit(often="60 per minute")]
    apply(app, {"regions.file": files, "regions.paper": files})
