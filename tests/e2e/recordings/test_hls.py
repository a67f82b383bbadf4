"""A stream in a real browser: it plays through hls.js, and its time counts like that of a file."""

import re
from datetime import date
from itertools import pairwise

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from psot import clock
from psot.config import Settings
from psot.recordings import operations, queries
from psot.recordings.values import Words
from tests import web
from tests.e2e.recordings.conftest import at
from tests.e2e.recordings.streams import PLAY_LIST, Film, record
from tests.e2e.recordings.test_player import NOTHING, SHORT, ready, until

SLUG = "drawn"
ADDRESS = f"/recordings/{SLUG}"
BRIEF = "drawn-brief"
PATIENCE = 400
REPORTS = re.compile("/reports$")
PART = re.compile(r"/part-(\d+)\.m4s$")


@pytest.fixture(scope="module")
def film(browser: Browser) -> Film:
    """A film of some seconds."""
    return record(browser)


@pytest.fixture(scope="module")
def length_s(app: Flask, film: Film) -> float:
    """A stream of two minutes is on the page; its length in seconds."""
    return publish(app, film, SLUG, 120)


def publish(app: Flask, film: Film, slug: str, length_s: float) -> float:
    """Put the film on the page as a stream of at least ``length_s``; return its length."""
    files, length_s = film.stream(length_s)
    put_on_page(app, slug, f"{slug}/{PLAY_LIST}", files, length_s)
    return length_s


def put_on_page(
    app: Flask, slug: str, name: str, files: dict[str, bytes], length_s: float = 60
) -> None:
    """Put ``files`` into the folder, and the recording that plays ``name`` on the page."""
    settings: Settings = app.extensions["psot.settings"]
    folder = (settings.data_dir.resolve() / "recordings" / name).parent
    folder.mkdir(parents=True, exist_ok=True)
    for one, data in files.items():
        (folder / one).write_bytes(data)
    draft = operations.Draft(
        slug=slug,
        title=Words(texts={"ru": "Нарисованное", "en": "Drawn"}),
        recorded_on=date(2026, 11, 2),
        length_ms=round(length_s * 1000),
        file=name,
    )
    now = clock.now()
    with app.test_request_context(), web.database_of(app).begin() as session:
        operations.save(session, draft, editor=None, now=now)
        operations.publish(session, slug=slug, editor=None, now=now)


def fetched(page: Page) -> list[str]:
    """Return the addresses of everything that the page has fetched so far."""
    names: list[str] = page.evaluate("performance.getEntriesByType('resource').map((o) => o.name)")
    return names


def parts(page: Page) -> list[int]:
    """Return the numbers of the parts of the stream that the page has fetched so far."""
    return [int(found[1]) for found in map(PART.search, fetched(page)) if found]


def players(page: Page) -> list[str]:
    """Return the scripts among them that play streams."""
    return [name for name in fetched(page) if "hls" in name.rsplit("/", 1)[-1] and ".js" in name]


def start(page: Page) -> None:
    """Press the button that plays."""
    page.get_by_role("button", name="Пуск").first.click()


def test_a_stream_plays_and_what_was_played_of_it_is_kept(
    app: Flask, base: str, browser: Browser, length_s: float
) -> None:
    member = web.sign_in(app)
    late_s = length_s * 0.9
    with at(browser, base, ADDRESS, member) as page:
        ready(page)
        assert page.evaluate("video.currentSrc").startswith("blob:")
        assert page.evaluate("video.videoWidth") == 320
        assert page.evaluate("video.duration") == pytest.approx(length_s, abs=0.1)
        start(page)
        until(page, "video.currentTime > 2")
        with page.expect_response(REPORTS):
            page.keyboard.press("9")
        until(page, f"!video.seeking && video.currentTime > {late_s + 1}")
        with page.expect_response(REPORTS) as told:
            page.keyboard.press("k")
        answer = told.value.json()
        stopped_s = page.evaluate("video.currentTime")
        assert 1 < stopped_s - late_s < length_s - late_s

        begun, ended = answer["status"]["seen"]
        assert begun[0] < 1000 < begun[1] < late_s * 1000
        assert late_s * 1000 - 500 < ended[0] < ended[1] < stopped_s * 1000 + 500
        assert answer["accepted_ms"] > 500
        assert answer["status"]["pending_ms"] > 1500
        expect(page.locator("[data-credit=pending]")).not_to_have_text(NOTHING)

    assert member.member_id
    with web.database_of(app).begin() as session:
        kept = queries.progress(session, member.member_id, SLUG, now=clock.now())
    assert [list(span) for span in kept.seen] == [begun, ended]
    assert kept.place_ms == pytest.approx(stopped_s * 1000, abs=500)


