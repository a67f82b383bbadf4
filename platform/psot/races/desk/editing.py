"""The tabs of the desk that keep fields of the race: about, rules, schedule, spectators."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields import SelectChoice

from psot import clock
from psot.database import transaction
from psot.errors import Conflict, Invalid
from psot.races import forms, operations, rules_form
from psot.races.desk import reading
from psot.races.desk.door import Tab, at_hand, blueprint, kept, organizer, shown, to, version
from psot.races.desk.reading import Desk
from psot.races.forms import AboutForm, ScheduleForm, SpectatorsForm
from scoring.biathlon import StartKind, format_names

SECONDS = 60


def _stored_rules(desk: Desk) -> FlaskForm:
    kept = rules_form.as_shown(desk.race.rules)
    return _rules_class(desk)(
        formdata=None, data=kept | {"from_race": str(desk.race.from_race or "")}
    )


def _sent_rules(desk: Desk) -> FlaskForm:
    return _rules_class(desk)()


def _rules_class(desk: Desk) -> type[FlaskForm]:
    made = rules_form.form_class(desk.race.format, desk.race.options)
    if desk.race.rules.start.kind is StartKind.PURSUIT:
        with transaction() as session:
            others = reading.followed(session, desk.race.id)
        made.from_race = SelectField(
            lazy_gettext("The race it follows"),
            choices=[
                SelectChoice("", gettext("Choose a race")),
                *(SelectChoice(str(one.id), one.title) for one in others),
            ],
            description=lazy_gettext("Its gaps are the start times here."),
        )
    return made


def _rules_told(form: FlaskForm, desk: Desk) -> Mapping[str, Any]:
    fields: dict[str, Any] = {"options": rules_form.told(form, desk.race.format, desk.race.options)}
    if "from_race" in form:
        fields["from_race"] = UUID(form.from_race.data) if form.from_race.data else None
    return fields


def _spectators_told(form: FlaskForm, desk: Desk) -> Mapping[str, Any]:
    freeze = form.freeze_after_min.data
    stored = desk.race.freeze_after_s
    # A freeze kept to the second elsewhere stays as it is until its minutes are changed.
    same = freeze is not None and stored is not None and -(-stored // SECONDS) == freeze
    return {
        "public": form.public.data == "yes",
        "freeze_after_s": stored if same else None if freeze is None else freeze * SECONDS,
        "spectator_delay_s": form.spectator_delay_s.data,
        "protest_hours": form.protest_hours.data,
    }


_TEXTS = ("title", "description", "season")
ABOUT = Tab(
    endpoint="desk.about",
    template="desk/about.html",
    make=lambda desk: AboutForm(formdata=None, data=forms.about(desk.race)),
    sent=lambda _desk: AboutForm(),
    fields=lambda form, _desk: (
        {name: form[name].data or "" for name in _TEXTS}
        | {"normed_minutes": form.normed_minutes.data}
    ),
)
RULES = Tab(
    endpoint="desk.rules",
    template="desk/rules.html",
    make=_stored_rules,
    sent=_sent_rules,
    fields=_rules_told,
    refused=lambda form, desk: rules_form.refused(form, desk.race.format, desk.race.options),
)
SCHEDULE = Tab(
    endpoint="desk.schedule",
    template="desk/schedule.html",
    make=lambda desk: ScheduleForm(
        formdata=None, data=forms.schedule(desk.race, desk.remind_minutes)
    ),
    sent=lambda _desk: ScheduleForm(),
    fields=lambda form, _desk: forms.schedule_told(form),
)
SPECTATORS = Tab(
    endpoint="desk.spectators",
    template="desk/spectators.html",
    make=lambda desk: SpectatorsForm(formdata=None, data=forms.spectators(desk.race)),
    sent=lambda _desk: SpectatorsForm(),
    fields=_spectators_told,
)


@blueprint.get("/organizer/races/<uuid:race_id>/about")
def about(race_id: UUID) -> str:
    """Show what the race is called and where it belongs."""
    return shown(ABOUT, race_id)


@blueprint.post("/organizer/races/<uuid:race_id>/about", endpoint="keep_about")
def keep_about(race_id: UUID) -> ResponseReturnValue:
    """Keep it."""
    return kept(ABOUT, race_id)


@blueprint.get("/organizer/races/<uuid:race_id>/rules")
def rules(race_id: UUID) -> str:
    """Show the numbers of the format that apply to the race."""
    return shown(RULES, race_id)


@blueprint.post("/organizer/races/<uuid:race_id>/rules", endpoint="keep_rules")
def keep_rules(race_id: UUID) -> ResponseReturnValue:
    """Keep them."""
    return kept(RULES, race_id)


@blueprint.post("/organizer/races/<uuid:race_id>/format")
def change_format(race_id: UUID) -> ResponseReturnValue:
    """Give the race another format; its numbers are that format's own then."""
    chosen = request.form.get("format", "")
    desk = at_hand(race_id)
    if chosen not in format_names() or chosen == desk.race.format:
        return to("desk.rules", race_id)
    try:
        with transaction() as session:
            operations.edit(
                session,
                race_id,
                version=version(),
                by=organizer(),
                now=clock.now(),
                format=chosen,
                options={},
            )
    except (Conflict, Invalid) as error:
        flash(str(error.message), "warning")
    else:
        flash(gettext("The format is changed; its numbers are the usual ones again."), "success")
    return to("desk.rules", race_id)


@blueprint.get("/organizer/races/<uuid:race_id>/schedule")
def schedule(race_id: UUID) -> str:
    """Show when what happens."""
    return shown(SCHEDULE, race_id)


@blueprint.post("/organizer/races/<uuid:race_id>/schedule", endpoint="keep_schedule")
def keep_schedule(race_id: UUID) -> ResponseReturnValue:
    """Keep it."""
    return kept(SCHEDULE, race_id)


@blueprint.get("/organizer/races/<uuid:race_id>/spectators")
def spectators(race_id: UUID) -> str:
    """Show who may watch and what they see when."""
    return shown(SPECTATORS, race_id)


@blueprint.post("/organizer/races/<uuid:race_id>/spectators", endpoint="keep_spectators")
def keep_spectators(race_id: UUID) -> ResponseReturnValue:
    """Keep it."""
    return kept(SPECTATORS, race_id)


@blueprint.post("/organizer/races/<uuid:race_id>/freeze")
def freeze(race_id: UUID) -> ResponseReturnValue:
    """Let the frozen public board move again, or stand still as the race says."""
    wanted = request.form.get("frozen") == "yes"
    with transaction() as session:
        reading.desk(session, race_id)
        operations.set_frozen(session, race_id, frozen=wanted, now=clock.now())
    told = (
        gettext("The public board freezes as the race says.")
        if wanted
        else gettext("The public board shows everything again.")
    )
    flash(told, "success")
    return to("desk.spectators", race_id)
