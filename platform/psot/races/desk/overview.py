"""The list of all races, a race at a glance, and the steps of its life, each confirmed by name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, lazy_pgettext
from werkzeug.wrappers import Response

from psot import clock
from psot.database import transaction
from psot.errors import Conflict, Invalid
from psot.races import forms, listing, operations, pools
from psot.races.desk import closing, reading
from psot.races.desk.door import at_hand, blueprint, organizer, to
from psot.races.desk.reading import Desk
from psot.races.forms import LONGEST_TITLE, ConfirmForm, NewRaceForm
from psot.races.listing import Wanted
from psot.races.stages import FOLLOWS, Stage
from psot.races.wording import STAGES
from psot.shell.navigation import exists


@dataclass(frozen=True, kw_only=True)
class Move:
    """A step by hand: the button's word, what it does in a sentence, and how it looks."""

    stage: Stage
    word: Any
    does: Any
    icon: str
    tone: str = ""


_S = Stage
MOVES: Final = {
    (None, _S.ANNOUNCED): Move(
        stage=_S.ANNOUNCED,
        word=lazy_gettext("Announce"),
        does=lazy_gettext("Everybody sees the race. You can take it back into draft."),
        icon="radio",
        tone="main",
    ),
    (_S.ANNOUNCED, _S.DRAFT): Move(
        stage=_S.DRAFT,
        word=lazy_gettext("Back to draft"),
        does=lazy_gettext("Only organizers see the race until it is announced again."),
        icon="pencil",
    ),
    (None, _S.REGISTRATION): Move(
        stage=_S.REGISTRATION,
        word=lazy_gettext("Open registration"),
        does=lazy_gettext("Members can register from now on."),
        icon="user-plus",
        tone="main",
    ),
    (_S.ZEROING, _S.REGISTRATION): Move(
        stage=_S.REGISTRATION,
        word=lazy_gettext("Reopen registration"),
        does=lazy_gettext(
            "The start list and the published hashes are void and are made anew later."
            " Registrations stay."
        ),
        icon="user-plus",
    ),
    (None, _S.ZEROING): Move(
        stage=_S.ZEROING,
        word=lazy_gettext("Close registration, open zeroing"),
        does=lazy_gettext(
            "The start list is made, the questions are frozen, the hashes are published."
            " Racers test their connection. You can reopen the registration."
        ),
        icon="target",
        tone="main",
    ),
    (None, _S.RUNNING): Move(
        stage=_S.RUNNING,
        word=lazy_pgettext("race", "Start"),
        does=lazy_gettext(
            "The first racers go in ten seconds. From then on only the jury changes something."
        ),
        icon="flag",
        tone="main",
    ),
    (None, _S.LOCKED): Move(
        stage=_S.LOCKED,
        word=lazy_gettext("Close the course"),
        does=lazy_gettext(
            "Whoever is still under way has not finished (DNF). Right answers become visible."
            " This cannot be undone."
        ),
        icon="lock",
        tone="danger",
    ),
    (None, _S.CANCELLED): Move(
        stage=_S.CANCELLED,
        word=lazy_gettext("Cancel the race"),
        does=lazy_gettext("Nobody can race it any more. This cannot be undone."),
        icon="ban",
        tone="danger",
    ),
}
"""Steps by hand, from one stage or (None) from any; the others are the jury's."""


def moves(stage: Stage) -> list[Move]:
    """Return the steps that an organizer can take at ``stage``, in the order of a race's life."""
    known = [_move(stage, one) for one in Stage if one in FOLLOWS[stage]]
    found = [one for one in known if one is not None]
    # Only one step is the usual next one.
    main = next((one for one in found if one.tone == "main"), None)
    return [
        replace(one, tone="") if one.tone == "main" and one is not main else one for one in found
    ]


def _move(stage: Stage, next_: Stage) -> Move | None:
    return MOVES.get((stage, next_)) or MOVES.get((None, next_))


@blueprint.get("/organizer/races")
def races() -> str:
    """List every race with its stage, and offer a new one."""
    return _list(NewRaceForm())


@blueprint.post("/organizer/races", endpoint="create")
def create() -> ResponseReturnValue:
    """Make a draft."""
    form = NewRaceForm()
    if not form.validate():
        return _list(form), 422
    try:
        with transaction() as session:
            made = operations.create(
                session,
                by=organizer(),
                title=form.title.data,
                format=form.format.data,
                options={},
                now=clock.now(),
            )
    except Invalid as error:
        forms.show(form, error)
        return _list(form), error.status
    flash(gettext("The draft is made. Only organizers see it until you announce it."), "success")
    return to("desk.race", made.id)


