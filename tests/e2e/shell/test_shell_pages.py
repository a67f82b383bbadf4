"""The shell in a real browser: for everybody, in every look, with script and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import violations
from tests.e2e.looks import LOOKS, Look, opened
from tests.e2e.serving import serving
from tests.e2e.shell.gallery import create_gallery

PHONE, DESK = Look(390), Look(1440)


@pytest.fixture(scope="module")
def house() -> Iterator[str]:
    with serving(create_gallery()) as base:
        yield base


@pytest.fixture(scope="module")
def member_house() -> Iterator[str]:
    with serving(create_gallery(signed_in=True)) as base:
        yield base


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_page_of_the_shell_has_anything_axe_objects_to(
    browser: Browser, house: str, look: Look
) -> None:
    with opened(browser, house, "/", look) as page:
        for path in ("/", "/preferences", "/fault/422"):
            page.goto(path)
            found = violations(page)

            assert found == [], path


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_part_of_a_members_page_has_anything_axe_objects_to(
    browser: Browser, member_house: str, look: Look
) -> None:
    with opened(browser, member_house, "/flashes", look) as page:
        found = violations(page)

        assert found == []


@pytest.mark.parametrize("width_px", [320, 390, 768, 1024, 1440, 1920])
def test_no_page_is_wider_than_its_window(
    browser: Browser, member_house: str, width_px: int
) -> None:
    with opened(browser, member_house, "/", Look(width_px)) as page:
        for path in ("/", "/flashes", "/preferences", "/fault/404"):
            page.goto(path)
            beyond_px = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )

            assert beyond_px == 0, path


def test_the_content_policy_finds_nothing_to_forbid(browser: Browser, house: str) -> None:
    complaints: list[str] = []
    with opened(browser, house, "/gallery") as page:
        page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.reload()
        page.wait_for_load_state("networkidle")

    assert complaints == []


def test_the_look_is_switched_without_script(browser: Browser, house: str) -> None:
    with opened(browser, house, "/preferences", DESK, script=False) as page:
        page.get_by_label("Тёмное", exact=True).check(force=True)
        page.get_by_role("button", name="Сохранить").click()

        expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_language_is_switched_from_any_page_and_back_on_it(
    browser: Browser, house: str
) -> None:
    with opened(browser, house, "/ratings?page=2", DESK, script=False) as page:
        page.get_by_role("button", name="EN — English").click()

        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_role("link", name="Quizzes").first).to_be_visible()
        assert page.url.endswith("/ratings?page=2")


def test_the_look_switches_at_once_and_is_kept(browser: Browser, house: str) -> None:
    with opened(browser, house, "/", DESK) as page:
        page.get_by_role("button", name="Оформление").click()
        with page.expect_response(lambda answer: answer.url.endswith("/preferences")):
            page.get_by_role("button", name="Тёмное").click()
        at_once = _ground(page)
        page.reload()

        assert at_once == _ground(page) == "rgb(6, 18, 30)"


def _ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_phone_menu_opens_by_keyboard_and_escape_returns_the_focus(
    browser: Browser, house: str
) -> None:
    with opened(browser, house, "/", PHONE) as page:
        button = page.get_by_role("button", name="Меню")
        link = page.get_by_role("navigation", name="Основное меню").get_by_role("link").first
        button.press("Enter")
        expect(link).to_be_visible()
        page.keyboard.press("Escape")

        expect(link).to_be_hidden()
        expect(button).to_be_focused()


def test_the_first_tab_leads_past_the_header(browser: Browser, house: str) -> None:
    with opened(browser, house, "/", DESK) as page:
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="К содержанию")).to_be_focused()
        page.keyboard.press("Enter")

        expect(page.locator("main")).to_be_focused()


def test_a_password_can_be_looked_at_where_script_runs(browser: Browser, house: str) -> None:
    with opened(browser, house, "/gallery", DESK) as page:
        password = page.get_by_label("Пароль", exact=True)
        page.get_by_role("button", name="Показать пароль").click()
        expect(password).to_have_attribute("type", "text")
        page.get_by_role("button", name="Скрыть пароль").click()

        expect(password).to_have_attribute("type", "password")


def test_a_dialog_takes_the_focus_and_gives_it_back(browser: Browser, house: str) -> None:
    with opened(browser, house, "/gallery", DESK) as page:
        opener = page.get_by_role("button", name="Снять вопрос")
        opener.click()
        expect(page.get_by_role("dialog", name="Снять вопрос?")).to_be_visible()
        page.get_by_role("button", name="Отмена").click()

        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(opener).to_be_focused()


def test_a_number_key_chooses_the_answer_with_that_number(browser: Browser, house: str) -> None:
    with opened(browser, house, "/gallery", DESK) as page:
        page.keyboard.press("3")

        expect(page.get_by_label("Углекислотный")).to_be_checked()


def test_a_form_with_problems_leads_the_reader_to_them(browser: Browser, house: str) -> None:
    with opened(browser, house, "/flashes", DESK) as page:
        email = page.get_by_label("Электронная почта")

        expect(page.locator("[data-focus]")).to_be_focused()
        expect(email).to_have_attribute("aria-invalid", "true")
        expect(email).to_have_accessible_description("Укажите почту")
