"""The editors' desk: scenarios with where people fail, and the page on which one is written."""

import re
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from content import scenarios as forms
from content.quiz import Problem
from psot import clock
from psot.database import transaction
from psot.library import desk
from psot.library import operations as writing
from psot.library import queries as library
from psot.library.errors import EditedMeanwhile
from psot.library.exporting import scenario_text
from psot.library.validating import problems
from psot.workplace import authoring, queries
from psot.workplace.errors import UnknownScenario
from psot.workplace.faults import fault
from psot.workplace.pages import blueprint, me
from psot.workplace.wording import KINDS, language
from psot.workplace.words import words

__all__: list[str] = []

KIND = "scenario"
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LARGEST_YAML = 200_000
SEED = 0
"""The preview shows the hazards of this seed."""
WORST = 3
Row = dict[str, Any]


@blueprint.get("/editor/workplace")
def desk_page() -> str:
    """List the scenarios with how people fare, and begin a new one."""
    with transaction() as session:
        found = authoring.shelf(session)
        figures = queries.figures(session)
        worst = {one.name: _missed(session, one.name)[:WORST] for one in found if one.published}
        names = library.topics(session)
    return render_template(
        "workplace/desk.html",
        found=found,
        figures=figures,
        worst=worst,
        topics=names,
        kinds=KINDS,
        wrong=request.args.get("wrong", ""),
    )


@blueprint.get("/editor/workplace/new")
def begin_scenario() -> Response:
    """Lead to the page of a scenario to be begun."""
    name = request.args.get("name", "").strip()
    if not NAME.fullmatch(name) or len(name) > authoring.LONGEST_NAME:
        flash(gettext("Small Latin letters, digits and hyphens only."), "warning")
        return redirect(url_for("workplace.desk_page"), 303)
    return redirect(url_for("workplace.author", scenario=name), 303)


@blueprint.get("/editor/workplace/<scenario>")
def author(scenario: str) -> str:
    """Show the text of a scenario as it stands, its preview, and where people fail."""
    with transaction() as session:
        found = authoring.opened(session, scenario)
        if found is None and not NAME.fullmatch(scenario):
            raise UnknownScenario(gettext("There is no such scenario."), subject=scenario)
        row = desk.body_of(found.present) if found else authoring.fresh(session, scenario)
        text = scenario_text(row)
        return _author_page(session, scenario, text, seen=found.present.sha256 if found else "")


@blueprint.post("/editor/workplace/<scenario>")
def write(scenario: str) -> ResponseReturnValue:
    """Keep the text as a draft, which a second person publishes; nothing typed is lost."""
    text = request.form.get("yaml", "").replace("\r\n", "\n")[:LARGEST_YAML]
    seen = request.form.get("seen", "")
    row, wrong = forms.parse_scenario("", text)
    try:
        with transaction() as session:
            found = authoring.opened(session, scenario)
            if row is not None:
                row.pop("version", None)
                wrong = problems(session, KIND, scenario, row)
            if wrong or row is None:
                page = _author_page(session, scenario, text, seen=seen)
                return page, 422
            if found is None:
                writing.create_draft(
                    session,
                    kind=KIND,
                    name=scenario,
                    body=row,
                    by=me().id,
                    now=clock.now(),
                    pack=authoring.pack(session),
                    topic=row["topics"][0],
                )
            else:
                writing.save_draft(
                    session,
                    kind=KIND,
                    name=scenario,
                    body=row,
                    seen=seen,
                    by=me().id,
                    now=clock.now(),
                )
    except EditedMeanwhile as error:
        flash(str(error.message), "warning")
        with transaction() as session:
            page = _author_page(session, scenario, text, seen=error.sha256)
        return page, error.status
    flash(
        gettext("The draft is saved. Members get it once a second person publishes it."), "success"
    )
    return redirect(url_for("library.document", kind=KIND, name=scenario), 303)


@blueprint.post("/editor/workplace/check")
def check() -> Response:
    """Say what is wrong with a text, and how the scenario would be shown."""
    sent = request.get_json(silent=True)
    text = sent.get("yaml", "") if isinstance(sent, dict) else ""
    with transaction() as session:
        return jsonify(_checked(session, str(text)[:LARGEST_YAML]))


def _checked(session: Session, text: str) -> dict[str, Any]:
    """Return ``Checked`` of the front end's types.ts."""
    row, wrong = forms.parse_scenario("", text)
    shown = None
    if row is not None:
        row.pop("version", None)
        wrong = problems(session, KIND, str(row.get("id", "")), row)
        shown = _shown(row)
    return {"problems": [_wire(one) for one in wrong], "scenario": shown}


def _shown(row: Row) -> dict[str, Any] | None:
    """Return the public form of a row that may still be wrong; None where there is none."""
    try:
        return forms.public({**row, "version": 1}, seed=SEED, language=language())
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration):
        return None  # the problems say why


def _wire(problem: Problem) -> dict[str, str]:
    return {
        "subject": problem.subject,
        "field": problem.field,
        "message": fault(problem),
    }


def _author_page(session: Session, scenario: str, text: str, *, seen: str) -> str:
    found = authoring.opened(session, scenario)
    known = library.scenarios(session).get(scenario)
    return render_template(
        "workplace/author.html",
        name=scenario,
        found=found,
        text=text,
        seen=seen,
        checked=_checked(session, text),
        heat=_missed(session, scenario),
        ended=queries.ended_runs(session, scenario),
        published=known,
        kinds=KINDS,
        kit=forms.kit(),
        language=language(),
        words=words(),
    )


def _missed(session: Session, scenario: str) -> list[dict[str, Any]]:
    """Return the map of misses with the words of the present version."""
    known = library.scenarios(session).get(scenario)
    titles = authoring.titles(known.row, language()) if known else {}
    return [
        {
            "kind": authoring.PAGE_KINDS[one.kind],
            "title": titles.get((one.kind, one.id), one.id),
            "runs": one.runs,
            "missed": one.missed,
            "share": one.share,
        }
        for one in queries.misses(session, scenario)
    ]
