"""The pools of tasks: topics and difficulties of each kind, with a check of the choice."""

from typing import Any
from uuid import UUID

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from psot.database import transaction
from psot.errors import Conflict, Invalid
from psot.library import queries as library
from psot.races import operations, pools
from psot.races.creating import DIFFICULTIES
from psot.races.desk import reading
from psot.races.desk.door import at_hand, blueprint, to, version
from psot.races.desk.reading import Desk, Wanted
from psot.races.errors import EditedElsewhere


@blueprint.get("/organizer/races/<uuid:race_id>/pools", endpoint="pools")
def show_pools(race_id: UUID) -> str:
    """Show where the tasks come from and whether they are enough."""
    with transaction() as session:
        desk = reading.desk(session, race_id)
        wanted = reading.pools_of(session, race_id)
    return _page(desk, wanted)


@blueprint.get("/organizer/races/<uuid:race_id>/pools/check")
def check_pools(race_id: UUID) -> str:
    """Return only the check, for the choice as it stands in the form and is not kept yet."""
    desk = at_hand(race_id)
    with transaction() as session:
        checks = reading.checked(session, desk.race.rules, _told(session, request.args))
    return render_template("desk/checks_only.html", checks=checks)


@blueprint.post("/organizer/races/<uuid:race_id>/pools", endpoint="keep_pools")
def keep_pools(race_id: UUID) -> ResponseReturnValue:
    """Keep the choice. What is too little is told, and refused only when the race is announced."""
    with transaction() as session:
        wanted = _told(session, request.form)
    try:
        with transaction() as session:
            desk = reading.desk(session, race_id)
            operations.set_pools(session, race_id, wanted, version=version())
    except EditedElsewhere as error:
        with transaction() as session:
            theirs = reading.pools_of(session, race_id)
        return _page(at_hand(race_id), wanted, theirs=theirs), error.status
    except Invalid as error:
        return _page(desk, wanted, problem=str(error.message)), error.status
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(gettext("Saved."), "success")
    return to("desk.pools", race_id)


def _told(session: Session, given: MultiDict[str, str]) -> Wanted:
    """Return the choice in a form; what does not exist is not taken."""
    topics, levels = library.topics(session), {str(one): one for one in DIFFICULTIES}
    return {
        kind: (
            [one for one in given.getlist(f"{kind}.topic") if one in topics],
            [levels[one] for one in given.getlist(f"{kind}.difficulty") if one in levels],
        )
        for kind in pools.KINDS
    }


def _page(desk: Desk, wanted: Wanted, *, theirs: Wanted | None = None, problem: str = "") -> str:
    needed = pools.needs(desk.race.rules)
    with transaction() as session:
        checks = reading.checked(session, desk.race.rules, wanted)
        counts = reading.tasks_by_topic(session)
        topics = library.topics(session)
    return render_template(
        "desk/pools.html",
        desk=desk,
        race=desk.race,
        wanted=wanted,
        kinds=[kind for kind in pools.KINDS if needed[kind]],
        checks=checks,
        topics=topics,
        counts=counts,
        levels=DIFFICULTIES,
        clash=theirs is not None,
        theirs=_contrast(wanted, theirs, needed) if theirs else [],
        problem=problem,
    )


def _contrast(mine: Wanted, theirs: Wanted, needed: dict[str, int]) -> list[tuple[Any, ...]]:
    """Return kind, own choice and the one that stands, for every kind in which they differ."""
    return [
        (kind, mine[kind], theirs[kind])
        for kind in pools.KINDS
        if needed[kind]
        and [sorted(one) for one in mine[kind]] != [sorted(one) for one in theirs[kind]]
    ]
