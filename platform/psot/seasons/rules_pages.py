"""The desk of rules: those that hold, a draft, its shadow on the season, its publication."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

import structlog
from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from redis import Redis
from redis.exceptions import RedisError

from psot import clock
from psot.database import transaction
from psot.errors import Conflict, Invalid
from psot.members.queries import public_names
from psot.ratings.queries import newest_season
from psot.ratings.rulesets import newest_rules, parameters_of
from psot.seasons import drafting, trying
from psot.seasons.bell import ring
from psot.seasons.desk import blueprint, organizer
from psot.seasons.pages import region_names
from psot.seasons.words import PARAMETERS
from scoring.rating import BOUNDS, figures_of, points

FIXED = frozenset({"weeks"})
LONGEST_FIGURES = 60

_log = structlog.get_logger()


@blueprint.get("/organizer/seasons/rules")
def rules() -> str:
    """Show the rules that hold, the draft beside them, and what its shadow shows."""
    return _rules()


@blueprint.get("/organizer/seasons/rules/draft")
def draft() -> str:
    """Show the form of the next rules, filled with the draft or with those that hold."""
    with transaction() as session:
        kept = trying.draft(session)
        newest = figures_of(parameters_of(session, newest_rules(session)))
    return _form({name: _text(one) for name, one in (kept.figures if kept else newest).items()})


@blueprint.post("/organizer/seasons/rules/draft")
def save_draft() -> ResponseReturnValue:
    """Keep the draft, or show the form again with what is wrong, nothing typed lost."""
    typed = {name: request.form.get(name, "")[:LONGEST_FIGURES] for name in BOUNDS}
    typed = {name: one for name, one in typed.items() if name not in FIXED}
    wrong = {
        name: [gettext("Write whole numbers, several separated by commas.")]
        for name, one in typed.items()
        if _figures(one) is None
    }
    if wrong:
        return _form(typed, wrong), Invalid.status
    try:
        with transaction() as session:
            figures = {name: _figures(one) or () for name, one in typed.items()}
            drafting.save(session, figures, by=organizer(), now=clock.now())
    except Invalid as error:
        return _form(typed, error.fields), error.status
    flash(gettext("The draft is saved."), "success")
    return redirect(url_for("season_desk.rules"), 303)


@blueprint.post("/organizer/seasons/rules/discard")
def discard_draft() -> ResponseReturnValue:
    """Forget the draft."""
    with transaction() as session:
        drafting.discard(session)
    flash(gettext("The draft is gone."), "success")
    return redirect(url_for("season_desk.rules"), 303)


@blueprint.post("/organizer/seasons/rules/shadow")
def ask_shadow() -> ResponseReturnValue:
    """Have the shadow of the draft counted in the background."""
    with transaction() as session:
        drafting.ask_shadow(session, now=clock.now())
    try:
        ring(cast("Redis", current_app.extensions["psot.redis"]))
    except RedisError as error:  # the scheduler finds what no worker was told of
        _log.warning("shadow_not_rung", error=type(error).__name__)
    flash(gettext("The shadow is being counted."), "success")
    return redirect(url_for("season_desk.rules"), 303)


@blueprint.post("/organizer/seasons/rules/publish")
def publish_rules() -> ResponseReturnValue:
    """Publish the draft for the seasons to come."""
    reason = request.form.get("reason", "")
    try:
        with transaction() as session:
            version = drafting.publish(session, reason=reason, by=organizer(), now=clock.now())
    except Invalid as error:
        return _rules(reason=reason, wrong=error.fields), error.status
    except Conflict as error:
        return _rules(reason=reason, wrong={"": [str(error.message)]}), error.status
    told = gettext(
        "Rules %(version)s are published; the next season plays by them.", version=version
    )
    flash(told, "success")
    return redirect(url_for("season_desk.rules"), 303)


def _rules(*, reason: str = "", wrong: Mapping[str, list[str]] | None = None) -> str:
    with transaction() as session:
        newest = newest_rules(session)
        running = newest_season(session)
        kept = trying.draft(session)
        shadow = trying.shadow(session)
        found = shadow.result["members"]["movers"] if shadow and shadow.result else []
        names = public_names(session, [UUID(one["member"]) for one in found])
        holding = running.parameters if running else parameters_of(session, newest)
        upcoming = figures_of(parameters_of(session, newest))
    return render_template(
        "season_desk/rules.html",
        running=running,
        newest=newest,
        words=PARAMETERS,
        holding=figures_of(holding),
        upcoming=upcoming,
        draft=kept,
        shadow=shadow,
        names={str(one): name for one, name in names.items()},
        movers=[one for one in found if UUID(one["member"]) in names],
        region_names=region_names(),
        points=points,
        text=_text,
        reason=reason,
        wrong=wrong or {},
    )


def _form(typed: Mapping[str, str], wrong: Mapping[str, list[str]] | None = None) -> str:
    return render_template(
        "season_desk/draft.html",
        typed=typed,
        wrong=wrong or {},
        words={name: one for name, one in PARAMETERS.items() if name not in FIXED},
        bounds=BOUNDS,
    )


def _figures(typed: str) -> tuple[int, ...] | None:
    """Return the whole numbers of a field, None for anything else."""
    parts = typed.replace(",", " ").split()
    if not parts or not all(one.isascii() and one.isdecimal() for one in parts):
        return None
    return tuple(int(one) for one in parts)


def _text(figures: list[int] | tuple[int, ...]) -> str:
    return ", ".join(str(one) for one in figures)
