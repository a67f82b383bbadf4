"""The files of recordings: sent by ranges from the disk, never loaded, never from outside."""

from pathlib import Path

from flask import make_response, send_file
from flask_babel import gettext
from werkzeug.wrappers import Response

from psot.database import transaction
from psot.members.queries import current_member
from psot.recordings import files, queries
from psot.recordings.errors import UnknownRecording
from psot.recordings.pages import EDITORS, blueprint
from psot.recordings.values import RecordingView

KEPT_S = 3600


@blueprint.get("/recordings/<slug>/media/<path:name>")
def media(slug: str, name: str) -> Response:
    """Send the recording's own file, or a file of its stream."""
    found = _recording(slug)
    path, kind = _asked(found, name)
    return _sent(path, kind, public=found.published_at is not None)


@blueprint.get("/recordings/<slug>/poster")
def poster(slug: str) -> Response:
    """Send the picture that stands for the recording."""
    found = _recording(slug)
    kind = files.POSTERS.get(Path(found.poster).suffix.lower(), "")
    if not kind:
        raise UnknownRecording(gettext("There is no such file."), subject=slug)
    return _sent(files.find(found.root, found.poster), kind, public=found.published_at is not None)


@blueprint.get("/recordings/<slug>/subtitles/<language>.vtt")
def subtitles(slug: str, language: str) -> Response:
    """Send the subtitles of the recording in a language."""
    found = _recording(slug)
    with transaction() as session:
        text = queries.subtitles(session, slug, language)
    response = make_response(text)
    response.content_type = "text/vtt; charset=utf-8"
    if found.published_at is not None:
        response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _recording(slug: str) -> RecordingView:
    viewer = current_member()
    with transaction() as session:
        return queries.recording(
            session, slug, editor=viewer is not None and viewer.has_role(*EDITORS)
        )


def _asked(found: RecordingView, name: str) -> tuple[Path, str]:
    """Return the file and its type; a stream owns the files below its play list, others one."""
    folder, _, own = found.file.rpartition("/")
    suffix = Path(name).suffix.lower()
    if found.kind == "hls" and folder and suffix in files.STREAM:
        return files.find(found.root, f"{folder}/{name}"), files.STREAM[suffix]
    if found.kind == "file" and name == own:
        return files.find(found.root, found.file), files.TYPES[suffix]
    raise UnknownRecording(gettext("There is no such file."), subject=name)


def _sent(path: Path, kind: str, *, public: bool) -> Response:
    """Return the file, or the range of it that was asked for (206), or 416, or 304."""
    response = send_file(path, mimetype=kind, conditional=True, etag=True, max_age=KEPT_S)
    response.headers.setdefault("Accept-Ranges", "bytes")
    response.headers["Cache-Control"] = f"public, max-age={KEPT_S}" if public else "no-store"
    return response
