"""The numbers of a format that an organizer may change, as one table, and the form made of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from psot.races.forms import NEEDED, Whole, within
from scoring.biathlon import Format, Malformed, PenaltyKind, Standing, StartKind, load_format

MOST_S = 3600


@dataclass(frozen=True, kw_only=True)
class Option:
    """One number: its ``name`` in the options, its unit and bounds, where it ``fits``.

    ``read`` takes its value out of a format. ``part`` is the object of the options it stands in.
    """

    name: str
    label: Any
    unit: Any
    read: Callable[[Format], int | None]
    fits: Callable[[Format], bool]
    least: int = 0
    most: int = MOST_S
    part: str = ""
    help: Any = ""


_S = lazy_gettext("seconds")


def _shoots(letter: str) -> Callable[[Format], bool]:
    return lambda one: any(letter in leg.bouts for leg in one.legs)


def _loops(one: Format) -> bool:
    return one.penalty.kind is PenaltyKind.LOOP and one.standing_target is Standing.PENALTY


OPTIONS: Final = (
    Option(
        name="laps",
        label=lazy_gettext("Laps"),
        unit=lazy_gettext("laps"),
        read=lambda one: one.legs[0].laps,
        fits=lambda one: not one.relay,
        least=1,
        most=20,
    ),
    Option(
        name="laps_per_leg",
        label=lazy_gettext("Laps of a leg"),
        unit=lazy_gettext("laps"),
        read=lambda one: one.legs[0].laps,
        fits=lambda one: one.relay and len({leg.laps for leg in one.legs}) == 1,
        least=1,
        most=20,
    ),
    Option(
        name="stations",
        label=lazy_gettext("Stations of a lap"),
        unit=lazy_gettext("stations"),
        read=lambda one: one.stations,
        fits=lambda _one: True,
        most=10,
        help=lazy_gettext("Each is a short case. 0: the course is only the range."),
    ),
    Option(
        name="falls",
        label=lazy_gettext("Falls until the way is free"),
        unit=lazy_gettext("falls"),
        read=lambda one: one.falls,
        fits=lambda _one: True,
        most=5,
    ),
    Option(
        name="fall_s",
        label=lazy_gettext("Held after a fall"),
        unit=_S,
        read=lambda one: one.fall_s,
        fits=lambda _one: True,
        most=120,
    ),
    Option(
        name="shots",
        label=lazy_gettext("Targets of a shooting"),
        unit=lazy_gettext("targets"),
        read=lambda one: one.shots,
        fits=lambda one: any(leg.bouts for leg in one.legs),
        least=1,
        most=5,
    ),
    Option(
        name="prone_s",
        label=lazy_gettext("Limit of a prone shot"),
        unit=_S,
        read=lambda one: one.prone_s,
        fits=_shoots("P"),
        least=5,
        most=300,
    ),
    Option(
        name="standing_s",
        label=lazy_gettext("Limit of a standing shot"),
        unit=_S,
        read=lambda one: one.standing_s,
        fits=_shoots("S"),
        least=5,
        most=300,
    ),
    Option(
        name="spares",
        label=lazy_gettext("Spare rounds of a shooting"),
        unit=lazy_gettext("rounds"),
        read=lambda one: one.spares,
        fits=lambda one: one.spares > 0,
        most=5,
    ),
    Option(
        name="reload_s",
        label=lazy_gettext("Loading a spare round"),
        unit=_S,
        read=lambda one: one.reload_s,
        fits=lambda one: one.spares > 0,
        most=60,
    ),
    Option(
        name="loop_s",
        label=lazy_gettext("Penalty loop"),
        unit=_S,
        read=lambda one: one.penalty.seconds,
        fits=_loops,
        most=300,
        help=lazy_gettext("How long a miss holds the racer, who reads the topic's memo meanwhile."),
    ),
    Option(
        name="penalty_s",
        label=lazy_gettext("Penalty for a miss"),
        unit=_S,
        read=lambda one: one.penalty.seconds,
        fits=lambda one: one.penalty.kind is PenaltyKind.TIME,
        most=600,
        help=lazy_gettext("Added to the total time."),
    ),
    Option(
        name="interval_s",
        part="start",
        label=lazy_gettext("Between two starts"),
        unit=_S,
        read=lambda one: one.start.interval_s,
        fits=lambda one: one.start.kind in {StartKind.SINGLE, StartKind.GROUP},
        most=600,
    ),
    Option(
        name="group",
        part="start",
        label=lazy_gettext("Racers of a group"),
        unit=lazy_gettext("racers"),
        read=lambda one: one.start.group,
        fits=lambda one: one.start.kind is StartKind.GROUP,
        least=1,
        most=1000,
    ),
    Option(
        name="field",
        part="start",
        label=lazy_gettext("Largest field"),
        unit=lazy_gettext("racers"),
        read=lambda one: one.start.field,
        fits=lambda one: one.start.field is not None,
        least=2,
        most=20_000,
    ),
    Option(
        name="wave_after_s",
        part="start",
        label=lazy_gettext("One wave from a gap of"),
        unit=_S,
        read=lambda one: one.start.wave_after_s,
        fits=lambda one: one.start.kind is StartKind.PURSUIT,
        least=10,
        most=3600,
    ),
)


_CHOICES: Final = ("standing_target", "lapped_out", "season")


def usual(format_: str, options: Mapping[str, Any]) -> Format:
    """Return the format with those of a race's ``options`` that no field of the form is about."""
    return load_format(format_, _apart(options))


