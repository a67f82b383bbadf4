"""Classes: opened by a trainer, joined by a code, watched live, paused, pointed at, closed."""

from typing import Any, cast

import pytest
from flask import Flask
from redis import Redis

from psot import clock
from psot.live import boards
from tests.integration.workplace.conftest import JSON, START, Player
from tests.web import Browser, sign_in


class Trainer:
    """Somebody who leads a class in the small shop."""

    def __init__(self, app: Flask, role: str = "expert", mode: str = "practice") -> None:
        self.app = app
        self.browser: Browser = sign_in(app, roles=(role,))
        with clock.fixed(START):
            answer = self.browser.post("/workplace/mini/classes", data={"mode": mode})
        assert answer.status_code == 303, answer.text
        self.address: str = answer.headers["Location"]
        page = self.browser.get(self.address)
        assert page.status_code == 200
        self.code = page.text.split("<b>")[1].split("</b>")[0]

    def control(self, at: Any = START, **change: Any) -> Any:
        with clock.fixed(at):
            address = f"{self.address}/control"
            return self.browser.post(address, json=change, headers=JSON)

    def board(self) -> dict[str, Any]:
        redis = cast("Redis", self.app.extensions["psot.redis"])
        found = boards.snapshot(redis, f"class:{self.address.rsplit('/', 1)[-1].replace('-', '')}")
        assert found is not None
        return dict(found.rows)


@pytest.fixture
def trainer(shop: Flask) -> Trainer:
    return Trainer(shop)


def test_members_join_by_the_code_and_meet_the_same(shop: Flask, trainer: Trainer) -> None:
    page = sign_in(shop).get(f"/workplace/join/{trainer.code.lower()}")
    anna, boris = (Player(shop, code=trainer.code) for _ in range(2))

    assert page.status_code == 200
    assert anna.run != boris.run
    assert anna.state()["scenario"] == boris.state()["scenario"]
    assert anna.state()["board"].startswith("class:")
    assert Player(shop, code=trainer.code, browser=anna.browser).run == anna.run


def test_the_trainer_sees_how_everyone_gets_on(shop: Flask, trainer: Trainer) -> None:
    player = Player(shop, code=trainer.code)
    player.do("report", object="lathe")
    player.do("report", object="exit")

    row = trainer.board()[str(player.run)]
    assert (row["done"], row["found"], row["score_ppm"], row["ended"]) == (1, 1, None, "")
    player.do("finish")

    row = trainer.board()[str(player.run)]
    assert row["ended"] == "finished"
    assert row["score_ppm"] > 0


def test_nobody_learns_from_the_board_of_a_check_what_is_right(shop: Flask) -> None:
    trainer = Trainer(shop, mode="check")
    player = Player(shop, code=trainer.code)
    player.do("report", object="exit")
    wrong = trainer.board()[str(player.run)]
    other = Player(shop, code=trainer.code)
    other.do("report", object="lathe")
    right = trainer.board()[str(other.run)]

    assert {k: v for k, v in wrong.items() if k != "name"} == {
        k: v for k, v in right.items() if k != "name"
    }


def test_a_pause_refuses_actions_and_stops_the_clock(shop: Flask, trainer: Trainer) -> None:
    player = Player(shop, code=trainer.code)
    player.do("look", object="lathe")
    player.wait(seconds=9)
    assert trainer.control(player.at, paused=True).json["paused"] is True
    player.wait(minutes=20)

    refused = player.send(2, kind="look", object="desk")
    assert refused.status_code == 409
    assert refused.json["error"]["code"] == "paused"
    assert player.state()["elapsed_ms"] == 10_000
    assert trainer.board()["control"] == {"paused": True, "point": "", "closed": False}

    trainer.control(player.at, paused=False)
    player.wait(seconds=5)
    assert player.send(2, kind="look", object="desk").status_code == 200
    assert player.state()["elapsed_ms"] == 15_000


def test_the_trainer_points_at_an_object(trainer: Trainer) -> None:
    trainer.control(point="lathe")
    assert trainer.board()["control"]["point"] == "lathe"
    trainer.control(point="")
    assert trainer.board()["control"]["point"] == ""


def test_closing_ends_every_run_and_the_code(shop: Flask, trainer: Trainer) -> None:
    player = Player(shop, code=trainer.code)
    player.do("report", object="lathe")

    trainer.control(player.at, closed=True)

    row = trainer.board()
    assert row["control"]["closed"] is True
    assert row[str(player.run)]["ended"] == "stopped"
    assert player.get().headers["Location"].endswith("/debrief")
    gone = sign_in(shop).get(f"/workplace/join/{trainer.code}")
    assert gone.headers["Location"] == "/workplace"
    assert trainer.browser.get(trainer.address).status_code == 200


def test_who_has_finished_comes_back_to_the_debrief(shop: Flask, trainer: Trainer) -> None:
    player = Player(shop, code=trainer.code)
    player.do("finish")

    again = Player(shop, code=trainer.code, browser=player.browser)

    assert again.run == player.run
    assert again.get().headers["Location"].endswith("/debrief")


def test_a_class_is_led_by_who_opened_it(shop: Flask, trainer: Trainer) -> None:
    other = sign_in(shop, roles=("expert",))
    administrator = sign_in(shop, roles=("administrator",))
    member = sign_in(shop)

    address = f"{trainer.address}/control"
    assert other.get(trainer.address).status_code == 403
    assert other.post(address, json={"paused": True}).status_code == 403
    assert member.get(trainer.address).status_code == 403
    assert member.post("/workplace/mini/classes").status_code == 403
    assert administrator.post(address, json={"paused": True}, headers=JSON).status_code == 200


def test_the_buttons_work_without_script(trainer: Trainer) -> None:
    address = f"{trainer.address}/control"
    for wish in ("pause", "go-on", "point", "close"):
        sent = trainer.browser.post(address, data={"do": wish, "point": "lathe"})
        assert sent.headers["Location"] == trainer.address

    assert trainer.board()["control"]["closed"] is True


def test_a_code_that_nobody_knows_leads_back(shop: Flask) -> None:
    member = sign_in(shop)

    assert member.get("/workplace/join?code=ZZZZZZ").headers["Location"] == "/workplace/join/ZZZZZZ"
    assert member.get("/workplace/join/ZZZZZZ").headers["Location"] == "/workplace"
    assert member.get("/workplace/join?code=../x").headers["Location"] == "/workplace"
    assert member.post("/workplace/join/ZZZZZZ").status_code == 404
