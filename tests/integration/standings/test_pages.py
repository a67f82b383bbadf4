"""What spectators see: pages that are whole without script, lists, the screen and its remote."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from redis import Redis

from psot import clock
from psot.live import boards
from psot.races import operations
from psot.races.stages import Stage
from psot.races.values import ClassView, RaceView
from psot.standings import names, screens, wishes
from tests.races import NOW, a_race, enter
from tests.web import Browser, a_member, database_of, sign_in

STARTED = NOW + timedelta(minutes=5)


def redis_of(app: Flask) -> Any:
    return app.extensions["psot.redis"]


def running(app: Flask, *, members: list[UUID] | None = None, **fields: Any) -> RaceView:
    """A running race with classes, whose boards nobody has published yet."""
    with database_of(app).begin() as session:
        race = a_race(session, stage=Stage.REGISTRATION, racers=0, **fields)
        enter(session, race.id, members or [a_member(session).id for _ in range(2)])
        new = ClassView(code="new", title="Новички", rule="experience", values=("newcomer",))
        operations.set_classes(session, race.id, [new])
        for stage in (Stage.ZEROING, Stage.RUNNING):
            race = operations.enter_stage(session, race.id, stage, now=NOW, by=None)
    return race


def row(place: int, **other: Any) -> dict[str, Any]:
    """A racer of the board at ``place``."""
    return {
        "pos": place,
        "rank": place,
        "bib": 10 + place,
        "team": None,
        "leg": 1,
        "name": "",
        "number": 1000 + place,
        "region": "RU-TYU",
        "state": "station",
        "irm": None,
        "point": "lap1.range_exit",
        "gap_ms": (place - 1) * 1234,
        "total_ms": None,
        "bouts": [place % 3],
        "lap": 2,
    } | other


def head(**other: Any) -> dict[str, Any]:
    return {
        "stage": "running",
        "zero_ms": 0,
        "now_ms": 300_000,
        "entered": 40,
        "on_course": 38,
        "finished": 1,
        "out": 1,
        "frozen_ms": None,
        "delay_s": 0,
        "laps": 3,
        "bouts": 2,
        "relay": False,
    } | other


def publish(app: Flask, board: str, *rows: dict[str, Any], **about: Any) -> None:
    told = {str(one["bib"]): one for one in rows}
    boards.publish(redis_of(app), board, told | {"race": head(**about)})


def places(page: str) -> list[str]:
    """Names of the standings in their order, as they stand on the page before any script."""
    table, _, _ = page.partition("data-standings")[2].partition("</tbody>")
    return re.findall(r's-who">([^<]+)', table)


@pytest.fixture
def race(app: Flask) -> RaceView:
    return running(app)


def test_the_first_rows_come_with_the_page(app: Flask, client: Browser, race: RaceView) -> None:
    publish(app, names.main(race), row(1, name="Анна Петрова"), row(2))
    page = client.get(f"/races/{race.id}/live")

    assert page.status_code == 200
    assert places(page.text) == ["Анна Петрова", "Участник 1002"]
    assert "+1.2" in page.text
    assert "Круг 1, уход с рубежа" in page.text


def test_a_page_is_whole_before_anything_is_published(client: Browser, race: RaceView) -> None:
    for path in ("live", "screen", "embed"):
        page = client.get(f"/races/{race.id}/{path}")
        assert page.status_code == 200, path
        assert "Здесь ещё никто не прошёл" in page.text, path
    assert client.get(f"/races/{race.id}/standings.json").json == {
        "rows": [],
        "total": 0,
        "from": 1,
    }


def test_a_race_that_is_over_sends_its_readers_to_the_protocol(
    app: Flask, client: Browser, race: RaceView
) -> None:
    before = client.get(f"/races/{race.id}/live").text
    with database_of(app).begin() as session:
        for stage in (Stage.LOCKED, Stage.PROVISIONAL):
            operations.enter_stage(session, race.id, stage, now=NOW, by=None)
    pages = [client.get(f"/races/{race.id}/{one}").text for one in ("live", "screen", "embed")]
    way = re.compile(rf'data-results href="/races/{race.id}/protocol" (hidden)?')

    assert way.findall(before) == ["hidden"]
    assert way.findall(pages[0]) == [""]
    assert all("Гонка закончилась. Её итоги — в протоколе." in one for one in pages)
    assert not [one for one in pages if "появятся сами" in one or "появятся здесь, когда" in one]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "Участники появятся здесь, когда будет готов стартовый список."),
        ("?q=яяя", "Никто не найден. Измените запрос или фильтр."),
        ("?region=RU-TYU", "Никто не найден. Измените запрос или фильтр."),
    ],
)
def test_an_empty_list_says_why_it_is_empty(
    client: Browser, race: RaceView, asked: str, told: str
) -> None:
    _, _, found = client.get(f"/races/{race.id}/live{asked}").text.partition("data-found>")

    assert found.startswith(told)


@pytest.mark.parametrize(
    "told",
    [
        ("class=new", "c.new", "Новички"),
        ("region=RU-TYU", "r.RU-TYU", "Тюменская область"),
        ("split=lap1.range_exit", "p.lap1.range_exit", "Круг 1, уход с рубежа"),
    ],
    ids=lambda told: told[0],
)
def test_an_address_names_its_board(
    app: Flask, client: Browser, race: RaceView, told: tuple[str, str, str]
) -> None:
    query, board, title = told
    name = f"{names.main(race)}.{board}"
    publish(app, name, row(1, name="Борис Яковлев"))
    page = client.get(f"/races/{race.id}/live?{query}").text

    assert f'data-board="{name}"' in page
    assert places(page) == ["Борис Яковлев"]
    assert f"data-board-title>{title}<" in page


@pytest.mark.parametrize(
    "query", ["class=none", "region=RU-XX", "split=lap9.range_exit", "class=<b>"]
)
def test_a_board_that_does_not_exist_is_refused(
    client: Browser, race: RaceView, query: str
) -> None:
    assert client.get(f"/races/{race.id}/live?{query}").status_code in {404, 422}


def test_a_standing_still_and_a_late_board_say_so(
    app: Flask, client: Browser, race: RaceView
) -> None:
    publish(app, names.main(race), row(1), frozen_ms=2_700_000, delay_s=30)
    page = client.get(f"/races/{race.id}/live").text

    assert "Табло заморожено на отметке 45:00" in page
    assert "Трансляция отстаёт от гонки на 30 с." in page


def test_a_racer_finds_the_own_row_and_the_own_bar(app: Flask) -> None:
    with database_of(app).begin() as session:
        mine = a_member(session).id
    race = running(app, members=[mine])
    publish(app, names.main(race), row(1), row(2, bib=1))
    page = sign_in(app, member=mine).get(f"/races/{race.id}/live").text

    assert re.findall(
        r'<tr class="own [^"]*">\s*<td class="s-place"><b class="rank">(\d)', page
    ) == ["2"]
    assert f'data-around="{names.main(race)}"' in page


def test_a_race_for_members_only_is_shown_to_members_only(app: Flask, client: Browser) -> None:
    race = running(app, public=False)
    for path in ("live", "screen", "embed", "standings.json"):
        assert client.get(f"/races/{race.id}/{path}").status_code == 404, path
    member = sign_in(app)
    assert member.get(f"/races/{race.id}/embed").status_code == 404
    answer = member.get(f"/races/{race.id}/standings.json")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    page = member.get(f"/races/{race.id}/live").text
    assert f'data-spectate="racem:{race.id.hex}"' in page
    assert "<iframe" not in page
    assert "&lt;iframe" not in page


def test_a_draft_is_nobodys_business(app: Flask, client: Browser) -> None:
    with database_of(app).begin() as session:
        race = a_race(session, stage=Stage.DRAFT, racers=0)
    for path in ("live", "screen", "embed", "standings.json"):
        assert client.get(f"/races/{race.id}/{path}").status_code == 404, path
    assert sign_in(app, roles=("organizer",)).get(f"/races/{race.id}/live").status_code == 200


def test_only_the_board_for_other_sites_may_stand_in_a_frame(
    app: Flask, client: Browser, race: RaceView
) -> None:
    publish(app, names.main(race), *[row(place) for place in range(1, 31)])
    embed, live = (client.get(f"/races/{race.id}/{path}") for path in ("embed", "live"))

    assert "frame-ancestors *;" in embed.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in live.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in embed.headers
    assert "csrf" not in embed.text
    assert len(places(embed.text.replace("data-embed", "data-standings"))) == 10


def test_the_list_may_be_shared_and_is_asked_for_again_only_where_it_changed(
    client: Browser, race: RaceView
) -> None:
    first = client.get(f"/races/{race.id}/standings.json")
    again = client.get(
        f"/races/{race.id}/standings.json", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["Cache-Control"] == "public, max-age=2"
    assert again.status_code == 304


@pytest.mark.parametrize(
    "query", ["from=x", "count=-1", "from=1e9", "count=9999999999999", "around=٣", "region=a b"]
)
def test_a_wish_that_cannot_be_is_refused(client: Browser, race: RaceView, query: str) -> None:
    assert client.get(f"/races/{race.id}/standings.json?{query}").status_code == 422


def test_a_wish_is_read_as_it_was_meant() -> None:
    told = {"from": "51", "count": "500", "class": "new", "region": "RU-TYU", "q": " Анна  П "}

    assert wishes.read(told) == wishes.Wish(
        start=51, count=200, class_code="new", region="RU-TYU", text="Анна П"
    )
    assert wishes.read({"around": "7"}).around == 7
    assert wishes.read({}) == wishes.Wish()


def press(app: Flask, race: RaceView, **fields: str) -> Any:
    organizer = sign_in(app, roles=("organizer",))
    return organizer.post(f"/organizer/races/{race.id}/remote", data=fields)


def on_screen(app: Flask, race: RaceView) -> dict[str, Any]:
    found = boards.snapshot(redis_of(app), names.screen(race))
    assert found is not None
    return dict(found.rows)


def test_a_button_of_the_remote_reaches_the_screen(app: Flask, race: RaceView) -> None:
    answer = press(app, race, panel="course")
    assert answer.status_code == 303
    press(app, race, bib="11")

    assert on_screen(app, race)["screen"] == {
        "panel": "course",
        "bib": 11,
        "class": "",
        "places": 0,
        "hidden": 0,
    }
    press(app, race, bib="")
    assert on_screen(app, race)["screen"]["bib"] is None


def test_only_revealed_places_travel_to_the_screen(app: Flask, race: RaceView) -> None:
    publish(app, names.true(race), *[row(place) for place in range(1, 31)])
    press(app, race, reveal="start")
    assert set(on_screen(app, race)) == {"screen"}
    for _ in range(3):
        press(app, race, reveal="next")
    press(app, race, reveal="back")

    told = on_screen(app, race)
    assert set(told) == {"screen", "place:11", "place:12"}
    assert told["screen"]["hidden"] == 10
    for _ in range(40):
        press(app, race, reveal="next")
    assert on_screen(app, race)["screen"]["hidden"] == 0


def test_another_panel_takes_revealed_places_off_the_screen(app: Flask, race: RaceView) -> None:
    publish(app, names.true(race), row(1), row(2))
    press(app, race, reveal="next")
    press(app, race, panel="auto")

    assert set(on_screen(app, race)) == {"screen"}


def test_the_remote_freezes_the_board_and_lets_it_go(app: Flask) -> None:
    race = running(app, freeze_after_s=60)
    with clock.fixed(STARTED):
        page = sign_in(app, roles=("organizer",)).get(f"/organizer/races/{race.id}/remote").text
        assert 'value="freeze" aria-pressed="true"' in page
        press(app, race, board="unfreeze")
        page = sign_in(app, roles=("organizer",)).get(f"/organizer/races/{race.id}/remote").text

    assert 'value="freeze" aria-pressed="false"' in page


@pytest.mark.parametrize("fields", [{"panel": "none"}, {"bib": "x"}, {"reveal": "sideways"}])
def test_a_button_that_does_not_exist_changes_nothing(
    app: Flask, race: RaceView, fields: dict[str, str]
) -> None:
    press(app, race, panel="news")

    assert press(app, race, **fields).status_code == 422
    with database_of(app).begin() as session:
        assert screens.shown(session, race.id).panel == "news"


def test_the_remote_finds_racers_by_number_and_name(app: Flask) -> None:
    with database_of(app).begin() as session:
        named = a_member(session, display_name="Зоя Уральская", name_public=True).id
    race = running(app, members=[named])
    organizer = sign_in(app, roles=("organizer",))

    for text in ("1", "уральская"):
        page = organizer.get(f"/organizer/races/{race.id}/remote?q={text}").text
        assert '<button class="remote-racer" name="bib" value="1">' in page, text
    assert "Никто не найден" in organizer.get(f"/organizer/races/{race.id}/remote?q=яяя").text


def test_the_remote_is_the_organizers_alone(app: Flask, client: Browser, race: RaceView) -> None:
    path = f"/organizer/races/{race.id}/remote"
    publish(app, names.true(race), row(1, name="Тайный Победитель"))

    assert client.get(path).status_code in {303, 401}
    assert sign_in(app, roles=("jury",)).get(path).status_code == 403
    assert "Тайный Победитель" in sign_in(app, roles=("organizer",)).get(path).text


def test_a_silent_redis_leaves_the_pages_whole(app: Flask, client: Browser, race: RaceView) -> None:
    app.extensions["psot.redis"] = Redis(port=1, socket_connect_timeout=0.05)
    page = client.get(f"/races/{race.id}/live")

    assert page.status_code == 200
    assert "Таблица запаздывает" in page.text
    assert client.get(f"/races/{race.id}/standings.json").json == {
        "rows": [],
        "total": 0,
        "from": 1,
    }