def form_class(format_: str, options: Mapping[str, Any]) -> type[FlaskForm]:
    """Return the form of the options that apply to a race."""
    base = usual(format_, options)
    fields: dict[str, Any] = {
        one.name: Whole(
            one.label,
            validators=[InputRequired(NEEDED), within(one.least, one.most)],
            description=_described(one, base),
            render_kw={"min": one.least, "max": one.most, "inputmode": "numeric"},
        )
        for one in OPTIONS
        if one.fits(base)
    }
    if base.standing_target is Standing.DISQUALIFIED:
        fields["standing_target"] = SelectField(
            lazy_gettext("A target left standing"),
            validators=[InputRequired(NEEDED)],
            choices=[
                SelectChoice("disqualified", gettext("ends the race of its racer")),
                SelectChoice("penalty", gettext("costs a penalty loop")),
            ],
        )
    if base.start.kind in {StartKind.SIMULTANEOUS, StartKind.PURSUIT}:
        fields["lapped_out"] = BooleanField(lazy_gettext("Whoever the leader laps leaves the race"))
    fields["season"] = BooleanField(lazy_gettext("Points count for the season"))
    return type("RulesForm", (FlaskForm,), fields)


def as_shown(rules: Format) -> dict[str, Any]:
    """Return every option's value in ``rules``."""
    values: dict[str, Any] = {one.name: one.read(rules) for one in OPTIONS}
    return values | {
        "standing_target": rules.standing_target.value,
        "lapped_out": rules.lapped_out,
        "season": rules.season,
    }


def told(form: FlaskForm, format_: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that ``form`` asks for: of its own only what differs from the usual.

    Those of the race's ``options`` that the form is not about are kept.
    """
    base = as_shown(usual(format_, options))
    parts = {one.name: one.part for one in OPTIONS}
    wanted = _apart(options)
    for field in form:
        if field.name not in base or field.data in {None, base[field.name]}:
            continue
        part = parts.get(field.name)
        place = wanted.setdefault(part, {}) if part else wanted
        place[field.name] = field.data
    return wanted


def refused(form: FlaskForm, format_: str, options: Mapping[str, Any]) -> bool:
    """Tell whether the rules refuse what ``form`` asks for; the field then says so."""
    try:
        load_format(format_, told(form, format_, options))
    except Malformed as error:
        name = error.field.rpartition(".")[2]
        sentence = gettext("This does not fit the rest of the rules.")
        if name in {"laps", "laps_per_leg"}:
            sentence = gettext("Every shooting needs a lap before it, so there must be more laps.")
        if name in form:
            form[name].errors = [*form[name].errors, sentence]
        else:
            form.form_errors = [*form.form_errors, sentence]
        return True
    return False


def _apart(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that no field of the form is about."""
    names = {(one.part, one.name) for one in OPTIONS} | {("", one) for one in _CHOICES}
    kept: dict[str, Any] = {}
    for name, value in options.items():
        if isinstance(value, Mapping):
            rest = {key: one for key, one in value.items() if (name, key) not in names}
            if rest:
                kept[name] = rest
        elif ("", name) not in names:
            kept[name] = value
    return kept


def _described(option: Option, base: Format) -> str:
    known = gettext("%(unit)s; usually %(usual)s", unit=option.unit, usual=option.read(base))
    return f"{known}. {option.help}" if option.help else known
