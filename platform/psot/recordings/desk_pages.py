"""The editor's desk: add a recording, describe it, bring its file and subtitles, publish it."""

from typing import Any, cast
from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from psot import clock
from psot.config import Settings
from psot.database import transaction
from psot.errors import Conflict
from psot.library.queries import topics
from psot.recordings import files, operations, queries, wording
from psot.recordings.errors import BadFile, BadRecording
from psot.recordings.forms import RecordingForm
from psot.recordings.pages import blueprint, viewer_id
from psot.recordings.uploads import LARGEST_PART_BYTES
from psot.recordings.values import RecordingView

RESERVED = ("new", "uploads")


@blueprint.get("/editor/recordings")
def shelf() -> str:
    """List every recording with where it stands."""
    with transaction() as session:
        found = queries.shelf(session)
    return render_template("recordings/shelf.html", found=found)


@blueprint.get("/editor/recordings/new")
def make() -> str:
    """Show the empty form of a recording."""
    form = RecordingForm(recorded_on=clock.now().date())
    return _form_page(form, None)


@blueprint.post("/editor/recordings")
def create() -> ResponseReturnValue:
    """Keep a new recording as a draft."""
    return _keep(RecordingForm(), None)


@blueprint.get("/editor/recordings/<slug>")
def edit(slug: str) -> str:
    """Show a recording to its editors."""
    found = _recording(slug)
    form = RecordingForm()
    form.fill(found)
    return _form_page(form, found)


@blueprint.post("/editor/recordings/<slug>")
def keep(slug: str) -> ResponseReturnValue:
    """Keep what an editor changed."""
    found = _recording(slug)
    form = RecordingForm()
    form.slug.data = slug
    return _keep(form, found)


@blueprint.post("/editor/recordings/<slug>/publish")
def publish(slug: str) -> Response:
    """Put the recording on the page."""
    try:
        with transaction() as session:
            operations.publish(session, slug=slug, editor=viewer_id(), now=clock.now())
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(gettext("The recording is on the page."), "success")
    return _back(slug)


@blueprint.post("/editor/recordings/<slug>/withdraw")
def withdraw(slug: str) -> Response:
    """Take the recording off the page."""
    with transaction() as session:
        operations.withdraw(session, slug=slug, editor=viewer_id(), now=clock.now())
    flash(gettext("The recording is off the page. What was watched of it stands."), "success")
    return _back(slug)


@blueprint.post("/editor/recordings/<slug>/subtitles/<language>/remove")
def remove_subtitles(slug: str, language: str) -> Response:
    """Take the subtitles in a language away."""
    with transaction() as session:
        operations.remove_subtitles(session, slug=slug, language=language)
    flash(gettext("The subtitles are removed."), "success")
    return _back(slug)


@blueprint.post("/editor/recordings/uploads")
def begin_upload() -> FlaskResponse:
    """Begin to bring a file into the folder, or go on where the connection was lost."""
    sent = request.get_json(silent=True)
    fields = sent if isinstance(sent, dict) else {}
    name, size = fields.get("name"), fields.get("size")
    if not isinstance(name, str) or not isinstance(size, int):
        raise BadFile(gettext("Name the file and its size."))
    settings: Settings = current_app.extensions["psot.settings"]
    with transaction() as session:
        made = operations.begin_upload(
            session,
            member=cast("UUID", viewer_id()),
            name=name,
            size=size,
            most_mb=settings.upload_most_mb,
            now=clock.now(),
        )
        told = {"name": made.name, "received": made.received, "size": made.size}
        part = url_for("recordings.upload_part", upload_id=made.id)
    return jsonify(part=part, part_bytes=LARGEST_PART_BYTES // 2, **told)


@blueprint.post("/editor/recordings/uploads/<uuid:upload_id>")
def upload_part(upload_id: UUID) -> FlaskResponse:
    """Take one part of a file, the bytes as they are."""
    request.max_content_length = LARGEST_PART_BYTES
    offset = request.args.get("offset", "")
    if not (offset.isascii() and offset.isdigit()):
        raise BadFile(gettext("A part says where it begins."))
    part = request.get_data(cache=False)
    with transaction() as session:
        row = operations.add_part(
            session,
            member=cast("UUID", viewer_id()),
            upload=upload_id,
            offset=int(offset[:15]),
            part=part,
        )
        return jsonify(received=row.received, done=row.received == row.size, name=row.name)


def _keep(form: Any, before: RecordingView | None) -> ResponseReturnValue:
    _offer(form, before)
    if not form.validate_on_submit():
        return _form_page(form, before), 422
    draft = form.draft(before)
    try:
        _store(draft, before)
    except BadRecording as error:
        for name, messages in error.fields.items():
            field = form["length_ms" if name == "length" else name]
            field.errors = [*field.errors, *messages]
        return _form_page(form, before), error.status
    flash(gettext("The recording is kept."), "success")
    return _back(draft.slug)


def _store(draft: operations.Draft, before: RecordingView | None) -> None:
    settings: Settings = current_app.extensions["psot.settings"]
    with transaction() as session:
        if before is None and (draft.slug in RESERVED or queries.exists(session, draft.slug)):
            message = gettext("A recording with this name is there already.")
            raise BadRecording(message, fields={"slug": [message]})
        if draft.file and not draft.address:
            files.find(draft.root, draft.file)
        operations.save(
            session, draft, editor=viewer_id(), now=clock.now(), hosts=settings.embed_hosts
        )


def _form_page(form: Any, found: RecordingView | None) -> str:
    _offer(form, found)
    settings: Settings = current_app.extensions["psot.settings"]
    return render_template(
        "recordings/edit.html",
        form=form,
        found=found,
        hosts=settings.embed_hosts,
        most_mb=settings.upload_most_mb,
        words=dict(wording.player_words()),
    )


def _offer(form: Any, found: RecordingView | None) -> None:
    language = wording.language()
    with transaction() as session:
        names = {one.id: one.name.in_language(language) for one in topics(session).values()}
    chosen = found.file if found and found.kind != "embed" else ""
    form.offer(names, files.choices(), chosen)


def _recording(slug: str) -> RecordingView:
    with transaction() as session:
        return queries.recording(session, slug, editor=True)


def _back(slug: str) -> Response:
    return redirect(url_for("recordings.edit", slug=slug), 303)
