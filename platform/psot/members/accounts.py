"""Accounts: Flask-Security with our tables, our pages, our words, and the strict choices."""

from datetime import timedelta
from typing import Any, cast

from flask import Flask, after_this_request, current_app, render_template, request
from flask import session as web_session
from flask_babel import force_locale, gettext
from flask_security import MailUtil, Security
from flask_security.utils import set_request_attr
from redis import Redis
from sqlalchemy.orm.util import identity_key
from werkzeug.wrappers import Response

from psot import clock
from psot.config import Settings
from psot.members import forms, mail, messages, second_factor
from psot.members.living import Owner
from psot.members.models import Member
from psot.members.passwords import Passwords
from psot.members.request_session import Accounts
from psot.members.sessions import HouseSession

CONFIRM_WITHIN = timedelta(days=2)
RESET_WITHIN = timedelta(hours=2)
# Dangerous doors ask for the password again after so long.
FRESH_FOR = timedelta(minutes=30)

ADDRESSES = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "REGISTER_URL": "/register",
    "CONFIRM_URL": "/confirm",
    "RESET_URL": "/reset",
    "CHANGE_URL": "/me/password",
    "VERIFY_URL": "/sign-in/again",
    "CHANGE_EMAIL_URL": "/me/email",
    "TWO_FACTOR_SETUP_URL": "/me/second-factor",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
    "TWO_FACTOR_SELECT_URL": "/sign-in/which",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/me/recovery-codes",
    "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery",
    "POST_LOGIN_VIEW": "/",
    "POST_LOGOUT_VIEW": "/",
    "POST_REGISTER_VIEW": "/register/sent",
    "POST_CONFIRM_VIEW": "/sign-in",
    "POST_CHANGE_VIEW": "/me/settings",
    "POST_CHANGE_EMAIL_VIEW": "/me/settings",
    "TWO_FACTOR_POST_SETUP_VIEW": "/me/second-factor",
}
TEMPLATES = {
    "LOGIN_USER_TEMPLATE": "sign_in",
    "REGISTER_USER_TEMPLATE": "register",
    "FORGOT_PASSWORD_TEMPLATE": "reset",
    "RESET_PASSWORD_TEMPLATE": "reset_password",
    "CHANGE_PASSWORD_TEMPLATE": "password",
    "CHANGE_EMAIL_TEMPLATE": "email",
    "SEND_CONFIRMATION_TEMPLATE": "confirm",
    "VERIFY_TEMPLATE": "sign_in_again",
    "LOGOUT_USER_TEMPLATE": "sign_out",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "code",
    "TWO_FACTOR_SETUP_TEMPLATE": "second_factor",
    "TWO_FACTOR_SELECT_TEMPLATE": "which_factor",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "recovery",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "recovery_codes",
}
MAILS = {
    "REGISTER_EMAIL_TEMPLATE": "welcome",
    "REGISTER_EMAIL_EXISTING_TEMPLATE": "welcome_existing",
    "EMAIL_TEMPLATE_CONFIRM": "confirm",
    "EMAIL_TEMPLATE_PASSWORD_RESET": "reset",
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "reset_notice",
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "change_notice",
    "CHANGE_EMAIL_EMAIL_TEMPLATE": "change_email",
}


def choices(settings: Settings, secret_key: str) -> dict[str, Any]:
    """Return what we ask of Flask-Security, without its prefix."""
    return {
        **ADDRESSES,
        **{name: f"members/{file}.html" for name, file in TEMPLATES.items()},
        **{name: f"members/mail/{file}" for name, file in MAILS.items()},
        **{f"MSG_{name}": value for name, value in messages.MESSAGES.items()},
        "I18N_DOMAIN": "messages",
        "I18N_DIRNAME": [str(messages.TRANSLATIONS)],
        "REGISTERABLE": True,
        "CONFIRMABLE": True,
        "RECOVERABLE": True,
        "CHANGEABLE": True,
        "CHANGE_EMAIL": True,
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_RESCUE_MAIL": settings.mail_from,
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": second_factor.recovery_keys(secret_key),
        "TOTP_SECRETS": second_factor.totp_secrets(secret_key),
        "TOTP_ISSUER": "PSOT",
        "RETURN_GENERIC_RESPONSES": True,
        "EMAIL_SENDER": settings.mail_from,
        # A mail is written in `Letters`, in its reader's language.
        "EMAIL_PLAINTEXT": False,
        "EMAIL_HTML": False,
        "CONFIRM_EMAIL_WITHIN": CONFIRM_WITHIN,
        "CHANGE_EMAIL_WITHIN": RESET_WITHIN,
        "RESET_PASSWORD_WITHIN": RESET_WITHIN,
        "FRESHNESS": FRESH_FOR,
        "FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SINGLE_HASH": ["argon2"],
        "PASSWORD_NORMALIZE_FORM": "NFKC",
        # OWASP's figures for Argon2id: 19 MiB, two passes, one lane.
        "PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__memory_cost": 19_456,
            "argon2__time_cost": 2,
            "argon2__parallelism": 1,
            "argon2__type": "ID",
        },
        "PASSWORD_CONFIRM_REQUIRED": False,
        # What is hashed here is random or its reader's own already; a slow hash would tell by its
        # time whether an account exists.
        "HASHING_SCHEMES": ["hex_sha256"],
        "API_ENABLED_METHODS": ["session"],
        "FRESHNESS_ALLOW_AUTH_TOKEN": False,
        "LOGOUT_METHODS": ["POST"],
        "LOGOUT_CSRF": True,
        "JOIN_USER_ROLES": False,
        "DATETIME_FACTORY": clock.now,
        "STATIC_FOLDER": None,
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
    }


