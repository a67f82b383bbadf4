"""A small app that wears the shell: every part of it in one place, to be looked at and judged.

Run it to take pictures of every page in every look: `python -m tests.e2e.shell.gallery pictures/`.
"""

import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, flash, render_template_string
from flask_login import LoginManager, UserMixin
from flask_wtf import CSRFProtect, FlaskForm
from playwright.sync_api import sync_playwright
from wtforms import BooleanField, EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from psot import shell
from psot.security.headers import ALWAYS
from tests.e2e.conftest import CHROMIUMS
from tests.e2e.looks import Look, opened
from tests.e2e.serving import serving

MOMENT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
PEOPLE = (
    ("Яковлев П. Т.", "Мурманская область"),
    ("Алексеева Е. М.", "Иркутская область"),
    ("Степанов Д. О.", "Санкт-Петербург"),
    ("Участник 12345", "Ханты-Мансийский автономный округ — Югра"),
    ("Козлов Е. Н.", "Тюменская область"),
    ("Орлов М. С.", "Архангельская область"),
    ("Иванова Д. А.", "Хабаровский край"),
    ("Павлов П. Е.", "Алтайский край"),
    ("Фёдорова Н. И.", "Воронежская область"),
    ("Макарова Д. К.", "Республика Северная Осетия — Алания"),
)
OWN = "m5"
THEMES = ("light", "dark")
HALL_PX = 1920

PAGE = """
{% extends "shell/base.html" %}
{% from "shell/parts.html" import page_head, breadcrumbs, stat, meter, badge, targets, empty_state,
   pager, tabs, confirm, icon, time %}
{% from "shell/forms.html" import field, submit, error_summary, csrf %}
{% from "shell/board.html" import live_board %}
{% block title %}Всё сразу{% endblock %}
{% block breadcrumbs %}{{ breadcrumbs([("ПСОТ", "/"), ("Рейтинг", "/ratings"), ("Всё", "")]) }}
{% endblock %}
{% block main %}
{% call page_head("Рейтинг участников", "Осень 2026 года, обновляется на глазах.", "Сезон") %}
<button class="button" type="button" data-opens="void">Снять вопрос</button>
<a class="button button-main" href="/">Пройти проверку</a>{% endcall %}
{{ tabs([("Участники", "/gallery", 10211), ("Регионы", "/ratings/regions", 85)], "/gallery",
   "Вид") }}
<div class="columns">
  {{ live_board("ratings.members", rows, "Лидеры", own=own, slots=10, moves=true) }}
  <div class="stack">
    <dl class="stats">{{ stat("774", "ваш рейтинг", "+12 за неделю", own=true) }}
      {{ stat("5", "место из 10 211") }}</dl>
    <div class="card">{{ meter(0.85, 1, "Активность", "0,850") }}
      {{ meter(0.706, 1, "Результативность", "0,706") }}
      <p>{{ badge("верно", "good") }} {{ badge("ошибка", "bad") }} {{ badge("черновик", "warn") }}
      {{ badge("В эфире", "live") }} {{ badge("вы", "own") }}</p>
      <p>{{ targets(["hit", "hit", "miss", "aim", "wait"], "Ход проверки") }}</p>
      <p class="soft">{{ time(moment) }}</p></div>
    {{ empty_state("Пока пусто", "Первые ответы появятся здесь.",
       '<a class="button" href="/">На главную</a>'|safe, level=2) }}
  </div>
</div>
{{ pager("/?a", "/?b", "51–100 из 10 211") }}
<section class="section"><h2>Вопрос</h2>
<form class="form card"><fieldset class="answers" data-answers><legend class="hidden">Ответ</legend>
{% for text in ["Пенный", "Водный", "Углекислотный", "Любой"] %}
<label class="answer{{ {2: ' answer-right', 0: ' answer-wrong'}.get(loop.index0, '') }}"><input
 type="radio" name="a" value="{{ loop.index }}"><span class="answer-plate"><span class="answer-key"
 >{{ loop.index }}</span><span>{{ text }}</span></span></label>{% endfor %}</fieldset></form>
</section>
<section class="section wrap-text"><h2>Регистрация</h2>{{ error_summary(form) }}
<form class="form form-narrow" method="post" novalidate>{{ csrf() }}
{{ field(form.email, autocomplete="email") }}
{{ field(form.password, "Не короче 12 знаков.", autocomplete="new-password") }}
{{ field(form.name) }}{{ field(form.region) }}{{ field(form.consent) }}
<p class="form-actions">{{ submit("Зарегистрироваться") }}</p></form></section>
<section class="section"><h2>Таблица</h2><div class="table-wrap" tabindex="0" role="region"
 aria-label="Очереди"><table class="table"><thead><tr><th scope="col">Очередь</th><th scope="col"
 class="number">Отстаёт</th></tr></thead><tbody><tr><td>ratings</td><td class="number">0</td></tr>
<tr class="own"><td>live</td><td class="number">1 204</td></tr></tbody></table></div></section>
{% call confirm("void", "Снять вопрос?", "Результаты всех участников будут пересчитаны.") %}
<button class="button button-danger">Снять</button>{% endcall %}
{% endblock %}
"""

