"""What a reader chose: look, language, time zone. Kept in cookies, so it works before sign-in.

A member's own language and zone count where this browser chose nothing.
"""

from dataclasses import dataclass

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, lazy_gettext, lazy_pgettext
from werkzeug.wrappers import Response

from psot.shell import zones

COOKIE_AGE_S = 365 * 24 * 3600
THEME, LANGUAGE, ZONE = "psot_theme", "psot_language", "psot_zone"


@dataclass(frozen=True)
class Choice:
    """One value a reader may choose, with the word and the icon shown for it."""

    value: str
    label: str
    icon: str = ""


THEMES = (
    Choice("auto", lazy_gettext("As on the device"), "sun-moon"),
    Choice("light", lazy_pgettext("look", "Light"), "sun"),
    Choice("dark", lazy_pgettext("look", "Dark"), "moon"),
)
LANGUAGES = (Choice("ru", "Русский"), Choice("en", "English"))

_THEME_VALUES = {choice.value for choice in THEMES}
_LANGUAGE_VALUES = [choice.value for choice in LANGUAGES]


def _member_value(name: str) -> str:
    """Return what the signed-in member's record says, without depending on the members' room."""
    member = g.get("_login_user")
    if member is None or not getattr(member, "is_authenticated", False):
        return ""
    return str(getattr(member, name, "") or "")


def theme() -> str:
    """Return the chosen theme: "light", "dark", or "auto" for what the device says."""
    chosen = request.cookies.get(THEME, "")
    return chosen if chosen in _THEME_VALUES else "auto"


def language() -> str:
    """Return "ru" or "en": cookie, then member, then what the browser asks for, then Russian."""
    if not has_request_context():
        return "ru"
    for chosen in (request.cookies.get(LANGUAGE, ""), _member_value("language")):
        if chosen in _LANGUAGE_VALUES:
            return chosen
    return request.accept_languages.best_match(_LANGUAGE_VALUES, default="ru") or "ru"


def zone() -> str:
    """Return the IANA name of the reader's zone: cookie, then member, then Moscow."""
    if has_request_context():
        for chosen in (request.cookies.get(ZONE, ""), _member_value("timezone")):
            if chosen and zones.known(chosen):
                return chosen
    return "Europe/Moscow"


def remember(response: Response, *, secure: bool, **chosen: str) -> None:
    """Keep the valid ones of `theme`, `language`, `zone` in this browser for a year."""
    valid = {
        THEME: chosen.get("theme", "") in _THEME_VALUES and chosen["theme"],
        LANGUAGE: chosen.get("language", "") in _LANGUAGE_VALUES and chosen["language"],
        ZONE: zones.known(chosen.get("zone", "")) and chosen["zone"],
    }
    for cookie, value in valid.items():
        if value:
            response.set_cookie(
                cookie, value, max_age=COOKIE_AGE_S, secure=secure, httponly=True, samesite="Lax"
            )


def install(app: Flask, translation_directories: list[str]) -> None:
    """Let every page speak the reader's language and count in the reader's zone."""
    Babel(
        app,
        default_locale="ru",
        default_timezone="Europe/Moscow",
        default_translation_directories=";".join(translation_directories),
        locale_selector=language,
        timezone_selector=zone,
    )
