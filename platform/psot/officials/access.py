"""Whose region: an official sees the own one, the organizer any. Another one is not there."""

from flask import abort, request
from flask_babel import lazy_gettext

from content.regions import Region, by_code
from psot.members.queries import current_member
from psot.members.viewer import Viewer
from psot.officials.errors import NotYourRegion

EVERY_REGION = ("organizer", "administrator")


def viewer() -> Viewer:
    """Return who asks; the door lets officials and organizers in only."""
    found = current_member()
    if found is None:  # the door's second bolt
        abort(401)
    return found


def asked_region() -> Region | None:
    """Return the region of the address or the official's own; None where one is to be chosen.

    Raises NotYourRegion.
    """
    who = viewer()
    code = request.args.get("region", "") or who.official_region
    return allowed(who, code) if code else None


def needed_region() -> Region:
    """Return the region asked for; raises NotYourRegion where none is."""
    found = asked_region()
    if found is None:
        raise _no_such("")
    return found


def allowed(who: Viewer, code: str) -> Region:
    """Return the region ``code`` if ``who`` may see it; raises NotYourRegion."""
    region = by_code().get(code)
    if region is None or not (code == who.official_region or who.has_role(*EVERY_REGION)):
        raise _no_such(code)
    return region


def _no_such(code: str) -> NotYourRegion:
    return NotYourRegion(lazy_gettext("There is no such region for you."), subject=code)
