"""What Flask-Security says, in our words. Msgids of our own catalogue, translated when spoken."""

from pathlib import Path

TRANSLATIONS = Path(__file__).parent / "translations"


def _(text: str) -> str:
    """Mark ``text`` for the catalogue; Flask-Security translates it when it speaks."""
    return text


MESSAGES: dict[str, tuple[str, str]] = {
    "GENERIC_AUTHN_FAILED": (
        _(
            "The address or the password is wrong, or the address is not confirmed yet."
            " Check both; the confirmation mail can be sent once more."
        ),
        "error",
    ),
    "UNAUTHENTICATED": (_("Sign in to open this page."), "info"),
    "UNAUTHORIZED": (_("Your role does not include this page."), "error"),
    "REAUTHENTICATION_REQUIRED": (_("Please enter your password once more to go on."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_("Thank you, it is you."), "success"),
    "CONFIRM_REGISTRATION": (
        _("We have sent a letter to %(email)s. Open the link inside to confirm your address."),
        "success",
    ),
    "EMAIL_CONFIRMED": (_("Your address is confirmed. Now sign in."), "success"),
    "ALREADY_CONFIRMED": (_("This address is confirmed already. Sign in."), "info"),
    "INVALID_CONFIRMATION_TOKEN": (
        _("This confirmation link does not work. Ask for a new letter."),
        "error",
    ),
    "CONFIRMATION_EXPIRED": (
        _("The link was good for %(within)s and has expired. Ask for a new letter."),
        "error",
    ),
    "CONFIRMATION_REQUIRED": (_("Confirm your address first."), "error"),
    "CONFIRMATION_REQUEST": (
        _("If %(email)s waits for confirmation, a letter is on its way to it."),
        "info",
    ),
    "PASSWORD_RESET_REQUEST": (
        _("If there is an account with %(email)s, a letter with a link is on its way to it."),
        "info",
    ),
    "PASSWORD_RESET_EXPIRED": (
        _("The link was good for %(within)s and has expired. Ask for a new one."),
        "error",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (_("This link does not work. Ask for a new one."), "error"),
    "PASSWORD_RESET_NO_LOGIN": (
        _("The new password is set and all sessions are ended. Now sign in."),
        "success",
    ),
    "PASSWORD_CHANGE": (
        _("The password is changed, and all your other sessions are ended."),
        "success",
    ),
    "PASSWORD_IS_THE_SAME": (_("The new password has to differ from the old one."), "error"),
    "PASSWORD_NOT_PROVIDED": (_("Enter a password."), "error"),
    "PASSWORD_MISMATCH": (_("The password is wrong."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (_("The two passwords differ."), "error"),
    "INVALID_PASSWORD": (_("The password is wrong."), "error"),
    "INVALID_REDIRECT": (_("That address is not part of this site."), "error"),
    "EMAIL_NOT_PROVIDED": (_("Enter an e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (_("This is not an e-mail address."), "error"),
    "EMAIL_ALREADY_ASSOCIATED": (_("%(email)s cannot be used here."), "error"),
    "DISABLED_ACCOUNT": (_("This account is closed. Ask the organizer."), "error"),
    "INVALID_INPUT": (_("This value does not fit the field."), "error"),
    "INVALID_CODE": (_("The code is wrong or has been used."), "error"),
    "TWO_FACTOR_INVALID_TOKEN": (_("The code is wrong or has been used."), "error"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_("You are signed in."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        _("The second factor is set up. Now keep recovery codes in a safe place."),
        "success",
    ),
    "TWO_FACTOR_PERMISSION_DENIED": (_("Sign in first."), "error"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_("Choose one of the offered ways."), "error"),
    "TWO_FACTOR_DISABLED": (_("The second factor is switched off."), "success"),
    "TWO_FACTOR_SETUP_EXPIRED": (
        _("The set-up has to be finished within %(within)s. Begin again."),
        "error",
    ),
    "INVALID_RECOVERY_CODE": (_("This recovery code is wrong or has been used."), "error"),
    "NO_RECOVERY_CODES_SETUP": (_("There are no recovery codes yet."), "info"),
    "ANONYMOUS_USER_REQUIRED": (_("You are signed in already."), "info"),
    "CHANGE_EMAIL_SENT": (
        _("We have sent a letter to %(email)s. Open the link inside."),
        "success",
    ),
    "CHANGE_EMAIL_CONFIRMED": (_("Your new address is confirmed."), "success"),
    "CHANGE_EMAIL_EXPIRED": (
        _("The link was good for %(within)s and has expired. Ask for a new letter."),
        "error",
    ),
    "FORGOT_PASSWORD": (_("Forgot the password?"), "info"),
    "API_ERROR": (_("This request does not fit here."), "error"),
    "USER_DOES_NOT_EXIST": (_("The address or the password is wrong."), "error"),
}

# Subjects of the mails, by the template of their text.
SUBJECTS = {
    "welcome": _("Welcome to PSOT: confirm your address"),
    "welcome_existing": _("You have an account with PSOT already"),
    "confirm": _("Confirm your address"),
    "reset": _("A new password for PSOT"),
    "reset_notice": _("Your password was set anew"),
    "change_notice": _("Your password was changed"),
    "change_email": _("Confirm your new address"),
}
