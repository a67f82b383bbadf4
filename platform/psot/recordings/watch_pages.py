"""What a player tells the server, as JSON; every answer says where the member now stands."""

from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, jsonify, request
from flask_babel import lazy_gettext as _

from psot import clock
from psot.config import Settings
from psot.database import transaction
from psot.recordings import operations, queries
from psot.recordings.errors import BadReport
from psot.recordings.pages import blueprint, status_of, viewer_id
from psot.recordings.schemas import read_report

LARGEST_REPORT_BYTES = 16_000


@blueprint.post("/recordings/<slug>/viewings")
def initialize(slug: str) -> Response:
    """Open a viewing: a player is ready."""
    member, now = _me(), clock.now()
    with transaction() as session:
        made = operations.initialize(session, member=member, slug=slug, now=now, secret=_secret())
    return _told(
        slug, member, viewing=str(made.id), reports=f"/recordings/viewings/{made.id}/reports"
    )


@blueprint.post("/recordings/viewings/<uuid:viewing_id>/reports")
def report(viewing_id: UUID) -> Response:
    """Take a report of what was played."""
    member, now = _me(), clock.now()
    if (request.content_length or 0) > LARGEST_REPORT_BYTES:
        raise BadReport(_("This is no report of a player."))
    told = read_report(request.get_json(silent=True))
    with transaction() as session:
        taken = operations.report(
            session, member=member, viewing=viewing_id, told=told, now=now, secret=_secret()
        )
        slug = queries.recording_of(session, viewing_id)
    return _told(slug, member, number=taken.number, repeated=taken.repeated, **taken.outcome())


@blueprint.post("/recordings/checks/<uuid:check_id>/answer")
def answer_check(check_id: UUID) -> Response:
    """Take the answer to a check of attention."""
    member, now = _me(), clock.now()
    with transaction() as session:
        # Told on its own: that a check was missed stands, though the answer is refused.
        operations.settle_missed(session, member=member, now=now)
    with transaction() as session:
        check = operations.answer_check(session, member=member, check=check_id, now=now)
    return _told(check.recording, member)


def _told(slug: str, member: UUID, **more: Any) -> Response:
    now = clock.now()
    with transaction() as session:
        mine = queries.progress(session, member, slug, now=now)
        check = queries.open_check(session, member, now=now)
    answer = jsonify(status=status_of(mine, check), **more)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _secret() -> str:
    settings: Settings = current_app.extensions["psot.settings"]
    return settings.secret_key or str(current_app.secret_key)


def _me() -> UUID:
    member = viewer_id()
    if member is None:  # the door lets members only in; this is its second bolt
        abort(401)
    return member
