"""Runs: entered, acted in, judged, resumed, ended; and judged anew from the ledger alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import cast
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event, text

from psot.workplace import operations, schedule
from psot.workplace.rejudging import rejudge
from tests.integration.workplace.conftest import START, Player
from tests.web import database_of, sign_in


def facts(app: Flask, kind: str) -> list[dict[str, object]]:
    with database_of(app).begin() as session:
        rows = session.execute(
            text("SELECT data FROM ledger_facts WHERE type = :type ORDER BY seq"),
            {"type": f"psot.workplace.{kind}.v1"},
        )
        return [row.data for row in rows]


def test_a_perfect_run_is_worth_everything_and_the_ledger_says_the_same(shop: Flask) -> None:
    player = Player(shop)

    player.play(player.best())

    [finished] = facts(shop, "run.finished")
    assert finished["how"] == "finished"
    assert finished["score_ppm"] == 1_000_000
    assert finished["minutes"] == 6
    assert len(facts(shop, "acted")) == player.nth
    with database_of(shop).begin() as session:
        again = rejudge(session, player.run)
    assert again.agrees
    assert again.score.score_ppm == 1_000_000


@pytest.mark.parametrize("end", ["finish", "stop", "critical"])
def test_a_run_is_judged_anew_from_the_ledger_alone(shop: Flask, end: str) -> None:
    player = Player(shop)
    player.do("report", object="lathe")
    player.do("report", object="exit")
    player.do("assess", object="lathe", hazard_kind="physical", control="ppe")
    player.do("step", procedure="lockout", step="lock")
    player.wait(minutes=9)
    if end == "finish":
        player.do("finish")
    elif end == "stop":
        assert player.stop().status_code == 200
    else:
        assert player.do("step", procedure="lockout", step="hand")[-1]["how"] == "critical"

    with database_of(shop).begin() as session:
        again = rejudge(session, player.run)

    [told] = facts(shop, "run.finished")
    assert again.told is not None
    assert (again.how, again.score.score_ppm) == (told["how"], told["score_ppm"])
    assert told["minutes"] == (6 if end == "finish" else 0)


def test_the_same_action_again_gets_the_first_answer(player: Player) -> None:
    first = player.send(1, kind="report", object="lathe")
    player.wait(seconds=5)
    again = player.send(1, kind="report", object="lathe")

    assert first.json["answer"]["effects"][0]["verdict"] == "right"
    assert again.json == first.json
    assert player.state()["answers"] == [first.json["answer"]]


def test_another_action_under_a_number_that_was_used_is_refused(player: Player) -> None:
    player.do("report", object="lathe")

    other = player.send(1, kind="report", object="exit")

    assert other.status_code == 409
    assert other.json["error"]["code"] == "action_stands"


def test_a_gap_in_the_count_is_told_with_where_the_run_stands(player: Player) -> None:
    player.do("look", object="lathe")

    ahead = player.send(4, kind="look", object="grinder")

    assert ahead.status_code == 409
    assert ahead.json["error"]["code"] == "gap"
    assert [one["nth"] for one in ahead.json["run"]["answers"]] == [1]


def test_what_the_rules_refuse_is_not_kept(player: Player) -> None:
    refused = player.send(1, kind="look", object="nowhere")

    assert refused.status_code == 409
    assert refused.json["error"]["code"] == "unknown"
    assert player.state()["answers"] == []


@pytest.mark.parametrize(
    "action",
    [
        {"kind": "fly"},
        {"kind": "look"},
        {"kind": "look", "object": "lathe", "verdict": "right"},
        {"kind": "wait", "minutes": "5"},
        {"kind": "mark", "document": "permit", "fields": "leader"},
        {"kind": "wear", "ppe": "own", "items": [1]},
    ],
)
def test_what_is_no_action_is_refused(player: Player, action: dict[str, object]) -> None:
    answer = player.send(1, **action)

    assert answer.status_code == 422
    assert answer.json["error"]["code"] == "bad_action"


def test_ten_sendings_at_once_are_one_action(shop: Flask) -> None:
    player = Player(shop)
    cookies = [sign_in(shop, member=player.browser.member_id) for _ in range(6)]
    body = {"nth": 1, "action": {"kind": "report", "object": "lathe"}}

    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda one: one.post(f"{player.address}/actions", json=body), cookies)
        )

    assert {one.status_code for one in answers} == {200}
    assert len({one.text for one in answers}) == 1
    assert len(facts(shop, "acted")) == 1


def test_a_run_goes_on_days_later_on_another_device(shop: Flask) -> None:
    player = Player(shop)
    player.do("report", object="lathe")
    player.wait(days=3)

    other = sign_in(shop, member=player.browser.member_id)
    again = Player(shop, browser=other, at=player.at)

    assert again.run == player.run
    assert again.state()["elapsed_ms"] > 3 * 24 * 3600 * 1000 - 1
    assert again.send(2, kind="look", object="desk").status_code == 200


def test_starting_afresh_leaves_the_run_that_was_begun(shop: Flask) -> None:
    player = Player(shop)
    with player.moment():
        answer = player.browser.post("/workplace/mini/runs", data={"afresh": "1"})

    assert answer.headers["Location"] != player.address
    [told] = facts(shop, "run.finished")
    assert told["how"] == "stopped"
    assert [one["number"] for one in facts(shop, "run.started")] == [1, 2]


def test_nobody_sees_or_touches_the_run_of_another(shop: Flask, player: Player) -> None:
    stranger = sign_in(shop)

    assert stranger.get(player.address).status_code == 404
    assert stranger.get(f"{player.address}.json").status_code == 404
    assert stranger.get(f"{player.address}/debrief").status_code == 404
    body = {"nth": 1, "action": {"kind": "finish"}}
    assert stranger.post(f"{player.address}/actions", json=body).status_code == 404
    assert stranger.post(f"{player.address}/path", json=[]).status_code == 404
    assert stranger.post(f"{player.address}/stop").status_code == 404


def test_a_check_is_one_sitting_of_three_times_the_norm(shop: Flask) -> None:
    player = Player(shop, mode="check")
    player.do("report", object="lathe")
    player.wait(minutes=18)

    late = player.send(2, kind="report", object="grinder")

    assert late.status_code == 409
    assert late.json["error"]["code"] == "run_over"
    [told] = facts(shop, "run.finished")
    assert (told["how"], told["duration_ms"]) == ("stopped", 18 * 60_000)
    with database_of(shop).begin() as session:
        assert rejudge(session, player.run).agrees
    assert player.get().headers["Location"].endswith("/debrief")


def test_a_check_that_nobody_looks_at_ends_by_itself(shop: Flask) -> None:
    Player(shop, mode="check")

    early = schedule.keep(database_of(shop), START + timedelta(minutes=17))
    ended = schedule.keep(database_of(shop), START + timedelta(minutes=19))

    assert (early, ended) == (0, 1)
    assert [one["how"] for one in facts(shop, "run.finished")] == ["stopped"]


def test_the_way_is_kept_once(player: Player) -> None:
    points = [[0, 0, 4, 180], [500, 0.5, 3.25, 170]]
    with player.moment():
        for _ in range(2):
            answer = player.browser.post(f"{player.address}/path", json=points)
            assert answer.json == {"kept": 2}
    bad = player.browser.post(f"{player.address}/path", json=[[0, "x", 1, 1]])
    assert bad.status_code == 422
    player.do("finish")

    assert '"path": [[0, 0, 4, 180], [500, 0.5, 3.25, 170]]' in player.get("/debrief").text


def test_an_action_asks_for_no_more_than_it_changes(shop: Flask) -> None:
    """The run, locked; the action, the run's count and the fact: four statements, one commit."""
    player = Player(shop)
    player.do("look", object="desk")
    said: list[str] = []
    engine = database_of(shop).engine
    action = {"kind": "look", "object": "lathe"}

    with player.moment(), shop.test_request_context(), database_of(shop).begin() as session:
        event.listen(engine, "before_cursor_execute", lambda *told: said.append(str(told[2])))
        member = cast("UUID", player.browser.member_id)
        operations.act(session, member=member, run=player.run, nth=2, action=action, now=player.at)

    asked = [one.split()[0] for one in said]
    assert asked == ["SELECT", "INSERT", "UPDATE", "WITH"], "\n".join(said)


def test_an_action_that_was_undone_was_never_remembered(shop: Flask) -> None:
    player = Player(shop)
    player.do("look", object="desk")
    member = cast("UUID", player.browser.member_id)

    with shop.test_request_context(), database_of(shop).session() as session:
        operations.act(
            session,
            member=member,
            run=player.run,
            nth=2,
            action={"kind": "report", "object": "exit"},
            now=player.at,
        )
        session.rollback()
    player.do("report", object="lathe")
    player.do("finish")

    with database_of(shop).begin() as session:
        again = rejudge(session, player.run)
    [finished] = facts(shop, "run.finished")
    assert again.score.score_ppm == finished["score_ppm"]
    assert again.agrees
