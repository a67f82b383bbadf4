"""Bring the API into the app: its operations, its document, its page, and tokens."""

from flask import Flask

from psot import security
from psot.api import contract, guard, identity, resources, token_pages
from psot.api.groups import GROUPS
from psot.api.reference import pages as reference_pages

# Importing the resources declares their operations.
__all__ = ["install", "resources"]

ABOUT = (
    "The live platform of the professional community for occupational safety. "
    "Send a personal access token as `Authorization: Bearer psot_…`; "
    "the session of a browser is accepted for reading only. "
    "Every error has one shape; lists are paged by `cursor`, the `next` of the page before."
)


def install(app: Flask) -> None:
    """Serve the API from ``app``. Comes after the members and after security."""
    app.config.update(
        API_TITLE="PSOT",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={"info": {"description": ABOUT}, "servers": [{"url": "/"}]},
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's standard provider has it
    identity.install(app)
    app.before_request(guard.check)
    contract.Document(app, groups=GROUPS, cookie=cookie_name(app))
    security.csrf.exempt(app, contract.api)
    app.register_blueprint(reference_pages.blueprint)
    app.register_blueprint(token_pages.blueprint)
    security.limits.apply(app, guard.limits())


def cookie_name(app: Flask) -> str:
    """Return the name of the cookie that holds a browser's session."""
    return str(getattr(app.session_interface, "cookie", "psot"))
