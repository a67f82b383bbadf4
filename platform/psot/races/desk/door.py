"""What all pages of the desk share: the race at hand, who acts, how a change is kept."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from psot import clock
from psot.database import transaction
from psot.errors import Conflict, Invalid
from psot.members.queries import current_member
from psot.races import forms, operations
from psot.races.desk import reading
from psot.races.desk.reading import Desk
from psot.races.errors import EditedElsewhere

blueprint = Blueprint("desk", "psot.races", template_folder="templates")

LARGEST_VERSION = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One page of the desk of a race: which fields of the race it keeps, read out of its form."""

    endpoint: str
    template: str
    make: Callable[[Desk], FlaskForm]
    """The form as the race is stored."""
    sent: Callable[[Desk], FlaskForm]
    """The form as the request sent it."""
    fields: Callable[[FlaskForm, Desk], Mapping[str, Any]]
    """What the form changes in the race."""
    refused: Callable[[FlaskForm, Desk], bool] = lambda _form, _desk: False
    """Checks of its own; puts what is wrong beside the fields."""


def organizer() -> UUID:
    """Return who acts."""
    viewer = current_member()
    if viewer is None:  # the door lets organizers in only; this is its second bolt
        abort(401)
    return viewer.id


def at_hand(race_id: UUID) -> Desk:
    """Return the race of this page. Raises UnknownRace, for somebody's practice too."""
    with transaction() as session:
        return reading.desk(session, race_id)


def shown(tab: Tab, race_id: UUID) -> str:
    """Show a tab with what is stored."""
    desk = at_hand(race_id)
    return render_template(tab.template, desk=desk, race=desk.race, form=tab.make(desk), theirs=())


def kept(tab: Tab, race_id: UUID) -> ResponseReturnValue:
    """Keep what a tab's form says, or show it again with what is wrong, nothing typed lost."""
    desk = at_hand(race_id)
    form = tab.sent(desk)
    good = form.validate()
    if tab.refused(form, desk) or not good:
        return _again(tab, desk, form), 422
    try:
        with transaction() as session:
            operations.edit(
                session,
                race_id,
                version=version(),
                by=organizer(),
                now=clock.now(),
                **tab.fields(form, desk),
            )
    except EditedElsewhere:
        return _contrasted(tab, race_id, form), EditedElsewhere.status
    except Invalid as error:
        forms.show(form, error)
        return _again(tab, desk, form), error.status
    except Conflict as error:
        flash(str(error.message), "warning")
        return to(tab.endpoint, race_id)
    flash(gettext("Saved."), "success")
    return to(tab.endpoint, race_id)


def version() -> int:
    """Return the version of the race that the form was made from; 0 for none, which fits none."""
    text = request.form.get("version", "")
    known = text.isascii() and text.isdecimal() and len(text) < len(str(LARGEST_VERSION))
    return int(text) if known else 0


def to(endpoint: str, race_id: UUID) -> Response:
    """Lead to a page of the desk of a race."""
    return redirect(url_for(endpoint, race_id=race_id), 303)


def _again(tab: Tab, desk: Desk, form: FlaskForm) -> str:
    return render_template(
        tab.template, desk=desk, race=desk.race, form=form, theirs=(), version=version()
    )


def _contrasted(tab: Tab, race_id: UUID, form: FlaskForm) -> str:
    """Show what was typed with what stands meanwhile; keeping it again replaces what stands."""
    desk = at_hand(race_id)
    theirs: Iterator[tuple[str, str, str]] = forms.differences(form, tab.make(desk))
    return render_template(
        tab.template, desk=desk, race=desk.race, form=form, theirs=list(theirs), clash=True
    )
