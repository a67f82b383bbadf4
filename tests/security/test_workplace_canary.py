"""No answer of a scenario leaves before its time: not by a page, its data, an action, a board.

Every answer of the small shop is a canary. Everything that can be read is read by a stranger, by
each role and by those who play it; nobody may read one but who writes scenarios. After the end its
player does, so the test can fail.
"""

import json
from typing import Any, cast

import pytest
from flask import Flask
from redis import Redis

from psot import clock
from psot.policies import ROLES
from tests.integration.workplace.conftest import Player, put_on_shelf
from tests.security import canary
from tests.security.canary import Ears
from tests.web import Browser, sign_in
from tests.workplace import mini

AUTHORS = {"editor", "administrator"}


def poisoned() -> dict[str, Any]:
    """The small shop with a canary in every answer."""
    told = json.dumps(mini(), ensure_ascii=False)
    row: dict[str, Any] = json.loads(
        told.replace("ОТВЕТ-", f"{canary.WORD} ").replace("ANSWER-", f"{canary.WORD} ")
    )
    assert told.count("ОТВЕТ-") > 30
    return row


def read(ears: Ears, who: str, browser: Browser, paths: list[str]) -> int:
    """Read every address; returns how many were answered with a page."""
    shown = 0
    for path in paths:
        answer = browser.get(path)
        ears.hear(f"{who} GET {path}", answer.text)
        shown += answer.status_code == 200
        answer.close()
    return shown


def misbehave(ears: Ears, player: Player) -> None:
    """Do what cannot be done, and read what the product says to it."""
    for action in (
        {"kind": "look", "object": "nowhere"},
        {"kind": "report", "object": "exit"},
        {"kind": "assess", "object": "lathe"},
        {"kind": "step", "procedure": "lockout", "step": {"$ne": ""}},
        {"kind": "solve"},
        {"kind": "wear", "ppe": "own", "items": []},
    ):
        for nth in (player.nth + 1, player.nth + 5):
            answer = player.send(nth, **action)
            player.nth += answer.status_code == 200
            ears.hear(f"player {action}", answer.text)


@pytest.mark.timeout(900)
def test_no_answer_of_a_scenario_leaves_before_its_time(app: Flask) -> None:
    ears, after = Ears(), Ears()
    put_on_shelf(app, poisoned())
    trainer = sign_in(app, roles=("expert",))
    led = trainer.post("/workplace/mini/classes", data={"mode": "check"}).headers["Location"]
    code = trainer.get(led).text.split("<b>")[1].split("</b>")[0]
    now = clock.now()
    practice, check = Player(app, at=now), Player(app, mode="check", at=now)
    pupil = Player(app, code=code, at=now)
    who = {role: sign_in(app, roles=(role,)) for role in ROLES if role not in AUTHORS}
    who |= {"visitor": cast("Browser", app.test_client()), "member": sign_in(app)}

    for player in (check, pupil):
        *actions, _ = player.best()
        for one in actions:
            plain = {key: value for key, value in one.items() if key not in {"at_ms", "kind"}}
            ears.hear(f"player {one['kind']}", player.do(one["kind"], **plain))
        misbehave(ears, player)
    misbehave(ears, practice)
    settings = app.extensions["psot.settings"]
    pages = 0
    for player in (practice, check, pupil):
        named = {"scenario": "mini", "name": "mini", "run_id": player.run, "topic": "risk"}
        named |= {"class_id": led.rsplit("/", 1)[-1], "code": code}
        paths = sorted(set(canary.addresses(settings, player.run, **named)))
        ours = [one for one in paths if "/workplace" in one] + ["/library/search?q=7c1f"]
        pages += read(ears, "player", player.browser, paths if player is check else ours)
    pages += read(ears, "trainer", trainer, ours)
    for name, browser in who.items():
        pages += read(ears, name, browser, ours)
    with Redis.from_url(settings.redis_url) as redis:
        for key in redis.scan_iter("psot:live:*"):
            ears.hear(f"redis {key!r}", repr(redis.dump(key)))
    check.do("finish")
    after.hear("debrief", check.get("/debrief").text)

    assert ears.sang == []
    assert pages > 100
    assert after.sang, "after the end its player reads why, so this test can fail"