@blueprint.post("/organizer/races/<uuid:race_id>/copy", endpoint="copy")
def copy(race_id: UUID) -> ResponseReturnValue:
    """Make a draft like this race."""
    desk = at_hand(race_id)
    title = gettext("%(title)s (copy)", title=desk.race.title)[:LONGEST_TITLE]
    with transaction() as session:
        made = operations.copy(session, race_id, by=organizer(), now=clock.now(), title=title)
    flash(gettext("The copy is a draft. Give it a title and a schedule of its own."), "success")
    return to("desk.about", made.id)


@blueprint.get("/organizer/races/<uuid:race_id>")
def race(race_id: UUID) -> str:
    """Show a race at a glance: where it is in its life, what is missing, what happened."""
    with transaction() as session:
        desk = reading.desk(session, race_id)
        checks = pools.check(session, race_id)
        history = reading.history(session, race_id)
        classes = reading.classes_sized(session, race_id)
    return render_template(
        "desk/race.html",
        desk=desk,
        race=desk.race,
        checks=checks,
        history=history,
        classes=classes,
        moves=moves(desk.race.stage),
        ways=_ways(desk),
        now=clock.now(),
    )


@blueprint.get("/organizer/races/<uuid:race_id>/move/<stage>")
def confirm_move(race_id: UUID, stage: str) -> str:
    """Say what a step of the race's life does, and ask to confirm it."""
    return _confirm_page(at_hand(race_id), stage, ConfirmForm())


@blueprint.post("/organizer/races/<uuid:race_id>/move/<stage>", endpoint="move")
def move(race_id: UUID, stage: str) -> ResponseReturnValue:
    """Take the step once it is confirmed."""
    desk, form = at_hand(race_id), ConfirmForm()
    chosen = _chosen(desk, stage)
    if not form.validate():
        return _confirm_page(desk, stage, form), 422
    try:
        with transaction() as session:
            if chosen.stage is Stage.LOCKED:
                closing.close(session, race_id, now=clock.now(), by=organizer())
            else:
                operations.enter_stage(
                    session, race_id, chosen.stage, now=clock.now(), by=organizer()
                )
    except Invalid as error:
        sentences = [str(one) for told in error.fields.values() for one in told]
        problems = sentences or [str(error.message)]
        return _confirm_page(desk, stage, form, problems), error.status
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(
            gettext("“%(title)s”: %(stage)s.", title=desk.race.title, stage=STAGES[chosen.stage]),
            "success",
        )
    return to("desk.race", race_id)


def _chosen(desk: Desk, stage: str) -> Move:
    found = next((one for one in moves(desk.race.stage) if one.stage == stage), None)
    if found is None:
        abort(404)
    return found


def _confirm_page(desk: Desk, stage: str, form: ConfirmForm, problems: Iterable[str] = ()) -> str:
    known = [*Stage]
    if stage in known and stage == desk.race.stage:
        # The schedule or somebody else was faster: the step is taken already.
        abort(_to_desk(desk.race.id))
    chosen = _chosen(desk, stage)
    with transaction() as session:
        checks = pools.check(session, desk.race.id)
    return render_template(
        "desk/move.html",
        desk=desk,
        race=desk.race,
        move=chosen,
        form=form,
        problems=list(problems),
        checks=[one for one in checks if one.scarce]
        if chosen.stage in {Stage.ANNOUNCED, Stage.REGISTRATION, Stage.ZEROING}
        else [],
    )


def _to_desk(race_id: UUID) -> Response:
    return redirect(url_for("desk.race", race_id=race_id), 303)


def _list(form: NewRaceForm) -> str:
    wanted = Wanted(
        search=request.args.get("q", "").strip()[:100],
        members=True,
    )
    with transaction() as session:
        found = listing.listed(session, wanted, Stage, newest_first=True, limit=200)
    return render_template("desk/races.html", found=found, form=form, wanted=wanted)


def _ways(desk: Desk) -> list[tuple[str, str, str]]:
    """Return where else an organizer goes from here, as far as the house has the pages."""
    race_id = desk.race.id
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  url_map lives on the real app
    named = [
        (f"/races/{race_id}", gettext("The race's page"), "eye"),
        (f"/organizer/races/{race_id}/remote", gettext("Remote of the big screen"), "radio"),
        (f"/races/{race_id}/screen", gettext("Big screen"), "monitor-smartphone"),
        (f"/jury/races/{race_id}", gettext("Jury"), "scale"),
    ]
    return [one for one in named if exists(app, one[0])]
