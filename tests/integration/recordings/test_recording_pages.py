"""The list and the page of a recording, for everybody and for members."""

from dataclasses import replace

import pytest
from flask import Flask

from psot import clock
from psot.library import search
from psot.recordings import operations
from psot.recordings.values import Words
from tests.integration.recordings.conftest import Player, a_recording
from tests.web import Browser, database_of


def test_the_list_finds_by_words_said_by_topic_and_by_title(app: Flask, client: Browser) -> None:
    a_recording(app)
    a_recording(
        app,
        "gloves",
        title=Words(texts={"ru": "Перчатки"}),
        about=Words(texts={"ru": "О руках."}),
        topics=("height",),
        subtitles={},
    )

    assert "Перчатки" in client.get("/recordings").text
    said = client.get("/recordings?q=ХОЗЯИНА").text
    assert "Каски" in said
    assert "нашлось в 1 месте" in said
    assert "Перчатки" not in said
    assert "Каски" not in client.get("/recordings?topic=height").text
    assert "Ничего не нашлось" in client.get("/recordings?q=100%25_").text
    assert client.get("/recordings?sort=none&topic=none&q=" + "a" * 500).status_code == 200


def test_an_empty_list_says_what_will_be_there(client: Browser) -> None:
    assert "Записей пока нет" in client.get("/recordings").text


@pytest.mark.parametrize("sort", ["new", "title", "short", "long"])
def test_the_list_has_an_order(app: Flask, client: Browser, sort: str) -> None:
    a_recording(app, "short", title=Words(texts={"ru": "Яма"}), length_ms=60_000)
    a_recording(app, "long", title=Words(texts={"ru": "Арка"}), length_ms=600_000)

    page = client.get(f"/recordings?sort={sort}").text

    first = {"new": "Арка", "title": "Арка", "short": "Яма", "long": "Арка"}[sort]
    other = "Яма" if first == "Арка" else "Арка"
    assert page.index(first) < page.index(other)


def test_a_member_sees_what_was_seen_and_where_it_stopped(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))
    player.watch(0, 60_000)

    with player.moment():
        page = member.get("/recordings/helmets").text
        home = member.get("/").text
        listed = member.get("/recordings").text

    assert '<rect x="0" width="60000" height="8"/>' in page
    assert '"place_ms": 60000' in page or '"place_ms":60000' in page
    assert "Продолжить просмотр с 1:00" in home
    assert "Просмотрено 2%" in listed.replace("\xa0", "")


def test_the_page_of_a_recording_says_everything_without_script(
    app: Flask, client: Browser
) -> None:
    a_recording(app)

    page = client.get("/recordings/helmets?t=75").text

    assert 'src="/recordings/helmets/media/helmets.webm#t=75"' in page
    assert "Каска ждёт хозяина" in page
    assert "войдите до начала просмотра" in page
    assert client.get("/recordings/helmets?t=99999999999").status_code == 200
    assert client.get("/recordings/nothing").status_code == 404


def test_a_page_may_use_only_what_its_player_needs(app: Flask, client: Browser) -> None:
    a_recording(app)
    a_recording(app, "stream", file="stream/index.m3u8")
    app.extensions["psot.settings"] = replace(
        app.extensions["psot.settings"], embed_hosts=("video.example",)
    )
    a_recording(
        app, "elsewhere", file="", address="https://video.example/1", hosts=("video.example",)
    )

    policies = {
        slug: client.get(f"/recordings/{slug}").headers["Content-Security-Policy"]
        for slug in ("helmets", "stream", "elsewhere")
    }

    assert "blob:" not in policies["helmets"]
    assert "frame-src" not in policies["helmets"]
    assert "media-src 'self' blob:" in policies["stream"]
    assert "frame-src https://video.example;" in policies["elsewhere"] + ";"
    assert "не идёт" in client.get("/recordings/elsewhere").text


def test_what_is_said_is_found_by_the_library(app: Flask) -> None:
    a_recording(app)

    with database_of(app).begin() as session:
        found = search.find(session, "хозяин", kinds=["recording"])
        operations.withdraw(session, slug="helmets", editor=None, now=clock.now())
        after = search.find(session, "хозяин", kinds=["recording"])

    assert [(one.name, one.anchor) for one in found.hits] == [("helmets", "t=1")]
    assert after.hits == ()


def test_the_recordings_that_come_with_psot_are_published_once(app: Flask) -> None:
    with database_of(app).begin() as session:
        first = operations.load_packaged(session, now=clock.now())
        again = operations.load_packaged(session, now=clock.now())

    assert first == ["microtrauma-step-by-step", "five-briefings"]
    assert again == []
    page = app.test_client().get("/recordings/five-briefings")
    assert page.status_code == 200
    poster = app.test_client().get("/recordings/five-briefings/poster", buffered=True)
    assert poster.content_type == "image/webp"


def test_a_topic_leads_to_its_recordings(app: Flask, client: Browser) -> None:
    a_recording(app)

    assert 'href="/recordings/helmets"' in client.get("/topics/ppe").text
    assert 'href="/recordings/helmets"' not in client.get("/topics/height").text
