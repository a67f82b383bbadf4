"""The editors' pictures: what there is, and bringing one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from content.quiz import LARGEST_BYTES
from psot import clock
from psot.database import transaction
from psot.errors import Conflict, Invalid
from psot.library import pictures, queries
from psot.library.pages import blueprint, editor

LARGEST_FORM_BYTES = 2 * LARGEST_BYTES
"""Read of a form at all; a file over the limit of pictures is answered beside its field."""


@blueprint.url_value_preprocessor
def allow_pictures(_endpoint: str | None, _values: Any) -> None:
    """Let a picture through: the guard of forms reads it before any view is called."""
    if request.method == "POST" and request.endpoint == "library.add_picture":
        request.max_content_length = LARGEST_FORM_BYTES


@blueprint.get("/editor/content/pictures")
def pictures_page() -> str:
    """Show the pictures there are, and a form to bring one."""
    return _page({})


@blueprint.post("/editor/content/pictures")
def add_picture() -> ResponseReturnValue:
    """Take a picture, or say beside the field why not."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page({"file": [gettext("Choose a file.")]}), 422
    name = (request.form.get("name", "").strip() or sent.filename).lower()
    with sent.stream as stream:
        data = stream.read(LARGEST_BYTES + 1)
    try:
        with transaction() as session:
            packs = queries.packs(session)
            asked = request.form.get("pack", "")
            fresh = pictures.add(
                session,
                name=name,
                data=data,
                pack=asked if asked in packs else next(iter(packs), "start"),
                by=editor(),
                now=clock.now(),
            )
    except (Invalid, Conflict) as error:
        return _page({"file": [str(error.message)]}, name=name), error.status
    flash(
        gettext("The picture %(name)s is there: write its name into a document.", name=name)
        if fresh
        else gettext("This very picture is there already as %(name)s.", name=name),
        "success",
    )
    return redirect(url_for("library.pictures_page"), 303)


def _page(wrong: dict[str, list[str]], name: str = "") -> str:
    with transaction() as session:
        return render_template(
            "library/pictures.html",
            pictures=pictures.listed(session),
            packs=queries.packs(session),
            wrong=wrong,
            name=name,
            largest_kb=LARGEST_BYTES // 1000,
        )
