"""Writing: begin a document, edit it with nothing lost, see it before anybody does."""

import re
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from psot import clock
from psot.database import transaction
from psot.errors import Conflict
from psot.library import comparing, desk, operations, queries
from psot.library.desk import Opened, body_of
from psot.library.errors import EditedMeanwhile
from psot.library.forms import Form, blame, form_of, sent_form
from psot.library.kinds import BY_TOPIC, ELSEWHERE, KIND_NAMES, MADE_HERE, NAME_FIELD, OF_TOPIC
from psot.library.pages import KINDS, blueprint, editor
from psot.library.preview import preview
from psot.library.question_fields import QUESTION_KINDS
from psot.library.rows import Row
from psot.library.validating import problems

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
NAMES = {
    "topic": re.compile(r"[a-z][a-z0-9_]{1,39}"),
    "quiz": re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*"),
}
SUGGESTED = ("act", "norm", "file")


@blueprint.get("/editor/content/new")
def new() -> str:
    """Ask what is to be written: its kind, its topic, its name."""
    kind = request.args.get("kind", "")
    return _new_page(kind if kind in MADE_HERE else "question", {}, {})


@blueprint.post("/editor/content/new")
def create() -> ResponseReturnValue:
    """Begin a document: an empty form, stored once it is filled in."""
    kind = request.form.get("kind", "")
    if kind not in MADE_HERE:
        return _new_page("question", {}, {}), 422
    with transaction() as session:
        name, wrong = _named(session, kind)
    if wrong:
        return _new_page(kind, dict(request.form), wrong), 422
    begun: dict[str, Any] = {one: request.form.get(one, "") for one in ("topic", "pack", "as")}
    return redirect(url_for("library.edit", kind=kind, name=name, **begun), 303)


@blueprint.get(f"/editor/content/<{KINDS}:kind>/<name>/edit")
def edit(kind: str, name: str) -> ResponseReturnValue:
    """Show the form of a document as it stands, or an empty one of a document to begin."""
    if kind in ELSEWHERE:
        return redirect(ELSEWHERE[kind].format(name), 303)
    with transaction() as session:
        found = _there(session, kind, name)
        row = body_of(found.present) if found else _begun(kind, name)
        if row is None or (found is None and not _may_begin(session, kind)):
            return redirect(url_for("library.new", kind=kind), 303)
        return _edit_page(session, kind, name, found, form_of(kind, row), seen=_seen(found))


@blueprint.post(f"/editor/content/<{KINDS}:kind>/<name>/edit")
def keep(kind: str, name: str) -> ResponseReturnValue:
    """Store the form as a draft, or show it again with what is wrong, nothing typed lost."""
    if kind in ELSEWHERE:
        return redirect(ELSEWHERE[kind].format(name), 303)
    seen, wish = request.form.get("seen", ""), request.form.get("do", "")
    try:
        with transaction() as session:
            found = _there(session, kind, name)
            base = body_of(found.present) if found else _begun(kind, name)
            if base is None:
                return redirect(url_for("library.new", kind=kind), 303)
            row, form = sent_form(kind, base, request.form)
            if not form.wrong:
                blame(form, problems(session, kind, name, row, draft=wish != "submit"))
            if wish == "preview" or form.wrong:
                page = _edit_page(session, kind, name, found, form, seen=seen, row=row)
                return page, 200 if wish == "preview" else 422
            _store(session, kind, name, row, found, seen=seen)
            if wish == "submit":
                operations.submit(session, kind=kind, name=name, by=editor(), now=clock.now())
    except EditedMeanwhile as error:
        return _clash(kind, name, row, form, error), error.status
    except Conflict as error:
        flash(str(error.message), "warning")
        return redirect(url_for("library.document", kind=kind, name=name), 303)
    if wish == "submit":
        flash(gettext("Handed over: a second person reads and publishes it."), "success")
    else:
        flash(
            gettext("The draft is saved. Readers get it once a second person publishes it."),
            "success",
        )
    return redirect(url_for("library.document", kind=kind, name=name), 303)


@blueprint.post(f"/editor/content/<{KINDS}:kind>/<name>/preview")
def preview_form(kind: str, name: str) -> ResponseReturnValue:
    """Show what is being written as readers would see it: a part of a page, for the script."""
    if kind in ELSEWHERE:
        return redirect(ELSEWHERE[kind].format(name), 303)
    with transaction() as session:
        found = _there(session, kind, name)
        base = body_of(found.present) if found else _begun(kind, name)
        row, form = sent_form(kind, base or {}, request.form)
        view = preview(session, kind, name, _topic(found, kind, name), row)
    return render_template("library/preview.html", view=view, unread=form.wrong)