BIG = """
{% extends "shell/base.html" %}{% from "shell/board.html" import live_board %}
{% block body_class %}big{% endblock %}
{% block main %}<h1>Рейтинг участников</h1>
{{ live_board("ratings.members", rows, "Первая десятка", own=own, slots=10) }}{% endblock %}
"""


class Join(FlaskForm):
    email = EmailField("Электронная почта", [DataRequired("Укажите почту")])
    password = PasswordField(
        "Пароль", [DataRequired("Укажите пароль"), Length(12, message="Слишком коротко")]
    )
    name = StringField("Как вас показывать в рейтинге")
    region = SelectField(
        "Регион", [DataRequired()], choices=[SelectChoice("72", "Тюменская область")]
    )
    consent = BooleanField("Согласен на обработку данных", [DataRequired("Без согласия нельзя")])


@dataclass
class Member(UserMixin):
    id: str = OWN
    display_name: str = "Козлов Е. Н."
    language: str = "ru"
    timezone: str = "Asia/Yekaterinburg"

    def has_role(self, role: str) -> bool:
        return role == "organizer"


def rows() -> list[shell.Row]:
    """Return ten rows with a member of one's own in the middle."""
    return [
        shell.Row(f"m{i}", i, 900 - 17 * i, name, region, (0, 2, -3, 14, 1)[i % 5])
        for i, (name, region) in enumerate(PEOPLE, 1)
    ]


def create_gallery(*, signed_in: bool = False) -> Flask:
    """Return the app; `signed_in` shows it as a member sees it."""
    app = Flask("psot", template_folder=None)
    app.config.update(SECRET_KEY="gallery", WTF_CSRF_TIME_LIMIT=None)
    CSRFProtect(app)
    login = LoginManager(app)
    login.request_loader(lambda _request: Member() if signed_in else None)
    shell.install(app)
    shell.show(
        app,
        figures=lambda: {"members": 10_211, "regions": 85, "answers": 101_283},
        leaders=lambda: shell.HomeBoard("ratings.members", rows()[:5], own=OWN),
        steps=lambda: [
            shell.Step("/quizzes/a", "Электробезопасность", "5 вопросов, 4 минуты.", "zap"),
            shell.Step("/ratings", "Ваше место", "До четвёртого — 17 баллов.", "trophy"),
            shell.Step("/me", "Неделя наполовину полна", "Осталось 45 минут из 90.", "timer"),
        ],
    )

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers.update(ALWAYS)
        return response

    def page(template: str = PAGE, *, failing: bool = False) -> str:
        form = Join()
        if failing:
            form.validate()
        return render_template_string(template, rows=rows(), own=OWN, form=form, moment=MOMENT)

    for path in ("/quizzes", "/ratings", "/ratings/regions", "/organizer", "/me", "/me/sessions"):
        app.add_url_rule(path, path[1:], page)
    for path in ("/sign-in", "/register", "/gallery"):
        app.add_url_rule(path, path[1:], page)
    app.add_url_rule("/big", "big", lambda: page(BIG))

    @app.get("/flashes")
    def flashes() -> str:
        flash("Изменения сохранены", "success")
        flash("Ответ не принят: вопрос уже закрыт", "error")
        flash("Сезон заканчивается через 3 дня", "warning")
        return page(failing=True)

    @app.get("/fault/<int:status>")
    def fault(status: int) -> Response:
        fields = {"email": ["Укажите почту"]} if status == 422 else {}
        return shell.fault_page(
            status, fields=fields, retry_after_s=22 if status == 429 else 0, request_id="4f1c9a"
        )

    @app.post("/live/ticket")
    def ticket() -> Any:
        abort(401)

    return app


PICTURES = (
    ("home", "/", False),
    ("home-member", "/", True),
    ("gallery", "/gallery", True),
    ("flashes", "/flashes", True),
    ("fault-404", "/fault/404", False),
    ("fault-429", "/fault/429", False),
    ("preferences", "/preferences", False),
    ("big", "/big", False),
)


def take_pictures(folder: Path) -> None:
    """Write a picture of every page at 390, 1440 and 1920 px, light and dark, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    looks = [Look(width, "ru", theme) for width in (390, 1440, 1920) for theme in THEMES]
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, CHROMIUMS)), None)
        browser = playwright.chromium.launch(executable_path=chromium)
        for signed_in in (False, True):
            with serving(create_gallery(signed_in=signed_in)) as base:
                for name, path, member in PICTURES:
                    for look in looks if member == signed_in else ():
                        with opened(browser, base, path, look) as page:
                            whole = look.width_px != HALL_PX
                            page.screenshot(path=folder / f"{name}-{look}.png", full_page=whole)
        browser.close()


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]))
