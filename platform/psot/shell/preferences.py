"""What a reader chose: look, language, time zone. Kept in cookies, so it works before sign-in.

A member's language and zone are the member's own, on every device: there the cookie only waits, and
whoever keeps members (`keep_for_members`) is told of a new choice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, lazy_gettext, lazy_pgettext
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from psot.shell import sentences, zones
from psot.shell.reader import Reader, reader

COOKIE_AGE_S = 365 * 24 * 3600
THEME, LANGUAGE, ZONE = "psot_theme", "psot_language", "psot_zone"
DEFAULT_ZONE: Final = "Europe/Moscow"


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
_LOCALES = {language: Locale(language) for language in _LANGUAGE_VALUES}


class Own(Protocol):
    """What members have chosen on any of their devices."""

    @property
    def language(self) -> str:
        """Return their language."""

    @property
    def timezone(self) -> str:
        """Return the IANA name of their zone."""


class Wish(NamedTuple):
    """What a browser chose, or asks for: all three always say something."""

    theme: str
    language: str
    zone: str

    @property
    def cookies(self) -> str:
        """The cookies by which another request says the same."""
        return f"{THEME}={self.theme}; {LANGUAGE}={self.language}; {ZONE}={self.zone}"


def of_browser(cookies: Mapping[str, str], accepted: str) -> Wish:
    """Return what a visitor's page follows: the cookies, and the languages that are accepted."""
    return of_member(None, cookies, accepted)


def of_member(member: Own | None, cookies: Mapping[str, str], accepted: str) -> Wish:
    """Return what a page for ``member`` follows: their own language and zone before all else."""
    return Wish(
        theme=_theme(cookies),
        language=_language(member, cookies, accepted),
        zone=_zone(member, cookies),
    )


def theme() -> str:
    """Return the chosen theme: "light", "dark", or "auto" for what the device says."""
    return _theme(request.cookies)


def language() -> str:
    """Return "ru" or "en": the member's, this browser's, what it asks for, else Russian."""
    if not has_request_context():
        return "ru"
    return _language(reader(), request.cookies, request.headers.get("Accept-Language", ""))


def zone() -> str:
    """Return the IANA name of the reader's zone: the member's, then the cookie's, then Moscow."""
    if not has_request_context():
        return DEFAULT_ZONE
    return _zone(reader(), request.cookies)


def _language(member: Own | None, cookies: Mapping[str, str], accepted: str) -> str:
    if member and member.language in _LANGUAGE_VALUES:
        return member.language
    return _chosen_language(cookies) or _accepted_language(accepted)


def _zone(member: Own | None, cookies: Mapping[str, str]) -> str:
    if member and zones.known(member.timezone):
        return member.timezone
    return _chosen_zone(cookies) or DEFAULT_ZONE


def _theme(cookies: Mapping[str, str]) -> str:
    chosen = cookies.get(THEME, "")
    return chosen if chosen in _THEME_VALUES else "auto"


def _chosen_language(cookies: Mapping[str, str]) -> str:
    chosen = cookies.get(LANGUAGE, "")
    return chosen if chosen in _LANGUAGE_VALUES else ""


@lru_cache(maxsize=256)
def _accepted_language(accepted: str) -> str:
    asked = parse_accept_header(accepted, LanguageAccept).values()
    tags = (tag.partition("-")[0].lower() for tag in asked)
    return next((one for one in tags if one in _LANGUAGE_VALUES), "ru")


def _chosen_zone(cookies: Mapping[str, str]) -> str:
    chosen = cookies.get(ZONE, "")
    return chosen if zones.known(chosen) else ""


Keeper = Callable[[Reader, str, str], None]
"""Told a member, a language and a zone: "" for what was not chosen."""

_KEEPER = "psot.shell.keeper"


def keep_for_members(app: Flask, keeper: Keeper) -> None:
    """Let `keeper` write a member's choice of language and zone to the member's record."""
    app.extensions[_KEEPER] = keeper


def tell(language: str, zone: str) -> None:
    """Hand a signed-in member's valid choice to the keeper."""
    member, keeper = reader(), current_app.extensions.get(_KEEPER)
    language = language if language in _LANGUAGE_VALUES else ""
    zone = zone if zones.known(zone) else ""
    if member and keeper and (language or zone):
        keeper(member, language, zone)


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
        default_timezone=DEFAULT_ZONE,
        default_translation_directories=";".join(translation_directories),
        locale_selector=lambda: _LOCALES[language()],
        timezone_selector=lambda: ZoneInfo(zone()),
    )
    sentences.install(app, translation_directories)
