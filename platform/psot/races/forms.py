"""Forms of races: what the fields are called, what they take, and what is wrong with an answer."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from psot import clock
from psot.errors import Invalid
from psot.races import wording
from psot.races.values import RaceView
from psot.shell.zones import ZONES, label
from scoring.biathlon import format_names

LONGEST_TITLE = 120
LONGEST_TEXT = 4000
MOMENT = "%Y-%m-%dT%H:%M"

NEEDED = lazy_gettext("This is needed.")
TOO_LONG = lazy_gettext("This is too long.")


class Whole(IntegerField):  # type: ignore[misc]  # WTForms is untyped
    """A whole number; an empty field is None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; raises ValueError in the reader's language."""
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        try:
            self.data = int(text)
        except ValueError:
            raise ValueError(gettext("Write a whole number.")) from None


class Moment(DateTimeLocalField):  # type: ignore[misc]
    """Date and time on the clock of the race; an empty field is None."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(
            label, format=[MOMENT, "%Y-%m-%dT%H:%M:%S"], validators=[Optional()], **kwargs
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; raises ValueError in the reader's language."""
        try:
            super().process_formdata([one for one in valuelist if one.strip()])
        except ValueError:
            raise ValueError(gettext("Write a date and a time.")) from None


def within(least: int, most: int) -> NumberRange:
    """Return the check that a number is from ``least`` to ``most``."""
    message = lazy_gettext("From %(least)d to %(most)d.", least=least, most=most)
    return NumberRange(min=least, max=most, message=message)


def printable(_form: FlaskForm, field: StringField) -> None:
    """Refuse signs that cannot be seen, but for the end of a line."""
    text = (field.data or "").replace("\r", "").replace("\n", "")
    if not text.isprintable():
        raise ValidationError(gettext("Only letters, digits and signs that can be seen."))


def not_blank(_form: FlaskForm, field: StringField) -> None:
    """Refuse nothing but spaces."""
    if not (field.data or "").strip():
        raise ValidationError(str(NEEDED))


def chosen_from(known: Mapping[str, Any]) -> list[SelectChoice]:
    """Return the choices of a field: values with their words in the reader's language."""
    return [SelectChoice(value, str(words)) for value, words in known.items()]


def format_choices() -> list[SelectChoice]:
    """Return every format by its name in the reader's language."""
    return chosen_from({one: wording.FORMATS.get(one, one) for one in format_names()})


def zone_choices() -> list[SelectChoice]:
    """Return the zones of the community, each with its distance from Moscow."""
    now = clock.now()
    return chosen_from(
        {one.name: f"{one.cities} ({label(ZoneInfo(one.name), now)})" for one in ZONES}
    )


class RegistrationForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What a racer tells about themselves; the region comes from the account."""

    experience = RadioField(
        lazy_gettext("Your experience"),
        choices=lambda: chosen_from(wording.EXPERIENCE),
        validators=[InputRequired(lazy_gettext("Choose one."))],
    )
    employer = SelectField(
        lazy_gettext("Type of employer"),
        choices=lambda: chosen_from(wording.EMPLOYERS),
        default="",
    )


def title_field() -> Any:
    """Return the field of a race's title."""
    long = Length(max=LONGEST_TITLE, message=TOO_LONG)
    return StringField(
        lazy_gettext("Title"),
        validators=[InputRequired(NEEDED), long, printable, not_blank],
        render_kw={"maxlength": LONGEST_TITLE},
    )


class NewRaceForm(FlaskForm):  # type: ignore[misc]
    """A new race: its title and its format; everything else has a default."""

    title = title_field()
    format = SelectField(
        lazy_gettext("Format"),
        choices=format_choices,
        default="sprint",
        validators=[InputRequired(NEEDED)],
    )


class AboutForm(FlaskForm):  # type: ignore[misc]
    """What the race is called and where it belongs."""

    title = title_field()
    description = TextAreaField(
        lazy_gettext("Description"),
        validators=[Length(max=LONGEST_TEXT, message=TOO_LONG), printable],
        render_kw={"maxlength": LONGEST_TEXT},
    )
    season = StringField(
        lazy_gettext("Season"),
        validators=[Length(max=40, message=TOO_LONG), printable],
        render_kw={"maxlength": 40},
        description=lazy_gettext("Races of one season share its standings, for example 2026/27."),
    )
    normed_minutes = Whole(
        lazy_gettext("Normed minutes"),
        validators=[InputRequired(NEEDED), within(0, 600)],
        description=lazy_gettext("What finishing counts for the activity half of the rating."),
    )