def _store(
    session: Session, kind: str, name: str, row: Row, found: Opened | None, *, seen: str
) -> None:
    if found is not None:
        operations.save_draft(
            session, kind=kind, name=name, body=row, seen=seen, by=editor(), now=clock.now()
        )
        return
    operations.create_draft(
        session,
        kind=kind,
        name=name,
        body=row,
        by=editor(),
        now=clock.now(),
        pack=_pack(session),
        topic=_topic(None, kind, name) or row.get("topic"),
    )


def _clash(kind: str, name: str, row: Row, form: Form, error: EditedMeanwhile) -> str:
    """Show what was typed with what stands meanwhile; saving again replaces what stands."""
    with transaction() as session:
        found = desk.opened(session, kind, name)
        return _edit_page(
            session,
            kind,
            name,
            found,
            form,
            seen=error.sha256,
            row=row,
            theirs=comparing.differences(error.body, row),
        )


def _edit_page(
    session: Session,
    kind: str,
    name: str,
    found: Opened | None,
    form: Form,
    *,
    seen: str,
    row: Row | None = None,
    theirs: Any = None,
) -> str:
    topic = _topic(found, kind, name)
    shown = row if row is not None else (body_of(found.present) if found else _begun(kind, name))
    return render_template(
        "library/edit.html",
        kind=kind,
        name=name,
        found=found,
        form=form,
        seen=seen,
        theirs=theirs,
        kinds=KIND_NAMES,
        question_kinds=QUESTION_KINDS,
        question_kind=(shown or {}).get("kind", ""),
        topics=queries.topics(session),
        topic=topic,
        begun={one: request.values.get(one, "") for one in ("topic", "pack", "as")},
        suggestions={one: desk.names_of(session, one) for one in SUGGESTED},
        view=preview(session, kind, name, topic, shown or {}),
    )


def _new_page(kind: str, given: Row, wrong: dict[str, list[str]]) -> str:
    with transaction() as session:
        return render_template(
            "library/new.html",
            kind=kind,
            given=given,
            wrong=wrong,
            kinds={one: KIND_NAMES[one] for one in MADE_HERE},
            question_kinds=QUESTION_KINDS,
            topics=queries.topics(session),
            packs=queries.packs(session),
            by_topic=BY_TOPIC,
            of_topic=OF_TOPIC,
        )


def _named(session: Session, kind: str) -> tuple[str, dict[str, list[str]]]:
    """Return the name that a new document gets, and what is wrong with what was asked."""
    topic, name = request.form.get("topic", ""), request.form.get("name", "").strip()
    if kind in BY_TOPIC | OF_TOPIC:
        if topic not in queries.topics(session):
            return "", {"topic": [gettext("Choose a topic.")]}
        name = topic if kind in OF_TOPIC else desk.next_name(session, kind, topic)
    if not NAMES.get(kind, NAME).fullmatch(name):
        message = gettext("Small Latin letters and digits only, without spaces.")
        return "", {"name": [message]}
    if request.form.get("pack", "") not in queries.packs(session):
        return "", {"pack": [gettext("Choose a pack.")]}
    if _there(session, kind, name) is not None:
        field = "topic" if kind in OF_TOPIC else "name"
        return "", {field: [gettext("There is such a document already.")]}
    return name, {}


def _there(session: Session, kind: str, name: str) -> Opened | None:
    return desk.opened(session, kind, name) if desk.exists(session, kind, name) else None


def _begun(kind: str, name: str) -> Row | None:
    """Return the row that a new document begins with, or None where nothing can begin so."""
    if kind not in MADE_HERE:
        return None
    row: Row = {NAME_FIELD[kind]: name} if kind in NAME_FIELD else {}
    if kind == "question":
        asked = request.values.get("as", "")
        if asked not in QUESTION_KINDS:
            return None
        row |= {"kind": asked}
    return row


def _may_begin(session: Session, kind: str) -> bool:
    topic = request.values.get("topic", "")
    return kind not in BY_TOPIC | OF_TOPIC or topic in queries.topics(session)


def _pack(session: Session) -> str:
    known = queries.packs(session)
    asked = request.form.get("pack", "")
    return asked if asked in known else next(iter(known), "start")


def _topic(found: Opened | None, kind: str, name: str) -> str | None:
    if found is not None:
        return found.document.topic
    if kind in OF_TOPIC or kind == "topic":
        return name
    return request.values.get("topic") or None if kind in BY_TOPIC else None


def _seen(found: Opened | None) -> str:
    return found.present.sha256 if found else ""
