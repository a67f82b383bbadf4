"""The virtual workplace as members find it: all scenarios, one scenario, an operator's props."""

from typing import cast
from uuid import UUID

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from content import scenarios as forms
from psot import clock
from psot.config import Settings
from psot.database import transaction
from psot.library import queries as library
from psot.members.queries import current_member
from psot.members.viewer import Viewer
from psot.policies import TRAINER
from psot.workplace import operations, queries
from psot.workplace.errors import UnknownProp, UnknownScenario, UnsoundProp
from psot.workplace.props import PROP, folder_of
from psot.workplace.values import CHECK, CHECK_TIMES_NORM, PRACTICE
from psot.workplace.wording import ENDINGS, MODES, duration

blueprint = Blueprint("workplace", __name__, template_folder="templates")
blueprint.add_app_template_filter(duration, "run_duration")

GLB = "model/gltf-binary"
LARGEST_SEED = 2**31


@blueprint.get("/workplace")
def scenarios() -> str:
    """List the scenarios, those of a topic where one is chosen, with the reader's best."""
    viewer = current_member()
    with transaction() as session:
        topics = library.topics(session)
        topic = request.args.get("topic", "")
        topic = topic if topic in topics else ""
        found = queries.listed(session, member=viewer.id if viewer else None, topic=topic)
        used = {one for each in library.scenarios(session).values() for one in each.topics}
    return render_template(
        "workplace/list.html",
        found=found,
        topic=topic,
        topics={one.id: one for one in topics.values() if one.id in used},
        signed_in=viewer is not None,
    )


@blueprint.get("/workplace/<scenario>")
def scenario(scenario: str) -> str:
    """Show what a scenario asks for, how long it takes, and the reader's runs of it."""
    viewer = current_member()
    with transaction() as session:
        found = queries.scenario(session, scenario)
        mine = queries.runs(session, member=viewer.id, scenario=scenario) if viewer else []
        teaches = viewer is not None and viewer.has_role(*TRAINER.roles)
        groups = (
            queries.classes(session, trainer=viewer.id, scenario=scenario)
            if viewer and teaches
            else []
        )
        topics = library.topics(session)
    return render_template(
        "workplace/scenario.html",
        found=found,
        runs=[one for one in mine if one.ended_at is not None],
        open_runs={one.mode: one for one in mine if one.ended_at is None and one.group is None},
        class_runs=[one for one in mine if one.ended_at is None and one.group is not None],
        groups=groups,
        topics=[topics[one] for one in found.topics if one in topics],
        modes=MODES,
        endings=ENDINGS,
        times_norm=CHECK_TIMES_NORM,
        teaches=teaches,
        signed_in=viewer is not None,
    )


@blueprint.post("/workplace/<scenario>/runs")
def begin(scenario: str) -> Response:
    """Enter a scenario, or go on with an unfinished run of it."""
    mode = request.form.get("mode", PRACTICE)
    if mode not in {PRACTICE, CHECK}:
        raise UnknownScenario(gettext("There is no such scenario."), subject=scenario)
    with transaction() as session:
        run = operations.start(
            session,
            member=me().id,
            scenario=scenario,
            mode=mode,
            seed=_seed() if mode == PRACTICE else None,
            afresh=bool(request.form.get("afresh")),
            now=clock.now(),
        )
    return to_run(run.id)


@blueprint.get("/workplace/props/<name>")
def prop(name: str) -> Response:
    """Send a model that the operator laid into the folder of props, if it can be shown."""
    settings = cast("Settings", current_app.extensions["psot.settings"])
    folder = folder_of(settings.data_dir)
    if not PROP.fullmatch(name) or not (folder / name).is_file():
        raise UnknownProp(gettext("There is no such model."), subject=name)
    wrong = forms.prop_faults((folder / name).read_bytes())
    if wrong:
        raise UnsoundProp(
            gettext("This model cannot be shown."), subject=name, fields={"file": wrong}
        )
    sent = send_from_directory(folder, name, mimetype=GLB, max_age=3600)
    sent.headers["X-Content-Type-Options"] = "nosniff"
    return sent


def to_run(run: UUID) -> Response:
    """Lead to the page of a run."""
    return redirect(url_for("workplace.run", run_id=run), 303)


def me() -> Viewer:
    """Return who acts."""
    viewer = current_member()
    if viewer is None:  # the door lets members in only; this is its second bolt
        abort(401)
    return viewer


def wants_json() -> bool:
    """Tell whether a program asks and no page."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def private(answer: ResponseReturnValue) -> Response:
    """Return an answer that nobody keeps: it is one member's."""
    made = current_app.make_response(answer)
    made.headers["Cache-Control"] = "no-store"
    return made


def _seed() -> int | None:
    """Return the seed that was asked for in a practice: the same hazards once more."""
    asked = request.form.get("seed", "")
    if not asked.isascii() or not asked.isdecimal() or len(asked) > len(str(LARGEST_SEED)):
        return None
    return int(asked) % LARGEST_SEED
