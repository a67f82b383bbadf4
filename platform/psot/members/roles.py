"""What the roles are called."""

from typing import Any

from flask_babel import lazy_gettext

NAMES: dict[str, Any] = {
    "participant": lazy_gettext("participant"),
    "expert": lazy_gettext("expert"),
    "official": lazy_gettext("official of a region"),
    "editor": lazy_gettext("editor"),
    "organizer": lazy_gettext("organizer"),
    "jury": lazy_gettext("jury"),
    "administrator": lazy_gettext("administrator"),
}


def role_name(role: str) -> str:
    """Return the name of ``role`` in the reader's language."""
    return str(NAMES[role])
