"""The one form of the room."""

from flask_babel import lazy_gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from psot.officials.operations import LASTS_DAYS, LONGEST_NAME


def _days() -> list[tuple[int, str]]:
    return [(days, ngettext("%(num)d day", "%(num)d days", days)) for days in LASTS_DAYS]


class InvitationForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A new invitation: what it is called and how long it holds."""

    name = StringField(
        lazy_gettext("Source mark"),
        validators=[DataRequired(), Length(max=LONGEST_NAME)],
        render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"},
    )
    days = SelectField(
        lazy_gettext("Holds for"),
        validators=[InputRequired()],
        choices=_days,
        coerce=int,
        default=LASTS_DAYS[1],
    )