class ScheduleForm(FlaskForm):  # type: ignore[misc]
    """When what happens, on the clock of the race's own zone."""

    zone = SelectField(
        lazy_gettext("Time zone of the race"),
        choices=zone_choices,
        validators=[InputRequired(NEEDED)],
    )
    announces_at = Moment(
        lazy_gettext("Announcement"), description=lazy_gettext("From here on everybody sees it.")
    )
    registers_at = Moment(lazy_gettext("Registration opens"))
    zeroes_at = Moment(
        lazy_gettext("Zeroing opens"),
        description=lazy_gettext(
            "Registration closes, the start list is made, the questions are frozen."
        ),
    )
    starts_at = Moment(lazy_pgettext("race", "Start"))
    closes_at = Moment(
        lazy_gettext("The course closes"),
        description=lazy_gettext("Whoever is still under way then has not finished (DNF)."),
    )
    remind_minutes = Whole(
        lazy_gettext("Reminder, minutes before the start"),
        validators=[InputRequired(NEEDED), within(0, 10_080)],
        description=lazy_gettext("Everybody registered gets a mail. 0: no mail."),
    )


class SpectatorsForm(FlaskForm):  # type: ignore[misc]
    """Who may watch, what they see when, and how long protests are taken."""

    public = RadioField(
        lazy_gettext("Who may watch"),
        choices=lambda: chosen_from(
            {"yes": gettext("Everybody, also without signing in"), "no": gettext("Members only")}
        ),
        validators=[InputRequired(NEEDED)],
    )
    freeze_after_min = Whole(
        lazy_gettext("Freeze the public board, minutes after the start"),
        validators=[Optional(), within(1, 1440)],
        description=lazy_gettext(
            "From then on the public sees standings as they were, until you reveal them."
            " Empty: never."
        ),
    )
    spectator_delay_s = Whole(
        lazy_gettext("Delay for spectators, seconds"),
        validators=[InputRequired(NEEDED), within(0, 3600)],
        description=lazy_gettext("Spectators see everything this much later. 0: at once."),
    )
    protest_hours = Whole(
        lazy_gettext("Protests, hours after the provisional protocol"),
        validators=[InputRequired(NEEDED), within(0, 720)],
    )


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """A step that is confirmed by a tick that names the race."""

    confirmed = BooleanField(validators=[InputRequired(lazy_gettext("Confirm it first."))])


def show(form: FlaskForm, error: Invalid) -> None:
    """Put what an operation refused beside the fields of ``form``, or above it where none fits."""
    for name, sentences in error.fields.items():
        told = [str(one) for one in sentences]
        if name in form:
            form[name].errors = [*form[name].errors, *told]
        else:
            form.form_errors = [*form.form_errors, *told]
    if not error.fields:
        form.form_errors = [*form.form_errors, str(error.message)]


def local(at: datetime | None, zone: str) -> datetime | None:
    """Return ``at`` as the clock in ``zone`` shows it, without a zone."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if at else None


def aware(at: datetime | None, zone: str) -> datetime | None:
    """Return the moment at which the clock in ``zone`` shows ``at``."""
    return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if at else None


def differences(mine: FlaskForm, stored: FlaskForm) -> Iterator[tuple[str, str, str]]:
    """Yield label, own value and stored value of every field in which two forms differ."""
    for field in mine:
        if field.type in {"CSRFTokenField", "HiddenField"}:
            continue
        other = stored[field.name]
        if (field.data or "") != (other.data or ""):
            yield str(field.label.text), told(field), told(other)


def told(field: Field) -> str:
    """Return a field's value as its reader would write it."""
    if isinstance(field, SelectField):
        chosen = {str(value): str(label) for value, label, *_ in field.iter_choices()}
        return chosen.get(str(field.data), str(field.data))
    if isinstance(field.data, datetime):
        return f"{field.data:%d.%m.%Y %H:%M}"
    if isinstance(field.data, bool):
        return str(gettext("yes") if field.data else gettext("no"))
    return str(field.data) if field.data not in {None, ""} else "\N{EM DASH}"


def about(race: RaceView) -> Mapping[str, Any]:
    """Return the fields of `AboutForm` as they are stored."""
    return {
        "title": race.title,
        "description": race.description,
        "season": race.season,
        "normed_minutes": race.normed_minutes,
    }


def spectators(race: RaceView) -> Mapping[str, Any]:
    """Return the fields of `SpectatorsForm` as they are stored."""
    freeze = race.freeze_after_s
    return {
        "public": "yes" if race.public else "no",
        "freeze_after_min": None if freeze is None else -(-freeze // 60),
        "spectator_delay_s": race.spectator_delay_s,
        "protest_hours": race.protest_hours,
    }


MOMENTS = ("announces_at", "registers_at", "zeroes_at", "starts_at", "closes_at")


def schedule(race: RaceView, remind_minutes: int) -> Mapping[str, Any]:
    """Return the fields of `ScheduleForm` as they are stored."""
    kept = {name: local(getattr(race, name), race.zone) for name in MOMENTS}
    return {"zone": race.zone, "remind_minutes": remind_minutes, **kept}


def schedule_told(form: ScheduleForm) -> dict[str, Any]:
    """Return what a schedule form says, as moments."""
    zone = cast("str", form.zone.data)
    moments = {name: aware(form[name].data, zone) for name in MOMENTS}
    return {"zone": zone, "remind_minutes": form.remind_minutes.data, **moments}
