"""The debrief: what was missed, where, why, by which norm, and how the score came about."""

import json
import re
from typing import Any

import pytest
from flask import Flask

from scoring.workplace import best_actions
from tests.integration.workplace.conftest import Player
from tests.web import sign_in
from tests.workplace import mini_course


def data_of(page: str, id_: str) -> dict[str, Any]:
    found = re.search(
        rf'<script type="application/json" id="{id_}">(.*?)</script>', page, re.DOTALL
    )
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_what_was_missed_is_told_with_place_reason_and_norm(player: Player) -> None:
    player.do("report", object="lathe")
    player.do("report", object="exit")
    player.do("finish")

    page = player.get("/debrief").text
    told = data_of(page, "debrief")

    missed = [one for one in told["lines"] if one["verdict"] != "right"]
    assert {one["kind"] for one in missed} >= {"hazard", "false_alarm", "step", "ppe", "document"}
    for number, one in enumerate(told["lines"], 1):
        assert f'id="line-{number}"' in page
        assert one["title"] in page
    flaw = next(one for one in missed if one["id"] == "permit.leader")
    assert "ОТВЕТ-21" in flaw["text"]
    assert "/library/norms/ppe-n05" in page
    assert "Стол" in page
    assert told["best"][:2] == ["lathe", "board"]
    assert [one["action"]["kind"] for one in told["actions"]] == ["report", "report", "finish"]


def test_a_perfect_run_has_nothing_to_learn_from(shop: Flask) -> None:
    player = Player(shop)
    player.play(best_actions(mini_course(seed=1)))

    page = player.get("/debrief").text

    assert "100\xa0%" in page or "100 %" in page
    assert {one["verdict"] for one in data_of(page, "debrief")["lines"]} == {"right"}


@pytest.mark.parametrize(
    ("language", "title"), [("ru", "Разбор: Малый цех"), ("en", "Debrief: Small shop")]
)
def test_a_debrief_speaks_the_readers_language(shop: Flask, language: str, title: str) -> None:
    player = Player(shop, browser=sign_in(shop, language=language))
    player.do("wear", ppe="fitter-wears", items=["helmet", "gloves"])
    player.do("mark", document="permit", fields=["number", "leader"])
    player.do("finish")

    page = player.get("/debrief")

    assert title in page.text


def test_a_run_that_goes_on_tells_nothing_yet(player: Player) -> None:
    answer = player.get("/debrief")

    assert answer.status_code == 303
    assert answer.headers["Location"] == player.address


def test_an_ended_run_leads_to_its_debrief(player: Player) -> None:
    player.do("finish")

    assert player.get().headers["Location"] == f"{player.address}/debrief"
    assert player.send(2, kind="look", object="lathe").json["error"]["code"] == "run_over"


ANSWERS = re.compile("ОТВЕТ-|ANSWER-")


def test_practice_tells_an_answer_only_once_it_is_earned(shop: Flask) -> None:
    player = Player(shop)
    pages = ("", ".json", "/debrief")
    heard = [player.get(one).text for one in pages]
    heard += [player.browser.get(one).text for one in ("/workplace", "/workplace/mini", "/")]
    heard.append(json.dumps(player.do("report", object="exit"), ensure_ascii=False))
    heard.append(json.dumps(player.do("look", object="lathe"), ensure_ascii=False))
    heard += [player.get(one).text for one in pages]

    earned = player.do("report", object="lathe")

    assert not [one for one in heard if ANSWERS.search(one)]
    assert earned[0]["text"] == "ОТВЕТ-1"


def test_a_check_tells_nothing_before_its_end(shop: Flask) -> None:
    """Every answer of the small shop is written in capitals."""
    player = Player(shop, mode="check")
    pages = ("", ".json", "/debrief")
    heard = [player.get(one).text for one in pages]
    *actions, _ = player.best()
    for one in actions:
        plain = {key: value for key, value in one.items() if key not in {"at_ms", "kind"}}
        heard.append(json.dumps(player.do(one["kind"], **plain), ensure_ascii=False))
    heard += [player.get(one).text for one in pages]
    wrong = ({"kind": "hint"}, {"kind": "look", "object": "nowhere"}, {"kind": "report"})
    heard += [player.send(player.nth + 1, **one).text for one in wrong]
    heard.append(player.send(player.nth + 9, kind="look", object="lathe").text)

    told = player.state()
    verdicts = {e["verdict"] for a in told["answers"] for e in a["effects"] if "verdict" in e}
    assert verdicts == {"noted"}
    assert not [one for one in heard if ANSWERS.search(one)]
    player.do("finish")
    assert ANSWERS.search(player.get("/debrief").text), "then it is told, so this can fail"
