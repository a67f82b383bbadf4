"""What templates say: as Flask-Babel says it, found out once for a language."""

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, get_translations
from markupsafe import Markup

from psot.shell import preferences, sentences

EVIL = "<b>&"


def said(app: Flask, template: str, language: str = "ru", **values: object) -> str:
    with app.test_request_context(headers={"Cookie": f"psot_language={language}"}):
        return render_template_string(template, **values)


def test_every_plain_sentence_is_said_as_the_catalogue_has_it(house: Flask) -> None:
    with house.test_request_context(headers={"Cookie": "psot_language=ru"}):
        catalogue = get_translations()
        plain = [
            one
            for one, said in catalogue._catalog.items()
            if isinstance(one, str) and one and "%" not in str(said)
        ]
        context = house.jinja_env.from_string("").new_context().eval_ctx
        say = house.jinja_env.globals["_"]

        assert len(plain) > 1000
        assert [say(context, one) for one in plain] == [catalogue.ugettext(one) for one in plain]


@pytest.mark.parametrize(
    ("template", "russian", "english"),
    [
        ("{{ _('Sign in') }}", "Войти", "Sign in"),
        ("{{ gettext('Sign in') }}", "Войти", "Sign in"),
        ("{{ pgettext('look', 'Dark') }}", "Тёмное", "Dark"),
        ("{{ ngettext('member', 'members', 3) }}", "участника", "members"),
        ("{{ npgettext('no', '%(num)d hat', '%(num)d hats', 3) }}", "3 hats", "3 hats"),
        ("{{ _('Nobody says this: 100%%') }}", *["Nobody says this: 100%"] * 2),
        ("{{ _('Seen %(who)s', who=evil) }}", *["Seen &lt;b&gt;&amp;"] * 2),
        ("{{ pgettext('no', 'Seen %(who)s', who=evil) }}", *["Seen &lt;b&gt;&amp;"] * 2),
        ("{% trans %}Sign in{% endtrans %}", "Войти", "Sign in"),
        ("{% autoescape false %}{{ _('%(who)s', who=evil) }}{% endautoescape %}", EVIL, EVIL),
    ],
)
def test_a_template_says_a_sentence_in_its_readers_language(
    house: Flask, template: str, russian: str, english: str
) -> None:
    assert said(house, template, evil=EVIL) == russian
    assert said(house, template, "en", evil=EVIL) == english


def test_what_is_said_is_markup_where_the_template_escapes(house: Flask) -> None:
    assert said(house, "{{ _('Sign in') is escaped }}") == "True"
    assert said(house, "{{ ngettext('%(num)d', '%(num)d', 2) ~ evil }}", evil=EVIL) == Markup(
        "2&lt;b&gt;&amp;"
    )


def test_a_letter_is_written_in_its_readers_language_within_a_page_of_another(house: Flask) -> None:
    with house.test_request_context(headers={"Cookie": "psot_language=ru"}):
        before = render_template_string("{{ _('Sign in') }}")
        with force_locale("en"):
            within = render_template_string("{{ _('Sign in') }}")

        assert (before, within) == ("Войти", "Sign in")
        assert render_template_string("{{ _('Sign in') }}") == "Войти"


def test_the_catalogue_of_a_language_is_looked_for_once(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    find = sentences.Domain.get_translations

    def counting(domain: sentences.Domain) -> object:
        looked.append(preferences.language())
        return find(domain)

    monkeypatch.setattr(sentences.Domain, "get_translations", counting)
    for language in ("ru", "en", "ru", "en"):
        said(house, "{{ _('Sign in') }} {{ pgettext('look', 'Dark') }}", language)

    assert looked == ["ru", "en"]
