"""A live board in a real browser: it follows, it recovers, it says how fresh it is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.looks import opened
from tests.e2e.serving import serving
from tests.e2e.shell.scoreboard import BOARD, OWN, Scoreboard


@pytest.fixture
def scores() -> Scoreboard:
    return Scoreboard()


@pytest.fixture
def page(browser: Browser, scores: Scoreboard) -> Iterator[Page]:
    with serving(scores.app) as base, opened(browser, base, "/board") as opened_page:
        yield opened_page


def leaders(page: Page) -> Locator:
    """Return the board of leaders."""
    return page.locator(f'[data-board="{BOARD}"]')


def names(page: Page) -> Locator:
    """Return the cells with the names, from the first place on."""
    return leaders(page).locator(".who-name")


def state(page: Page) -> Locator:
    """Return the word that says how fresh the board is."""
    return leaders(page).locator("[data-live-state]")


def row(rank: int, name: str, rating: int = 800, **more: object) -> dict[str, object]:
    return {"rank": rank, "member": name, "region": "RU-SVE", "rating": rating, **more}


def test_a_watcher_sees_a_new_leader_without_reload(scores: Scoreboard, page: Page) -> None:
    expect(state(page)).to_have_text("В эфире")
    scores.put(m9=row(1, "Яковлев П. Т.", 990, delta=4), m1=row(2, "Участник 1"))

    expect(names(page)).to_have_text(
        ["Яковлев П. Т.", "Участник 1", "Участник 2", "Участник 3", "Участник 4", "Участник 5"]
    )
    first = leaders(page).locator("tbody tr").first
    expect(first.locator(".c-rating")).to_have_text("990")
    expect(first.locator(".c-region")).to_have_text("Свердловская область")
    expect(first.locator(".move")).to_have_text("вверх на 4")


def test_an_unnamed_member_is_told_in_the_readers_words(scores: Scoreboard, page: Page) -> None:
    expect(state(page)).to_have_text("В эфире")
    unnamed = {"rank": 1, "number": 1107, "region": "RU-SVE", "rating": 990}
    scores.put(m9=unnamed, m1=row(2, "Участник 1"))

    expect(names(page).first).to_have_text("Участник 1107")


def test_a_missed_message_is_made_up_by_a_snapshot(scores: Scoreboard, page: Page) -> None:
    expect(state(page)).to_have_text("В эфире")
    scores.put(tell=False, m1=row(1, "Пропущенный"))
    scores.put(m2=row(2, "Дошедший"))

    expect(names(page)).to_have_text(
        ["Пропущенный", "Дошедший", "Участник 3", "Участник 4", "Участник 5"]
    )
    assert scores.watched == [None, None]


def test_a_row_that_is_gone_leaves_the_table(scores: Scoreboard, page: Page) -> None:
    expect(state(page)).to_have_text("В эфире")
    scores.put(tell=False)
    del scores.rows["m5"]
    scores.socketio.emit("board.delta", scores.delta({}, ("m5",)))

    expect(names(page)).to_have_count(4)


def test_after_a_restart_the_page_comes_back_with_a_fresh_ticket_and_its_version(
    scores: Scoreboard, page: Page
) -> None:
    expect(state(page)).to_have_text("В эфире")
    scores.put(m1=row(1, "До разрыва"))
    expect(names(page).first).to_have_text("До разрыва")
    scores.refuse_with = 503
    scores.drop_everybody()
    expect(state(page)).to_have_text("Восстанавливаем связь")
    scores.put(tell=False, m1=row(1, "После разрыва"))
    scores.refuse_with = 0

    expect(names(page).first).to_have_text("После разрыва")
    expect(state(page)).to_have_text("В эфире")
    assert scores.watched[-1] == {"epoch": "a", "version": 2}


def test_where_websockets_are_lost_with_their_tickets_the_page_polls(
    scores: Scoreboard, page: Page
) -> None:
    expect(state(page)).to_have_text("В эфире")
    scores.loses_websockets = True
    scores.drop_everybody()
    expect(state(page)).to_have_text("Восстанавливаем связь")
    expect(state(page)).to_have_text("В эфире")
    scores.put(m1=row(1, "Без вебсокета"))

    expect(names(page).first).to_have_text("Без вебсокета")


def test_late_standings_are_named_with_their_time(scores: Scoreboard, page: Page) -> None:
    expect(state(page)).to_have_text("В эфире")
    scores.socketio.emit("live.delayed", {"delayed": True})
    expect(state(page)).to_contain_text("Данные запаздывают, на ")
    scores.socketio.emit("live.delayed", {"delayed": False})

    expect(state(page)).to_have_text("В эфире")


def test_the_own_row_is_marked_and_its_new_place_is_spoken(scores: Scoreboard, page: Page) -> None:
    expect(state(page)).to_have_text("В эфире")
    scores.put(**{OWN: row(1, "Козлов Е. Н.", 991), "m1": row(3, "Участник 1")})

    expect(leaders(page).locator("tr.own .who-name")).to_have_text("Козлов Е. Н.")
    expect(leaders(page).locator("tr.own .you")).to_have_text("вы")
    expect(leaders(page).locator("[data-own-news]")).to_have_text("Ваше место: 1, рейтинг 991")
    expect(page.locator("[data-own-figure=rank]")).to_have_text("1")
    expect(page.locator("[data-own-figure=rating]")).to_have_text("991")


def test_the_neighbours_are_followed_beside_the_leaders(page: Page) -> None:
    around = page.locator(f'[data-around="{BOARD}"]')

    expect(around.locator(".who-name")).to_have_text(
        ["Участник 2", "Участник 3", "Участник 4", "Участник 5"]
    )
    expect(around.locator("tr.own .rank")).to_have_text("3")


def test_where_nothing_live_is_given_the_page_stays_as_it_was(
    browser: Browser, scores: Scoreboard
) -> None:
    scores.refuse_with = 403
    with serving(scores.app) as base, opened(browser, base, "/board") as page:
        page.wait_for_load_state("networkidle")

        expect(names(page)).to_have_count(5)
        expect(state(page)).to_be_hidden()


def test_a_board_that_moved_has_nothing_axe_objects_to(scores: Scoreboard, page: Page) -> None:
    expect(state(page)).to_have_text("В эфире")
    scores.put(m9=row(1, "Яковлев П. Т.", 990, delta=-4), m1=row(2, "Участник 1", delta=1))
    expect(names(page).first).to_have_text("Яковлев П. Т.")

    assert violations(page) == []
