"""A recording in a real browser: it plays, counts, asks, resumes, is searched and heard by keys."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from tests import web
from tests.e2e.axe import violations
from tests.e2e.looks import Look
from tests.e2e.recordings.conftest import at

SHORT = "/recordings/five-briefings"
LONG = "/recordings/microtrauma-step-by-step"
NOTHING = "0:00"

LOOKS = [
    Look(390, "ru", "light"),
    Look(390, "en", "dark"),
    Look(1440, "ru", "dark"),
    Look(1440, "en", "light"),
]


def place(page: Page) -> float:
    found: float = page.evaluate("document.getElementById('video').currentTime")
    return found


def until(page: Page, true: str) -> None:
    """Wait until the expression ``true`` is; asked from outside, as the content policy wants."""
    for _time in range(200):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(true)


def ready(page: Page) -> None:
    """Wait until the film can be played from where it stands."""
    until(page, "document.getElementById('video').readyState >= 2")


def test_a_recording_watched_to_its_end_is_credited_once_the_check_is_answered(
    app: Flask, base: str, browser: Browser
) -> None:
    with at(browser, base, SHORT, web.sign_in(app)) as page:
        ready(page)
        page.locator("[data-player=speed]").select_option("2")
        page.get_by_role("button", name="Пуск").first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible(timeout=60_000)
        expect(dialog.get_by_role("button", name="Да, смотрю")).to_be_focused()
        expect(page.locator("[data-credit=credited]")).to_have_text(NOTHING)
        assert violations(page) == []

        page.keyboard.press("Escape")
        expect(dialog).to_be_visible()
        page.keyboard.press("Enter")

        expect(dialog).to_be_hidden()
        expect(page.locator("[data-credit=credited]")).not_to_have_text(NOTHING)
        expect(page.locator("[data-credit=pending]")).to_have_text(NOTHING)
        expect(page.locator(".player .watched-credited rect")).not_to_have_count(0)
        page.goto("/recordings")
        expect(page.get_by_text("Просмотрено", exact=True)).to_be_visible()


def test_on_another_device_it_goes_on_where_it_stopped(
    app: Flask, base: str, browser: Browser
) -> None:
    member = web.sign_in(app)
    with at(browser, base, LONG, member) as page:
        ready(page)
        page.locator(".chapter", has_text="С чего начинают").click()
        with page.expect_response(re.compile("/reports$")):
            page.wait_for_timeout(1500)
            page.keyboard.press("k")
        until(page, "document.getElementById('video').paused")
        stopped = place(page)
    assert stopped > 52

    phone = web.sign_in(app, member=member.member_id)
    with at(browser, base, LONG, phone, Look(390)) as page:
        until(page, "document.getElementById('video').currentTime > 50")
        assert abs(place(page) - stopped) < 3
        expect(page.get_by_text(re.compile("Продолжаем с"))).to_be_visible()


def test_a_jump_to_the_end_counts_nothing_of_what_was_skipped(
    app: Flask, base: str, browser: Browser
) -> None:
    with at(browser, base, LONG, web.sign_in(app)) as page:
        ready(page)
        page.get_by_role("button", name="Пуск").first.click()
        page.wait_for_timeout(1200)
        with page.expect_response(re.compile("/reports$")) as told:
            page.keyboard.press("9")
        page.wait_for_timeout(1500)
        with page.expect_response(re.compile("/reports$")) as told:
            page.keyboard.press("k")
        seen = told.value.json()["status"]["seen"]

    assert sum(to - start for start, to in seen) < 8000


def test_keys_do_what_they_say(base: str, browser: Browser) -> None:
    with at(browser, base, LONG) as page:
        ready(page)
        state = "[video.paused, video.muted, video.playbackRate, Math.round(video.currentTime)]"
        page.keyboard.press("5")
        until(page, "!video.seeking && video.currentTime > 60")
        page.keyboard.press("ArrowRight")
        until(page, "!video.seeking")
        page.keyboard.press("m")
        page.keyboard.press("Shift+>")
        assert page.evaluate(state) == [True, True, 1.25, 69]
        page.keyboard.press("Shift+<")
        page.keyboard.press("Shift+<")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("m")
        until(page, "!video.seeking")
        assert page.evaluate(state) == [True, False, 0.75, 64]
        page.keyboard.press("Space")
        until(page, "!video.paused")
        page.keyboard.press("f")
        until(page, "document.fullscreenElement !== null")
        page.keyboard.press("f")
        until(page, "document.fullscreenElement === null")


def test_subtitles_are_shown_and_can_be_put_away(base: str, browser: Browser) -> None:
    with at(browser, base, f"{LONG}?t=2") as page:
        ready(page)
        said = page.locator("[data-player=said]")
        page.get_by_role("button", name="Пуск").first.click()
        expect(said).to_have_text(re.compile("Здравствуйте"))
        page.keyboard.press("c")
        expect(said).to_be_hidden()
        expect(page.get_by_role("button", name="Субтитры")).to_have_attribute(
            "aria-pressed", "false"
        )


def test_the_transcript_is_searched_and_jumps_to_its_places(base: str, browser: Browser) -> None:
    with at(browser, base, LONG) as page:
        ready(page)
        field = page.get_by_role("searchbox", name="Найти в тексте")
        field.fill("ЦАРАПИНА")
        expect(page.locator("[data-find=count]")).to_have_text("1 из 2")
        expect(page.locator(".cue mark")).to_have_count(2)
        field.press("Enter")
        expect(page.locator("[data-find=count]")).to_have_text("2 из 2")
        until(page, "video.currentTime > 100 && !video.paused")
        expect(page.locator(".cue[aria-current]")).to_have_count(1)
        field.fill("лифт")
        expect(page.locator("[data-find=count]")).to_have_text("Ничего не нашлось")


def test_what_is_watched_without_a_connection_is_sent_when_it_is_back(
    app: Flask, base: str, browser: Browser
) -> None:
    with at(browser, base, LONG, web.sign_in(app)) as page:
        ready(page)
        gone: list[str] = []

        def lose(route: Route) -> None:
            gone.append(route.request.url)
            route.abort()

        page.get_by_role("button", name="Пуск").first.click()
        page.wait_for_timeout(1500)
        page.route("**/reports", lose)
        page.keyboard.press("k")
        expect(page.locator("[data-credit=state]")).to_have_text(re.compile("Нет связи"))
        assert gone
        expect(page.locator("[data-credit=pending]")).to_have_text(NOTHING)
        page.unroute("**/reports")
        expect(page.locator("[data-credit=pending]")).not_to_have_text(NOTHING)
        expect(page.locator("[data-credit=state]")).to_have_text(re.compile("Связь вернулась"))


def test_a_page_that_went_away_leaves_its_reports_to_the_next_one(
    app: Flask, base: str, browser: Browser
) -> None:
    with at(browser, base, LONG, web.sign_in(app)) as page:
        ready(page)
        page.get_by_role("button", name="Пуск").first.click()
        page.wait_for_timeout(2500)
        page.route("**/reports", lambda route: route.abort())
        page.goto("/recordings")
        page.unroute("**/reports")
        with page.expect_response(re.compile("/reports$")) as told:
            page.goto(LONG)
        accepted = told.value.json()["accepted_ms"]

    assert accepted > 500


def test_without_script_it_plays_by_itself_and_says_what_counts(
    app: Flask, base: str, browser: Browser
) -> None:
    with at(browser, base, LONG, web.sign_in(app), script=False) as page:
        assert page.locator("video").get_attribute("controls") is not None
        expect(page.get_by_text("время засчитывается только с ними")).to_be_visible()
        expect(page.locator("[data-player=controls]")).to_be_hidden()
        page.locator(".chapter", has_text="Запомним").click()
        source = page.locator("video source").get_attribute("src")
        assert source
        assert re.search(r"#t=\d+$", source)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("path", ["/recordings", LONG, "/recordings?q=zzz"])
def test_nothing_for_axe_to_complain_of(
    app: Flask, base: str, browser: Browser, look: Look, path: str
) -> None:
    with at(browser, base, path, web.sign_in(app), look) as page:
        assert violations(page) == []
        wide: int = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= look.width_px


@pytest.mark.parametrize("look", LOOKS[:2], ids=str)
@pytest.mark.parametrize(
    "path", ["/editor/recordings", "/editor/recordings/new", "/editor/recordings/five-briefings"]
)
def test_the_editors_desk_has_nothing_for_axe_to_complain_of(
    app: Flask, base: str, browser: Browser, look: Look, path: str
) -> None:
    with at(browser, base, path, web.sign_in(app, roles=("editor",)), look) as page:
        assert violations(page) == []
        wide: int = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= look.width_px
