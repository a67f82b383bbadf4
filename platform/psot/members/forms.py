"""Forms of the account. Labels and help stand in the templates, next to their words."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_security.forms import (
    LoginForm,
    RegisterFormV2,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
)
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from content import regions
from psot.members import consents, operations, passwords
from psot.members.errors import UnfitDetails
from psot.members.operations import Details
from psot.members.request_session import RequestSession
from psot.shell.preferences import LANGUAGES, language
from psot.shell.zones import ZONES


def region_choices() -> list[tuple[str, str]]:
    """Return codes and names of the regions, in the order of the reader's language."""
    reader = language()
    named = [(one.code, one.name(reader)) for one in regions.all_regions()]
    return [("", gettext("Choose a region")), *sorted(named, key=lambda one: one[1])]


def zone_choices() -> list[tuple[str, str]]:
    """Return the zones a member may choose, after "as in my region"."""
    return [("", gettext("As in my region")), *((one.name, str(one.cities)) for one in ZONES)]


def printable(_form: FlaskForm, field: StringField) -> None:
    """Refuse signs that cannot be seen."""
    if not (field.data or "").isprintable():
        raise ValidationError(gettext("Only letters, digits and signs that can be seen."))


class DetailsFields:
    """What a member tells about themselves, in every form that asks."""

    display_name = StringField(
        lazy_gettext("Name"),
        validators=[DataRequired(), Length(max=60), printable],
        render_kw={"autocomplete": "nickname", "maxlength": 60},
    )
    region = SelectField(
        lazy_gettext("Region"), choices=region_choices, validators=[InputRequired()]
    )
    organization = StringField(
        lazy_gettext("Organization"),
        validators=[Length(max=120), printable],
        render_kw={"autocomplete": "organization", "maxlength": 120},
    )
    language = SelectField(
        lazy_gettext("Language"),
        choices=[SelectChoice(one.value, one.label) for one in LANGUAGES],
        default=language,
        validators=[InputRequired()],
    )
    timezone = SelectField(lazy_gettext("Time zone"), choices=zone_choices)


class ConsentFields:
    """Consents at the start: one box per document, none ticked beforehand."""

    consent_personal_data = BooleanField(
        lazy_gettext("I agree to the processing of my personal data"),
        validators=[InputRequired(lazy_gettext("Without this consent there is no account."))],
    )
    consent_publish_name = BooleanField(lazy_gettext("I agree that my name is published"))


class RegisterForm(DetailsFields, ConsentFields, RegisterFormV2):
    """A new account."""

    def validate(self, **kwargs: Any) -> bool:
        """Check the form while nobody else registers the same address."""
        if isinstance(self.email.data, str):
            operations.reserve_email(RequestSession().session, self.email.data)
        return bool(super().validate(**kwargs))

    def to_dict(self, only_user: bool) -> dict[str, Any]:  # noqa: FBT001 - Flask-Security's signature
        """Return the fields; the member's own ones are tidied and complete."""
        values: dict[str, Any] = super().to_dict(only_user)
        if only_user:
            fit = details_of(self).checked()
            values.update(vars(fit))
        return values


class SignInForm(LoginForm):
    """Address and password. Every session is kept for days and listed, so nothing to remember."""

    remember = None


class SecondFactorForm(TwoFactorSetupForm):
    """Set up or switch off; the page offers buttons."""

    setup = StringField()


class RescueForm(TwoFactorRescueForm):
    """What to do when the second factor is lost."""

    help_setup = RadioField(choices=lambda: [("help", gettext("Write to the organizer"))])


class DetailsForm(DetailsFields, FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """The member's own details; a municipality is asked of members only."""

    municipality = StringField(
        lazy_gettext("Municipality"),
        validators=[Length(max=120), printable],
        render_kw={"maxlength": 120, "list": "municipalities"},
    )
    counted = BooleanField(
        lazy_gettext("I agree to be counted by municipality and organization for my region")
    )


class ArrivalForm(DetailsFields, ConsentFields, FlaskForm):  # type: ignore[misc]
    """What is still missing of a member who came by an outside sign-in."""


class InvitedForm(DetailsFields, ConsentFields, FlaskForm):  # type: ignore[misc]
    """A new account of somebody invited; their address is known from the invitation."""

    email = ""
    password = PasswordField(
        lazy_gettext("Password"),
        validators=[InputRequired()],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is guessed easily."""
        known = (self.email, self.display_name.data or "", self.organization.data or "")
        wrong = passwords.problem(field.data or "", known)
        if wrong:
            raise ValidationError(wrong)


class ConsentsForm(FlaskForm):  # type: ignore[misc]
    """The optional consents."""

    publish_name = BooleanField(lazy_gettext("I agree that my name is published"))
    region_counts = BooleanField(
        lazy_gettext("I agree to be counted by municipality and organization for my region")
    )


def details_of(form: DetailsFields) -> Details:
    """Return what ``form`` says."""
    return Details(
        display_name=form.display_name.data or "",
        region=form.region.data or "",
        organization=form.organization.data or "",
        language=form.language.data or "ru",
        timezone=form.timezone.data or "",
        municipality=(form.municipality.data or "") if isinstance(form, DetailsForm) else "",
    )


def consents_of(form: ConsentFields) -> frozenset[str]:
    """Return the purposes ticked in ``form``."""
    ticked = {
        consents.PERSONAL_DATA: form.consent_personal_data.data,
        consents.PUBLISH_NAME: form.consent_publish_name.data,
    }
    return frozenset(purpose for purpose, given in ticked.items() if given)


def show(form: FlaskForm, error: UnfitDetails) -> None:
    """Put what an operation refused beside the fields of ``form``."""
    for name, sentences in error.fields.items():
        form[name].errors = [*form[name].errors, *sentences]
