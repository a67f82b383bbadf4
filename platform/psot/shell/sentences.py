"""How templates find their sentences: a page says a hundred of them, in one language.

The functions of Flask-Babel and Jinja find out for each sentence anew which request, which language
and which catalogue it is. These say the same and find it out at once.
"""

from typing import Any, cast

from babel import Locale
from flask import Flask, g
from flask_babel import Domain, get_babel, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

_AS_THEY_ARE = (int, float, Markup)


def locale_now() -> Locale | None:
    """Return the reader's locale as `get_locale` does; None outside of a request.

    A page asks some hundreds of times, and every look through the proxy of ``g`` is dear: where
    Flask-Babel has found the locale for this page already, it is taken as it is.
    """
    try:
        page = g._get_current_object()  # noqa: SLF001 - the proxy's documented way out
    except RuntimeError:
        return None
    known = getattr(page.get("_flask_babel"), "babel_locale", None)
    return cast("Locale | None", known or get_locale())


class Catalogue(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """All sentences of the house; those of a language are merged once."""

    def __init__(self, directories: list[str]) -> None:
        super().__init__(directories)
        self._of_language: dict[str, Any] = {}

    def get_translations(self) -> Any:
        """Return the sentences in the reader's language."""
        locale = locale_now()
        language = locale.language if locale else ""
        found = self._of_language.get(language)
        if found is None:
            found = self._of_language[language] = super().get_translations()
        return found


def install(app: Flask, directories: list[str]) -> None:
    """Let the templates of ``app`` speak the sentences in ``directories``."""
    catalogue = Catalogue(directories)
    # A property that Flask-Babel fills at first use with the plain kind.
    with app.app_context():
        get_babel().instance.domain_instance = catalogue
    now = catalogue.get_translations

    @pass_eval_context
    def gettext(page: EvalContext, string: str, /, **values: Any) -> str:
        return _said(page, now().ugettext(string), values)

    @pass_eval_context
    def ngettext(page: EvalContext, one: str, many: str, num: int, /, **values: Any) -> str:
        return _said(page, now().ungettext(one, many, num), {"num": num, **values})

    @pass_eval_context
    def pgettext(page: EvalContext, within: str, string: str, /, **values: Any) -> str:
        return _said(page, now().upgettext(within, string), values)

    @pass_eval_context
    def npgettext(
        page: EvalContext, within: str, one: str, many: str, num: int, /, **values: Any
    ) -> str:
        return _said(page, now().unpgettext(within, one, many, num), {"num": num, **values})

    app.jinja_env.globals.update(
        {
            "_": gettext,
            "gettext": gettext,
            "ngettext": ngettext,
            "pgettext": pgettext,
            "npgettext": npgettext,
        }
    )


def _said(page: EvalContext, sentence: str, values: dict[str, Any]) -> str:
    """Fill ``values`` in, escaped where the template escapes; every sentence is a format."""
    if not page.autoescape:
        return sentence % values if "%" in sentence else sentence
    if "%" not in sentence:
        return Markup(sentence)  # noqa: S704 - our own words
    # Numbers and markup stand as they are; anything else is escaped, which costs ten times as much.
    if all(type(one) in _AS_THEY_ARE for one in values.values()):
        return Markup(sentence % values)  # noqa: S704 - the same
    return Markup(sentence) % values  # noqa: S704 - the same