class Letters(MailUtil):
    """Addresses in one form, and mails through the outbox of the same transaction."""

    def normalize(self, email: str) -> str:
        """Return ``email`` as it is looked up and kept."""
        return super().normalize(email).lower()

    def validate(self, email: str) -> str:
        """Return ``email`` as it is kept; whether it exists is proven by a mail, not asked."""
        return self.normalize(email)

    def send_mail(  # noqa: PLR0917 - Flask-Security's signature
        self,
        template: str,
        subject: str,  # noqa: ARG002
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],  # noqa: ARG002
        body: str | None,  # noqa: ARG002
        html: str | None,  # noqa: ARG002
        **kwargs: Any,
    ) -> None:
        """Write the mail into the outbox, in its reader's language.

        It is committed with the request.

        Links lead to our own address, whatever host the request named.
        """
        settings = cast("Settings", current_app.extensions["psot.settings"])
        with force_locale(kwargs["user"].language):
            text = render_template(f"{template}.txt", **kwargs)
            named = gettext(messages.SUBJECTS[template.rpartition("/")[2]])
        mail.write(
            accounts().session,
            recipient=recipient if isinstance(recipient, str) else recipient[1],
            subject=named,
            body=text.replace(request.url_root, settings.base_url.rstrip("/") + "/"),
            redis=cast("Redis", current_app.extensions["psot.redis"]),
        )
        after_this_request(_commit)


def accounts() -> Accounts:
    """Return the datastore of the running app."""
    return cast("Accounts", current_app.extensions["psot.members.accounts"])


def install(app: Flask) -> None:
    """Bring accounts into ``app``; CSRF protection is there already."""
    settings = cast("Settings", app.extensions["psot.settings"])
    secret = cast("str", app.secret_key)
    app.config.update({f"SECURITY_{key}": one for key, one in choices(settings, secret).items()})
    datastore = Accounts()
    app.extensions["psot.members.accounts"] = datastore
    security = Security(
        app,
        datastore,
        register_form=forms.RegisterForm,
        login_form=forms.SignInForm,
        two_factor_setup_form=forms.SecondFactorForm,
        two_factor_rescue_form=forms.RescueForm,
        mail_util_cls=Letters,
        password_util_cls=Passwords,
        totp_cls=second_factor.OneTimeCodes,
        mf_recovery_codes_util_cls=second_factor.RecoveryCodes,
    )
    security.login_manager.user_loader(_member_of_session)
    # Access tokens are the API's own; Flask-Security's would walk around its limits.
    security.login_manager.request_loader(lambda _request: None)
    security.login_manager.session_protection = None
    # These pages are forms for people; the API has its own.
    security.want_json(lambda _request: False)
    _look_less(app, security)


def _look_less(app: Flask, security: Security) -> None:
    """Take out two hooks that look into the session at every request, even for a health check.

    Flask-Principal's identity and Flask-Login's "remember me" are not used here.
    """
    app.before_request_funcs[None].remove(security.principal._on_before_request)  # noqa: SLF001 - there is no switch
    app.after_request_funcs[None].remove(security.login_manager._update_remember_cookie)  # noqa: SLF001


def _member_of_session(uniquifier: str) -> Member | None:
    owner = cast("HouseSession", web_session).owner
    if owner is not None and owner.fs_uniquifier == uniquifier:
        member = _ours(owner) if owner.active else None
    else:
        member = accounts().signed_in(uniquifier)
    if member is not None:
        set_request_attr("fs_authn_via", "session")
        set_request_attr("fs_paa", web_session.get("fs_paa", 0))
    return member


def _ours(owner: Owner) -> Member:
    """Return the owner who came with the session as an account of this request, by no statement.

    Who has been read before is that account already, and may have been changed since.
    """
    session = accounts().session
    read: Member | None = session.identity_map.get(identity_key(Member, owner.id))
    return session.merge(owner.member(), load=False) if read is None else read


def _commit(response: Response) -> Response:
    accounts().session.commit()
    return response
