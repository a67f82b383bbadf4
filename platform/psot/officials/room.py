"""What the officials' room brings into the app: its pages, and how often its doors may be tried."""

from flask import Flask
from flask_limiter.util import get_remote_address

from psot.members.queries import current_member
from psot.officials import file_pages, invitation_pages, pages
from psot.security.limits import Limit, apply

__all__ = ["file_pages", "install", "invitation_pages"]


def install(app: Flask) -> None:
    """Bring the pages of the officials."""
    app.register_blueprint(pages.blueprint)
    apply(
        app,
        {
            "officials.invitations": [Limit(often="20 per hour; 60 per day", per=_whoever)],
            "officials.revoke": [Limit(often="60 per hour", per=_whoever)],
            # An office opens its letter behind one address; whoever guesses codes is slowed down.
            "officials.join": [Limit(often="60 per minute; 600 per hour", methods=("GET",))],
        },
    )


def _whoever() -> str:
    viewer = current_member()
    return str(viewer.id) if viewer else get_remote_address()
