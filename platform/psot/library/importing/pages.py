"""The editors' pages: bring a file, read what becomes of it, make drafts; take a file away."""

from collections import Counter
from typing import Any, cast
from uuid import UUID, uuid4

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext, lazy_gettext, ngettext
from redis import Redis

from content.exchange import (
    LIMITS,
    REFUSALS,
    WHY,
    Format,
    ImportRefused,
)
from psot import clock
from psot.database import transaction
from psot.library import queries
from psot.library.errors import NameTaken
from psot.library.importing import taking, waiting
from psot.library.importing.storing import Source, read, store
from psot.members.queries import current_member

blueprint = Blueprint("importing", __name__)

LARGEST_FORM_BYTES = 2 * LIMITS.file_bytes
"""Read of a form at all; a file over the limit of imports is answered beside its field."""
FORMATS = {
    Format.GIFT: "GIFT",
    Format.MOODLE_XML: "Moodle XML",
    Format.QTI: "QTI 2.0–2.2, 3.0",
}
OUT = {
    Format.GIFT: ("GIFT", "text/plain; charset=utf-8", "gift"),
    Format.MOODLE_XML: ("Moodle XML", "application/xml; charset=utf-8", "xml"),
}
"""Formats that questions are written in: what it is called, its media type, the file's ending."""
ENCODINGS = {
    "": lazy_gettext("as the file says, else UTF-8"),
    "windows-1251": "Windows-1251",
    "koi8-r": "KOI8-R",
    "utf-16": "UTF-16",
}
OUTCOMES = {
    "taken": (lazy_gettext("taken"), "good"),
    "taken with losses": (lazy_gettext("taken with losses"), "warn"),
    "left out": (lazy_gettext("left out"), "bad"),
}


@blueprint.url_value_preprocessor
def allow_files(_endpoint: str | None, _values: Any) -> None:
    """Let a file through: the guard of forms reads them before any view is called."""
    if request.method == "POST" and request.endpoint == "importing.receive":
        request.max_content_length = LARGEST_FORM_BYTES


@blueprint.get("/editor/content/import")
def upload() -> str:
    """Ask for a file."""
    return _upload_page({}, {})


@blueprint.post("/editor/content/import")
def receive() -> ResponseReturnValue:
    """Read the file and go on to its report; what is refused is said beside the field."""
    sent = request.files.get("file")
    given = {name: request.form.get(name, "") for name in ("format", "topic", "encoding")}
    wrong = _wrong(given)
    if sent is None or not sent.filename:
        wrong["file"] = [gettext("Choose a file.")]
    if wrong or sent is None:
        return _upload_page(given, wrong), 422
    with sent.stream as stream:
        data = stream.read(LIMITS.file_bytes + 1)
    source = Source(data=data, name=_bare(sent.filename), **given)
    try:
        with transaction() as session:
            imported = read(session, source)
    except ImportRefused as refused:
        return _upload_page(given, {"file": [refusal(refused)]}), 422
    token = uuid4()
    waiting.keep(_redis(), _editor(), token, imported)
    return redirect(url_for("importing.report", token=token), 303)


@blueprint.get("/editor/content/import/<uuid:token>")
def report(token: UUID) -> ResponseReturnValue:
    """Show what became of every question, before anything is stored."""
    found = waiting.look(_redis(), _editor(), token)
    if found is None:
        return _gone()
    losses = Counter(
        loss["code"] for one in found.report["questions"] for loss in one["losses"]
    ) + Counter(loss["code"] for loss in found.report["losses"])
    return render_template(
        "library/importing/report.html",
        found=found,
        losses=losses.most_common(),
        why=WHY,
        outcomes=OUTCOMES,
        formats=FORMATS,
        place=_place,
        texts={row["id"]: row["text"] for row in found.rows},
    )


@blueprint.get("/editor/content/import/<uuid:token>/report.json")
def report_file(token: UUID) -> ResponseReturnValue:
    """Give the report as a file."""
    found = waiting.look(_redis(), _editor(), token)
    if found is None:
        return _gone()
    answer = make_response(current_app.json.dumps(found.report, ensure_ascii=False, indent=1))
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="import-report.json"'
    return answer


@blueprint.post("/editor/content/import/<uuid:token>")
def load(token: UUID) -> ResponseReturnValue:
    """Make drafts of the questions, all of them or none."""
    found = waiting.take(_redis(), _editor(), token)
    if found is None:
        return _gone()
    try:
        with transaction() as session:
            count = store(session, found.rows, found.files, by=_editor(), now=clock.now())
    except NameTaken:
        flash(
            gettext("Nothing is stored: an id was taken meanwhile. Bring the file again."),
            "warning",
        )
        return redirect(url_for("importing.upload"), 303)
    flash(ngettext("%(num)d draft is made.", "%(num)d drafts are made.", count), "success")
    return redirect(url_for("library.contents", kind="question", state="draft"), 303)


@blueprint.get("/editor/content/export-as")
def export() -> ResponseReturnValue:
    """Give the published questions of a topic, or all of them, as a file of another format."""
    chosen, topic = request.args.get("format", ""), request.args.get("topic", "")
    with transaction() as session:
        if chosen not in OUT or (topic and topic not in queries.topics(session)):
            abort(404)
        exported = taking.exported(session, chosen, topic=topic)
    _, media_type, ending = OUT[Format(chosen)]
    if request.args.get("report"):
        return current_app.json.response(exported.report.as_json())
    answer = make_response(exported.data)
    answer.headers["Content-Type"] = media_type
    name = f"psot-{topic or 'questions'}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def refusal(refused: ImportRefused) -> str:
    """Say a refusal in the reader's language, with its subject."""
    locale = get_locale()
    said = REFUSALS[refused.code].in_language(locale.language if locale else "ru")
    sentence = f"{said[:1].upper()}{said[1:]}"
    return f"{sentence}: {refused.subject}." if refused.subject else f"{sentence}."


def _wrong(given: dict[str, str]) -> dict[str, list[str]]:
    with transaction() as session:
        known = {"topic": {"", *queries.topics(session)}}
    known |= {"format": {"", *FORMATS}, "encoding": {*ENCODINGS}}
    message = gettext("Choose one of the list.")
    return {name: [message] for name, value in given.items() if value not in known[name]}


def _upload_page(given: dict[str, str], wrong: dict[str, list[str]]) -> str:
    with transaction() as session:
        topics = queries.topics(session)
    return render_template(
        "library/importing/upload.html",
        given=given,
        wrong=wrong,
        topics=topics,
        formats=FORMATS,
        out={name: words[0] for name, words in OUT.items()},
        encodings=ENCODINGS,
        limits=LIMITS,
    )


def _place(place: str) -> str:
    """Say where a question stood in the reader's language; a path stays as it is."""
    word, _, number = place.partition(" ")
    if not number.isdecimal() or word not in ("line", "question"):
        return place
    line = gettext("line %(number)s", number=number)
    return str(line if word == "line" else gettext("question %(number)s", number=number))


def _gone() -> ResponseReturnValue:
    flash(
        gettext("This report is no longer kept, or its drafts are made. Bring the file again."),
        "warning",
    )
    return redirect(url_for("importing.upload"), 303)


def _bare(name: str | None) -> str:
    """Return the name of a file without folders, as some browsers send them."""
    return (name or "").replace("\\", "/").rpartition("/")[2][:200]


def _redis() -> Redis:
    return cast("Redis", current_app.extensions["psot.redis"])


def _editor() -> UUID:
    viewer = current_member()
    if viewer is None:  # the door lets editors in only; this is its second bolt
        abort(401)
    return viewer.id
