"""Watching a race in real browsers: at a desk, on a phone, in a hall, on another site."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from psot.races.stages import Stage
from psot.races.values import RaceView
from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened
from tests.e2e.standings.conftest import HALL, PHONE, Hall
from tests.houses import free_port
from tests.races import racer

LOOKS = (Look(1440, "ru", "light"), Look(390, "en", "dark"))
LEGIBLE_PX = 28
KEY_PX = 48
SIZE = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"


def lap(start_s: int, bout: str = "HHHHH") -> str:
    """A lap of a minute with one bout."""
    return f"{start_s + 20} s, {start_s + 30} {bout}, {start_s + 60} lap"


def first_laps(hall: Hall, race: RaceView, count: int = 3) -> None:
    """Racers who start every 30 s and are each a second slower than the one before."""
    hall.track.tell(race, {bib: lap((bib - 1) * 31) for bib in range(1, count + 1)})
    hall.track.publish(200)


def names(page: Page) -> Locator:
    return page.locator("[data-standings] tbody .s-bib")


def live(page: Page) -> None:
    """Wait until the page follows its boards."""
    expect(page.locator("[data-live-state=live]").first).to_be_visible()


def test_a_spectator_sees_the_order_change_without_reload(hall: Hall) -> None:
    race = hall.track.race(racers=4)
    first_laps(hall, race, 2)
    with hall.watching(race) as page:
        live(page)
        expect(names(page)).to_have_text(["1", "2", "3", "4"])
        hall.track.tell(race, {4: lap(90, "HHHHM").replace("150 lap", "149 lap")})
        hall.track.publish(210)

        expect(names(page)).to_have_text(["4", "1", "2", "3"])
        row = page.locator("[data-standings] tbody tr").first
        expect(row.locator(".tile")).to_have_text(["1", "·"])


def test_whoever_watches_to_the_end_is_shown_the_way_to_the_protocol(hall: Hall) -> None:
    race = hall.track.race(racers=2)
    first_laps(hall, race, 2)
    with hall.watching(race) as page:
        live(page)
        way = page.locator("[data-results]")
        expect(way).to_be_hidden()
        hall.track.enter(race, Stage.LOCKED, 390)
        hall.track.enter(race, Stage.PROVISIONAL, 395)
        hall.track.publish(400)

        expect(way).to_be_visible()
        expect(way).to_have_attribute("href", f"/races/{race.id}/protocol")


def test_a_chosen_point_is_one_board_and_one_address(hall: Hall) -> None:
    race = hall.track.race(racers=3)
    first_laps(hall, race)
    with hall.watching(race) as page:
        live(page)
        page.select_option("[name=split]", "lap1.range_exit")

        expect(page.locator("[data-board-title]")).to_have_text("Круг 1, уход с рубежа")
        assert page.url.endswith("/live?split=lap1.range_exit")
        page.reload()
        expect(page.locator("[data-board-title]")).to_have_text("Круг 1, уход с рубежа")
        expect(names(page)).to_have_text(["1", "2", "3"])


def test_the_whole_field_is_searched_where_it_stands(hall: Hall) -> None:
    race = hall.track.race(racers=60)
    first_laps(hall, race)
    with hall.watching(race) as page:
        rows = page.locator("[data-list] tbody tr:not(.s-space)")
        expect(page.locator("[data-found]")).to_contain_text("из 60")
        page.locator("[data-scroller]").evaluate("one => one.scrollTop = one.scrollHeight")
        expect(
            page.locator("[data-list] tbody .s-bib").get_by_text("60", exact=True)
        ).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("57")

        expect(rows).to_have_count(1)
        expect(rows.locator(".s-bib")).to_have_text("57")


def test_a_racer_keeps_the_own_place_in_sight(hall: Hall) -> None:
    race = hall.track.race(racers=3)
    first_laps(hall, race)
    with hall.track.database.begin() as session:
        second = racer(session, race.id, 2)
    with hall.watching(race, look=PHONE, member=second) as page:
        bar = page.locator(".own-bar")

        expect(bar.locator("[data-own-rank]")).to_have_text("2")
        expect(bar.locator("[data-own-gap=leader_ms]")).to_have_text("+1.0")
        expect(bar).to_be_in_viewport()
        expect(page.locator("[data-standings] tbody tr.own .s-who")).to_have_count(1)


def test_without_script_the_page_is_whole_and_its_form_works(hall: Hall) -> None:
    race = hall.track.race(racers=3)
    first_laps(hall, race)
    with hall.watching(race, script=False) as page:
        expect(names(page)).to_have_text(["1", "2", "3"])
        page.select_option("[name=region]", "RU-TYU")
        page.click("[data-without-script]")

        expect(page.locator("[data-board-title]")).to_have_text("Тюменская область")
        expect(names(page)).to_have_text(["1", "2", "3"])


def test_the_hall_sees_what_the_remote_control_chose(hall: Hall) -> None:
    race = hall.track.race(racers=3)
    first_laps(hall, race)
    with hall.watching(race, "screen", HALL) as screen, hall.remote(race) as remote:
        live(screen)
        remote.fill("[data-search]", "2")
        remote.click(".remote-racer[value='2']")

        third = screen.locator("[data-third]")
        expect(third).to_be_visible()
        expect(third.locator("[data-third-rank]")).to_have_text("2")
        remote.locator("h1").click()
        remote.keyboard.press("3")
        expect(screen.locator("[data-panel-name=course]")).to_be_visible()
        expect(remote.locator("button[name=panel][value=course]")).to_have_attribute(
            "aria-pressed", "true"
        )
        remote.keyboard.press("0")
        expect(third).to_be_hidden()


def test_frozen_places_are_revealed_one_by_one_from_the_last(hall: Hall) -> None:
    race = hall.track.race(racers=3, freeze_after_s=50)
    first_laps(hall, race)
    with hall.watching(race, "screen", HALL) as screen, hall.remote(race, script=False) as remote:
        live(screen)
        expect(screen.locator("[data-frozen]")).to_contain_text("0:50")
        remote.click("button[name=reveal][value=start]")
        expect(screen.locator(".plate-hidden")).to_have_count(3)
        remote.click("button[name=reveal][value=next]")

        expect(screen.locator("[data-card-place]")).to_have_text("3")
        expect(screen.locator(".plate-hidden")).to_have_count(2)
        remote.click("button[name=reveal][value=back]")
        expect(screen.locator("[data-card]")).to_be_hidden()
        expect(screen.locator(".plate-hidden")).to_have_count(3)


def test_the_screen_fills_the_hall_and_is_read_from_afar(hall: Hall) -> None:
    race = hall.track.race(racers=14)
    first_laps(hall, race, 14)
    with hall.remote(race, script=False) as remote, hall.watching(race, "screen", HALL) as screen:
        live(screen)
        for panel in ("range", "course", "news", "reveal"):
            wish = "button[name=reveal][value=next]" if panel == "reveal" else f"[value={panel}]"
            remote.click(wish)
            expect(screen.locator(f"[data-screen][data-panel={panel}]")).to_be_visible()
            expect(screen.locator("[data-tower] .plate")).to_have_count(12)

            assert screen.evaluate(SIZE) == [1920, 1080], panel
            assert _smaller_than(screen, "*", LEGIBLE_PX) == [], panel
            assert _smaller_than(screen, ".plate-place, .plate-gap, .tv-clock", KEY_PX) == [], panel
            assert violations(screen) == [], panel


def _smaller_than(page: Page, selector: str, least_px: int) -> list[str]:
    """Visible words under ``selector`` that are smaller; a drawing's by its scale."""
    found: list[str] = page.evaluate(
        """([selector, least]) => [...document.querySelectorAll(`.tv-main ${selector}`)]
          .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3))
          .filter((one) => one.children.length === 0 && one.textContent.trim())
          .filter((one) => one.checkVisibility() && !one.closest(".hidden, .live, [hidden]"))
          .map((one) => {
            const scale = one.ownerSVGElement?.getScreenCTM().a ?? 1;
            return [one.textContent.trim(), parseFloat(getComputedStyle(one).fontSize) * scale];
          })
          .filter(([, px]) => px < least - 0.1)
          .map(([text, px]) => `${text}: ${px}`)""",
        [selector, least_px],
    )
    return found


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_pages_of_a_race_are_fit_for_everyone(hall: Hall, look: Look) -> None:
    race = hall.track.race(racers=3)
    first_laps(hall, race)
    with hall.track.database.begin() as session:
        second = racer(session, race.id, 2)
    for page_name in ("live", "embed", "screen"):
        with hall.watching(race, page_name, look, member=second) as page:
            expect(page.locator(".s-who, .plate-name").first).to_be_visible()
            assert violations(page) == [], page_name
            assert page.locator("h1").count() == 1
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page_name
    with hall.remote(race, look) as page:
        assert violations(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_another_site_shows_the_board_without_a_cookie(hall: Hall) -> None:
    race = hall.track.race(racers=2)
    with (
        another_site(f'<iframe src="{hall.base}/races/{race.id}/embed"></iframe>') as site,
        opened(hall.browser, site, "/") as page,
    ):
        page.context.clear_cookies()
        page.reload()
        board = page.frame_locator("iframe")
        expect(board.locator("h1")).to_have_text(race.title)
        first_laps(hall, race, 2)

        expect(board.locator("tbody .s-bib")).to_have_text(["1", "2"])
        assert page.context.cookies() == []


@contextmanager
def another_site(body: str) -> Iterator[str]:
    """Serve one page from another origin."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Сайт</title>{body}".encode())

        def log_message(self, *_: object) -> None:
            pass

    port = free_port()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
