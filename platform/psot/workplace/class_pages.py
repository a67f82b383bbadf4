"""Classes: a trainer opens one and leads it, members join it by its code."""

from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from content import scenarios as forms
from psot import clock
from psot.database import transaction
from psot.library import queries as library
from psot.members.queries import public_names
from psot.workplace import live, operations, queries
from psot.workplace.classes import by_code
from psot.workplace.errors import NotATrainer, UnknownClass
from psot.workplace.pages import blueprint, me, private, to_run, wants_json
from psot.workplace.schemas import read_control
from psot.workplace.values import PRACTICE, ClassView
from psot.workplace.wording import MODES, language
from psot.workplace.words import words

__all__: list[str] = []

LONGEST_CODE = 20


@blueprint.post("/workplace/<scenario>/classes")
def open_class(scenario: str) -> Response:
    """Open a scenario for a class."""
    with transaction() as session:
        made = operations.open_class(
            session,
            trainer=me().id,
            scenario=scenario,
            mode=request.form.get("mode", PRACTICE),
            now=clock.now(),
        )
    live.publish(made)
    return redirect(url_for("workplace.lead", class_id=made.id), 303)


@blueprint.get("/workplace/classes/<uuid:class_id>")
def lead(class_id: UUID) -> ResponseReturnValue:
    """Show a trainer how everyone gets on; it moves by script."""
    with transaction() as session:
        found = _led(queries.group(session, class_id))
        of_scenario = library.scenario(session, found.scenario, found.version)
        _, rows = queries.board_rows(session, found)
        public = forms.public(of_scenario.row, seed=found.seed, language=language())
    page = {
        "scenario": public,
        "board": found.board,
        "url": url_for("workplace.control", class_id=class_id),
    }
    return private(
        render_template(
            "workplace/class.html",
            found=found,
            title=of_scenario.title,
            page=page,
            rows=[one for key, one in rows.items() if key != "control"],
            objects=public["objects"],
            words=words(),
            modes=MODES,
        )
    )


@blueprint.post("/workplace/classes/<uuid:class_id>/control")
def control(class_id: UUID) -> Response:
    """Pause, go on, point at an object, close: a part of the class's control."""
    wanted = read_control(request.get_json(silent=True) if request.is_json else _form())
    with transaction() as session:
        found = operations.control(
            session,
            group=class_id,
            trainer=me().id,
            any_class=me().has_role("administrator"),
            wanted=wanted,
            now=clock.now(),
        )
    live.publish(found)
    if not wants_json():
        return redirect(url_for("workplace.lead", class_id=class_id), 303)
    told = {
        "paused": found.paused_at is not None,
        "point": found.point,
        "closed": found.closed_at is not None,
    }
    return private(jsonify(told))


@blueprint.get("/workplace/join")
def find_class() -> Response:
    """Lead to the class whose code was typed."""
    code = request.args.get("code", "").strip()[:LONGEST_CODE]
    if not code.isalnum():
        flash(gettext("Type the code that your trainer gave you."), "warning")
        return redirect(url_for("workplace.scenarios"), 303)
    return redirect(url_for("workplace.join", code=code), 303)


@blueprint.get("/workplace/join/<code>")
def join(code: str) -> ResponseReturnValue:
    """Ask a member whether to join the class."""
    try:
        with transaction() as session:
            found = by_code(session, code[:LONGEST_CODE])
            of_scenario = library.scenario(session, found.scenario, found.version)
            trainer = public_names(session, [found.trainer]).get(found.trainer)
    except UnknownClass as error:
        flash(str(error.message), "warning")
        return redirect(url_for("workplace.scenarios"), 303)
    return render_template(
        "workplace/join.html", found=found, scenario=of_scenario, trainer=trainer, modes=MODES
    )


@blueprint.post("/workplace/join/<code>")
def enter(code: str) -> Response:
    """Join the class: its run begins, or goes on."""
    with transaction() as session:
        found = by_code(session, code[:LONGEST_CODE])
        run = operations.enter(session, member=me().id, code=code[:LONGEST_CODE], now=clock.now())
    live.publish(found)
    return to_run(run.id)


def _led(found: ClassView) -> ClassView:
    if found.trainer != me().id and not me().has_role("administrator"):
        raise NotATrainer(gettext("This class belongs to another trainer."), subject=str(found.id))
    return found


def _form() -> dict[str, object]:
    """Return what the page's buttons send without script."""
    form = request.form
    told: dict[str, object] = {}
    if form.get("do") in {"pause", "go-on"}:
        told["paused"] = form["do"] == "pause"
    if form.get("do") == "close":
        told["closed"] = True
    if form.get("do") == "point":
        told["point"] = form.get("point", "")
    return told
