"""The first hour of a learner: from the registration to a recording, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.looks import Look, opened
from tests.e2e.product.conftest import Product
from tests.e2e.product.learner import err, finish, know, question_on

PASSWORD = "рыжий трамвай поёт на рассвете"
PLAN = "commission-member"
TOPIC = "/topics/training"
RECORDING = "/recordings/five-briefings"
LONGEST_MS = 90_000
"""A recording of a minute at double speed, on a machine that is busy."""
TIMES = 60


@dataclass(frozen=True)
class Words:
    """What a page says where it went well."""

    language: str
    mailbox: str
    plan: str
    next_step: str
    passed: str
    mistakes: str
    today: str
    watching: str


WORDS = (
    Words(
        language="ru",
        mailbox="Загляните в почту",
        plan="Член комиссии по проверке знаний",
        next_step="Дальше: Обучение и проверка знаний",
        passed="Сдана",
        mistakes="Мои ошибки",
        today="Задание дня",
        watching="Да, смотрю",
    ),
    Words(
        language="en",
        mailbox="Look into your mailbox",
        plan="Member of the examining commission",
        next_step="Next: Training and checks of knowledge",
        passed="Passed",
        mistakes="My mistakes",
        today="Today's set",
        watching="Yes, I am watching",
    ),
)
_learners = count(1)
LOOKS = {"ru": Look(1440, "ru"), "en": Look(390, "en")}


@pytest.fixture(params=WORDS, ids=lambda one: one.language)
def words(request: pytest.FixtureRequest) -> Words:
    """The learner's language."""
    found: Words = request.param
    return found


@pytest.fixture
def page(product: Product, words: Words) -> Iterator[Page]:
    """The learner's window: a desk in Russian, a phone in English."""
    with opened(product.browser, product.base, "/", LOOKS[words.language]) as page:
        yield page


def register(product: Product, page: Page, words: Words) -> None:
    """Register, open the link of the mail, sign in."""
    # Whoever is known already gets another mail: a second try is another learner's.
    email = f"first-hour-{words.language}-{next(_learners)}@example.org"
    page.goto("/register")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", PASSWORD)
    page.fill("input[name=display_name]", "Вера Новикова")
    page.select_option("select[name=region]", "RU-TYU")
    page.check("input[name=consent_personal_data]")
    page.click("main form button[type=submit]")
    expect(page.locator("h1")).to_have_text(words.mailbox)

    page.goto(link_in_mail(product, email))
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).to_have_url(f"{product.base}/")
    expect(page.locator("html")).to_have_attribute("lang", words.language)


def link_in_mail(product: Product, email: str) -> str:
    """The path of the link in the newest mail to ``email``: organizers of a demo can read it."""
    with opened(product.browser, product.base, "/") as desk:
        product.enter(desk, "organizer")
        desk.goto("/organizer/mails")
        desk.locator("tr", has_text=email).first.locator("th a").click()
        link = desk.locator("main a[href*='/confirm/']").first.get_attribute("href")
    assert link
    return urlsplit(link).path


def shown(page: Page, path: str, wanted: str) -> Locator:
    """Open ``path`` until ``wanted`` is on it: what is told is folded a little later."""
    for _ in range(TIMES):
        page.goto(path)
        found = page.locator(wanted)
        if found.count():
            return found.first
        page.wait_for_timeout(500)
    raise AssertionError(f"no {wanted} on {path}:\n{page.locator('main').inner_text()}")


def press(page: Page, button: Locator) -> None:
    with page.expect_navigation():
        button.click()


def choose_plan(page: Page, words: Words) -> None:
    page.goto("/plans")
    press(page, page.locator(f"#{PLAN} form button"))
    page.goto("/me/plan")
    expect(page.locator("h1")).to_have_text(words.plan)
    expect(page.locator("#course-title")).to_have_text(words.next_step)


def read_lesson(page: Page) -> None:
    page.goto("/me/plan")
    press(page, page.locator("[aria-current=step] .study-deeds a").first)
    expect(page).to_have_url(re.compile(f"{TOPIC}/lesson"))
    expect(page.locator(".prose a[href^='/library/norms/']")).not_to_have_count(0)
    press(page, page.locator(".lesson-end form button"))
    shown(page, "/me/plan", "[aria-current=step] .deed-done")


def practise(page: Page) -> None:
    """Every kind of question the topic has; one choice goes wrong and is explained at once."""
    page.goto(f"{TOPIC}/practice")
    press(page, page.locator("main form button.button-main"))
    while question_on(page).kind != "single":
        know(page)
        press(page, page.locator("a[data-next]"))
    err(page)
    expect(page.locator(".verdict-bad")).to_be_visible()
    expect(page.locator(".explanation a").first).to_be_visible()
    press(page, page.locator("a[data-next]"))
    assert len(set(finish(page))) >= 4


def pass_check(page: Page, words: Words) -> None:
    page.goto(f"{TOPIC}/check")
    press(page, page.locator("main form button.button-main"))
    expect(page.locator("[data-clock]")).to_be_visible()
    finish(page)
    expect(page.locator(".result-word-good")).to_contain_text(words.passed)


def mend_mistakes(page: Page, words: Words) -> None:
    """A quiz of single choices goes wrong from end to end, then its mistakes are practised."""
    page.goto("/quizzes/work-at-height")
    press(page, page.locator("main form button.button-main"))
    finish(page, err)
    button = shown(page, "/me/mistakes?topic=height", ".study-tools form[method=post] button")
    expect(page.locator("h1")).to_have_text(words.mistakes)
    expect(page.locator(".study-mistakes > li")).not_to_have_count(0)
    press(page, button)
    finish(page)


def do_todays_set(page: Page, words: Words) -> None:
    """The plan brings a few new questions a day."""
    begin = shown(page, "/me/today", "#day-title ~ form button")
    expect(page.locator("h1")).to_have_text(words.today)
    press(page, begin)
    finish(page)
    expect(page.locator(".result-topics, .list").first).to_be_visible()


def watch(page: Page, words: Words) -> None:
    """The whole recording at double speed; its time is credited once the check is answered."""
    page.goto(RECORDING)
    credited = page.locator("[data-credit=credited]")
    expect(credited).to_have_text("0:00")
    page.locator("[data-player=speed]").select_option("2")
    page.locator("[data-player=play]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=LONGEST_MS)
    dialog.get_by_role("button", name=words.watching).click()
    expect(dialog).to_be_hidden()
    expect(credited).not_to_have_text("0:00")


@pytest.mark.timeout(1200)  # an hour's deeds, after the start of a whole house
def test_the_first_hour_of_a_learner(product: Product, page: Page, words: Words) -> None:
    register(product, page, words)
    choose_plan(page, words)
    read_lesson(page)
    practise(page)
    pass_check(page, words)
    mend_mistakes(page, words)
    do_todays_set(page, words)
    watch(page, words)
    shown(page, "/ratings/me", ".c-rating, .stat")
