"""The editors' desk: the list, a document with its history, and what is to be looked at."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from psot import clock
from psot.database import transaction
from psot.library import comparing, desk, queries
from psot.library.concerns import REASONS
from psot.library.desk import A_PAGE, STATES, Opened, Wanted
from psot.library.errors import UnknownDocument
from psot.library.kinds import ELSEWHERE, KIND_NAMES, MADE_HERE
from psot.library.preview import preview
from psot.members.queries import PublicName, current_member, public_names

blueprint = Blueprint("library", __name__, template_folder="templates")

KINDS = f"any({', '.join(KIND_NAMES)})"
LONGEST_SEARCH = 100
MOST_PAGES = 100_000


@blueprint.get("/editor/content")
def contents() -> str:
    """List the documents, what waits for somebody first."""
    wanted = Wanted(
        kind=_one_of("kind", KIND_NAMES),
        topic=request.args.get("topic", "")[:LONGEST_SEARCH],
        state=_one_of("state", STATES),
        search=request.args.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        page=_number("page", 1, MOST_PAGES),
    )
    with transaction() as session:
        found = desk.listed(session, wanted)
        topics = queries.topics(session)
        names = public_names(session, [one.author for one in found.lines if one.author])
        marks = queries.concerns(session, today=clock.now().date())
        waiting = desk.waiting(session)
    return render_template(
        "library/contents.html",
        found=found,
        wanted=wanted,
        topics=topics,
        names=names,
        marks=marks,
        waiting=waiting,
        kinds=KIND_NAMES,
        states=STATES,
        made_here=MADE_HERE,
        a_page=A_PAGE,
    )


@blueprint.get("/editor/content/concerns")
def concerns() -> str:
    """List what the editors have to look at, by what is to be done."""
    with transaction() as session:
        found = queries.concerns(session, today=clock.now().date())
        named = [(one.kind, one.name) for one in found.found]
        named += [("act", one.because) for one in found.found if one.because]
        titles = desk.titles(session, named)
    return render_template(
        "library/concerns.html", found=found, titles=titles, reasons=REASONS, kinds=KIND_NAMES
    )


@blueprint.get(f"/editor/content/<{KINDS}:kind>/<name>")
def document(kind: str, name: str) -> str:
    """Show a document as readers will see it, with its history and what can be done."""
    return document_page(kind, name)


@blueprint.get(f"/editor/content/<{KINDS}:kind>/<name>/versions/<int:number>")
def version(kind: str, name: str, number: int) -> str:
    """Show one version, whatever became of it."""
    with transaction() as session:
        found = desk.opened(session, kind, name)
        shown = found.version(number)
        return render_template(
            "library/version.html",
            found=found,
            shown=shown,
            view=preview(session, kind, name, found.document.topic, shown.body),
            names=names_in(session, found),
            kinds=KIND_NAMES,
        )


@blueprint.get(f"/editor/content/<{KINDS}:kind>/<name>/difference")
def difference(kind: str, name: str) -> str:
    """Show what changed between any two versions."""
    with transaction() as session:
        found = desk.opened(session, kind, name)
        names = names_in(session, found)
    numbers = [one.number for one in found.versions]
    newer = _number("to", found.present.number, numbers[0])
    older = _number("from", found.document.published or numbers[-1], numbers[0])
    if newer not in numbers or older not in numbers:
        raise UnknownDocument(gettext("There is no such version."), subject=name)
    if older == newer and not request.args.get("from"):
        older = max((one for one in numbers if one < newer), default=newer)
    return render_template(
        "library/difference.html",
        found=found,
        older=found.version(older),
        newer=found.version(newer),
        names=names,
        kinds=KIND_NAMES,
        found_changes=comparing.differences(found.version(older).body, found.version(newer).body),
    )


def document_page(kind: str, name: str, **more: Any) -> str:
    """Return the page of a document; ``more`` tells what went wrong with what was asked."""
    today = clock.now().date()
    with transaction() as session:
        found = desk.opened(session, kind, name)
        body = dict(found.present.body)
        return render_template(
            "library/document.html",
            found=found,
            view=preview(session, kind, name, found.document.topic, body),
            names=names_in(session, found),
            acts=queries.concerns(session, today=today).marked(kind, name),
            known_acts=queries.acts(session),
            kinds=KIND_NAMES,
            can_edit=kind in MADE_HERE or kind in ELSEWHERE or kind == "pack",
            viewer=editor(),
            **more,
        )


def names_in(session: Session, found: Opened) -> dict[UUID, PublicName]:
    """Return the names of who wrote and who let pass."""
    ids = {one for row in found.versions for one in (row.author, row.reviewer) if one}
    return public_names(session, ids)


def editor() -> UUID:
    """Return who acts."""
    viewer = current_member()
    if viewer is None:  # the door lets editors in only; this is its second bolt
        abort(401)
    return viewer.id


def _one_of(name: str, known: Any) -> str:
    value = request.args.get(name, "")
    return value if value in known else ""


def _number(name: str, default: int, most: int) -> int:
    text = request.args.get(name, "")
    known = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
    return max(1, int(text)) if known else default
