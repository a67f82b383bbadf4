"""The pages of recordings: the list, and a recording with its player."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, make_response, render_template, request, url_for
from flask_babel import get_timezone
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from psot import clock
from psot.config import Settings
from psot.database import transaction
from psot.library.queries import topics
from psot.members.queries import current_member
from psot.recordings import queries, wording
from psot.recordings.transcripts import parts
from psot.recordings.values import OpenCheck, Progress, RecordingView
from psot.security.headers import with_sources
from psot.shell.formats import moment
from scoring.watch import WATCHING

blueprint = Blueprint("recordings", __name__, template_folder="templates")

LONGEST_SEARCH = 100
EDITORS = ("editor", "administrator")


@blueprint.app_template_filter("recording_clock")
def recording_clock(ms: int) -> str:
    """Write a moment of a recording."""
    return wording.clock_text(ms)


@blueprint.app_template_filter("recording_length")
def recording_length(ms: int) -> str:
    """Write how long a recording, or a part of it, lasts."""
    return wording.length_text(ms)


@blueprint.app_template_filter("recording_day")
def recording_day(day: date) -> str:
    """Write the day of a recording, which is the same in every zone."""
    return moment(datetime.combine(day, time(12), tzinfo=get_timezone() or UTC), "day")


@blueprint.get("/recordings")
def recordings() -> str:
    """List the recordings on the page, by words and topic, with what the reader saw of each."""
    search = " ".join(request.args.get("q", "").split())[:LONGEST_SEARCH]
    sort = request.args.get("sort", "new")
    viewer = current_member()
    with transaction() as session:
        known = topics(session)
        topic = request.args.get("topic", "")
        topic = topic if topic in known else ""
        found = queries.published(
            session,
            member=viewer.id if viewer else None,
            now=clock.now(),
            search=search,
            topic=topic,
            sort=sort if sort in queries.SORTS else "new",
            language=wording.language(),
        )
    return render_template(
        "recordings/list.html",
        found=found,
        search=search,
        topic=topic,
        sort=sort if sort in queries.SORTS else "new",
        topics=known,
        signed_in=viewer is not None,
    )


@blueprint.get("/recordings/<slug>")
def recording(slug: str) -> Response:
    """Show a recording with its player, chapters and transcript."""
    viewer = current_member()
    editor = viewer is not None and viewer.has_role(*EDITORS)
    now = clock.now()
    with transaction() as session:
        found = queries.recording(session, slug, editor=editor)
        mine = queries.progress(session, viewer.id, slug, now=now) if viewer else Progress()
        check = queries.open_check(session, viewer.id, now=now) if viewer else None
        said = _said(session, found)
        known = topics(session)
    begin_ms = _begin_ms(found)
    page = render_template(
        "recordings/recording.html",
        found=found,
        mine=mine,
        transcript=parts(found.chapters, said),
        spoken=_spoken(found),
        topics=known,
        signed_in=viewer is not None,
        begin_ms=begin_ms,
        source=source_of(found, begin_ms),
        rules=WATCHING,
        player=player_of(found, mine, check, signed_in=viewer is not None),
    )
    response = make_response(page)
    if found.kind == "hls":
        # hls.js hands the parts to the player as an object of the page's own.
        with_sources(response, {"media-src": "'self' blob:"})
    if found.kind == "embed":
        with_sources(response, {"frame-src": frame_sources()})
    return response


def source_of(found: RecordingView, begin_ms: int = 0) -> str:
    """Return the address of what is played, from ``begin_ms`` on."""
    if found.kind == "embed":
        return found.file
    address = url_for("recordings.media", slug=found.slug, name=found.file.rsplit("/", 1)[-1])
    return f"{address}#t={begin_ms // 1000}" if begin_ms else address


def player_of(
    found: RecordingView, mine: Progress, check: OpenCheck | None, *, signed_in: bool
) -> dict[str, Any]:
    """Return what the player's script has to know."""
    return {
        "slug": found.slug,
        "kind": found.kind,
        "source": source_of(found),
        "length_ms": found.length_ms,
        "counts": signed_in and found.counted and found.published_at is not None,
        "open": url_for("recordings.initialize", slug=found.slug),
        "status": status_of(mine, check),
        "words": dict(wording.player_words()),
    }


def status_of(mine: Progress, check: OpenCheck | None) -> dict[str, Any]:
    """Return where the member stands with a recording, as the player's script reads it."""
    left_ms = 0 if check is None else int((check.closes_at - clock.now()).total_seconds() * 1000)
    return {
        "seen": mine.seen,
        "credited": mine.credited,
        "waiting": mine.waiting,
        "credited_ms": mine.credited_ms,
        "pending_ms": mine.pending_ms,
        "place_ms": mine.place_ms,
        "completed": mine.completed,
        "check": None
        if check is None
        else {
            "id": str(check.id),
            "left_ms": max(0, left_ms),
            "answer": url_for("recordings.answer_check", check_id=check.id),
        },
    }


def frame_sources() -> str:
    """Return the hosts whose players may be shown, as a content policy names them."""
    settings: Settings = current_app.extensions["psot.settings"]
    return " ".join(f"https://{host}" for host in settings.embed_hosts) or "'none'"


def viewer_id() -> UUID | None:
    """Return the id of the signed-in member."""
    viewer = current_member()
    return viewer.id if viewer else None


def _said(session: Session, found: RecordingView) -> Any:
    spoken = _spoken(found)
    return queries.cues(session, found.slug, spoken) if spoken else []


def _spoken(found: RecordingView) -> str:
    """Return the language of the transcript to show: the reader's, else the first there is."""
    mine = wording.language()
    return mine if mine in found.subtitles else next(iter(found.subtitles), "")


def _begin_ms(found: RecordingView) -> int:
    """Return the moment that the address asks for: ``?t=75``, in seconds."""
    text = request.args.get("t", "")
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004 - a day
    return seconds * 1000 if seconds * 1000 < found.length_ms else 0