def test_a_stream_goes_on_where_the_member_stopped(
    app: Flask, base: str, browser: Browser, length_s: float
) -> None:
    member = web.sign_in(app)
    with at(browser, base, ADDRESS, member) as page:
        ready(page)
        page.keyboard.press("5")
        start(page)
        until(page, f"!video.seeking && video.currentTime > {length_s / 2 + 1}")
        with page.expect_response(REPORTS):
            page.keyboard.press("k")
        stopped_s = page.evaluate("video.currentTime")

        page.goto(ADDRESS)
        expect(page.get_by_text(re.compile("Продолжаем с"))).to_be_visible()
        until(page, "!video.seeking && video.readyState >= 2 && video.currentTime > 5")
        assert page.evaluate("video.currentTime") == pytest.approx(stopped_s, abs=1)


def test_a_stream_watched_to_its_end_is_credited_once_the_check_is_answered(
    app: Flask, base: str, browser: Browser, film: Film
) -> None:
    publish(app, film, BRIEF, 8)
    with at(browser, base, f"/recordings/{BRIEF}", web.sign_in(app)) as page:
        ready(page)
        start(page)
        button = page.get_by_role("dialog").get_by_role("button", name="Да, смотрю")
        expect(button).to_be_visible(timeout=60_000)
        until(page, "video.ended")
        expect(page.locator("[data-credit=credited]")).to_have_text(NOTHING)
        button.click()

        expect(page.locator("[data-credit=credited]")).not_to_have_text(NOTHING)
        expect(page.locator("[data-credit=pending]")).to_have_text(NOTHING)
        page.goto("/recordings")
        expect(page.get_by_text("Просмотрено", exact=True)).to_be_visible()


@pytest.mark.usefixtures("length_s")
def test_a_stream_that_is_not_played_is_only_begun(base: str, browser: Browser) -> None:
    with at(browser, base, ADDRESS) as page:
        ready(page)
        page.wait_for_load_state("networkidle")
        begun = parts(page)
        assert 1 <= len(begun) <= 3
        start(page)
        until(page, "video.buffered.length && video.buffered.end(0) > 20")
        until(page, "video.currentTime > 1")
        page.keyboard.press("8")
        until(page, "!video.seeking && video.readyState >= 2")
        # The parts before the jump may still have been arriving when the key was pressed.
        known = sorted(set(parts(page)))
        assert max(later - earlier for earlier, later in pairwise(known)) > 20


@pytest.mark.usefixtures("length_s")
def test_only_a_stream_fetches_the_player_of_streams(base: str, browser: Browser) -> None:
    with at(browser, base, SHORT) as page:
        ready(page)
        start(page)
        until(page, "video.currentTime > 1")
        assert players(page) == []
        page.goto("/recordings")
        page.wait_for_load_state("networkidle")
        assert players(page) == []
        page.goto(ADDRESS)
        ready(page)
        assert len(players(page)) == 1


@pytest.mark.usefixtures("length_s")
def test_a_stream_whose_connection_was_lost_plays_when_it_is_back(
    base: str, browser: Browser
) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort()

    with at(browser, base, "/recordings") as page:
        page.route(f"**/{PLAY_LIST}", lose)
        page.goto(ADDRESS)
        start(page)
        # Twice the player of streams tries by itself; the third time it was told to.
        for _time in range(PATIENCE):
            if len(lost) > 2:
                break
            page.wait_for_timeout(100)
        page.unroute(f"**/{PLAY_LIST}")
        until(page, "video.currentTime > 1")
    assert len(lost) > 2


@pytest.mark.parametrize("name", ["broken/index.m3u8", "broken/film.webm"])
def test_what_cannot_be_played_is_said(app: Flask, base: str, browser: Browser, name: str) -> None:
    slug = f"broken-{name[-4:].strip('.')}"
    put_on_page(app, slug, name, {name.rpartition("/")[2]: b"neither a film nor a list of one"})
    with at(browser, base, f"/recordings/{slug}") as page:
        trouble = page.get_by_role("alert")
        expect(trouble).to_have_text("Браузер не может воспроизвести этот файл.")
