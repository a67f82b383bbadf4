"""The pages around runs: the list, a scenario, an operator's props, topics, lessons, the search."""

from pathlib import Path

import pytest
from flask import Flask

from psot.reading.places import links
from tests.integration.workplace.conftest import JSON, Player
from tests.props import a_box
from tests.web import Browser, database_of, sign_in


def test_anybody_sees_the_scenarios_and_a_member_the_own_best(shop: Flask, client: Browser) -> None:
    player = Player(shop)
    player.do("report", object="lathe")
    player.do("finish")

    assert "Малый цех" in client.get("/workplace").text
    assert "Осмотрите цех." in client.get("/workplace/mini").text
    assert "/sign-in" in client.post("/workplace/mini/runs").headers["Location"]
    page = player.browser.get("/workplace/mini").text
    assert f"{player.address}/debrief" in page


@pytest.mark.usefixtures("shop")
def test_the_list_is_filtered_by_topic(client: Browser) -> None:
    assert "Малый цех" in client.get("/workplace?topic=risk").text
    assert "Малый цех" not in client.get("/workplace?topic=first_aid").text
    assert client.get("/workplace?topic=nowhere").status_code == 200


def test_a_scenario_that_is_not_there_is_no_page(shop: Flask) -> None:
    member = sign_in(shop)

    assert member.get("/workplace/nowhere").status_code == 404
    assert member.post("/workplace/nowhere/runs").status_code == 404
    assert member.post("/workplace/mini/runs", data={"mode": "exam"}).status_code == 404


def test_the_seed_may_be_asked_for_in_practice_only(shop: Flask) -> None:
    check = Player(shop, mode="check", seed=5)
    one, two = (Player(shop, seed=5) for _ in range(2))

    assert one.state()["scenario"] == two.state()["scenario"]
    assert check.state()["mode"] == "check"


def test_a_topic_shows_its_scenarios_and_a_lesson_leads_to_them(
    shop: Flask, client: Browser
) -> None:
    assert 'href="/workplace/mini"' in client.get("/topics/risk").text
    with database_of(shop).begin() as session:
        resolve = links(session)
    assert resolve("practice:mini") == "/workplace/mini"
    assert resolve("practice:nowhere") is None


@pytest.mark.usefixtures("shop")
def test_the_search_finds_a_scenario(client: Browser) -> None:
    page = client.get("/library/search?q=осмотрите+цех").text

    assert 'href="/workplace/mini"' in page
    assert "ОТВЕТ" not in page


def test_an_operators_props_are_sent_and_nothing_else(shop: Flask, client: Browser) -> None:
    settings = shop.extensions["psot.settings"]
    folder: Path = settings.data_dir / "props"
    folder.mkdir(parents=True)
    (folder / "forklift-3.glb").write_bytes(a_box())
    (folder / "broken.glb").write_bytes(b"glTF")
    (folder / "secret.txt").write_text("no")
    (settings.data_dir / "key.glb").write_bytes(b"no")

    sent = client.get("/workplace/props/forklift-3.glb")
    assert (sent.status_code, sent.data) == (200, a_box())
    assert sent.mimetype == "model/gltf-binary"
    sent.close()
    for name in ("secret.txt", "nowhere.glb", "..%2Fkey.glb", "../key.glb", "FORKLIFT-3.GLB"):
        assert client.get(f"/workplace/props/{name}").status_code == 404
    refused = client.get("/workplace/props/broken.glb", headers=JSON)
    assert refused.get_json()["error"]["code"] == "unsound_prop"
    assert refused.status_code == 422


def test_the_first_page_proposes_to_go_on(player: Player) -> None:
    assert player.address in player.browser.get("/").text
