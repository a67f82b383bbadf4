"""The jury's pages: from a case and a protest to a decision in force, and who sees what of it."""

import json
import re
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask
from werkzeug.test import TestResponse

from psot import clock
from psot.cli.race import command
from psot.database import Database
from psot.jury import checking, queries, schedule, words
from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from psot.races.values import RaceView
from psot.ratings.operations import open_season
from tests.jury import OVER, a_run_race, asked, now_in, settle
from tests.races import racer
from tests.web import Browser, database_of, sign_in


@pytest.fixture
def house(app: Flask) -> Database:
    """The app's database, its ledger listened to."""
    database = database_of(app)
    enrol(database, CATALOGUE)
    return database


def provisional(house: Database) -> RaceView:
    """A race with a provisional protocol."""
    race = a_run_race(house, {1: (), 2: (2,), 3: (3, 8)})
    schedule.keep(house, OVER)
    settle(house)
    return race


def member_of(house: Database, race: UUID, bib: int) -> UUID:
    with house.begin() as session:
        return racer(session, race, bib)


def post(browser: Browser, path: str, **data: str) -> TestResponse:
    with clock.fixed(OVER):
        return browser.post(path, data=data)


def protested(own: Browser, race: UUID) -> None:
    """The racer protests against the first task that has a text."""
    with clock.fixed(OVER):
        page = own.get(f"/races/{race}/protests").text
    tasks = re.findall(r'<option value="(\d+)">[^<]*: ([^<]{20})', page)
    task = next(number for number, text in tasks if text)
    about = {"text": "Вопрос с двумя ответами"}
    assert post(own, f"/races/{race}/protests", text="мало", task=task).status_code == 422
    assert post(own, f"/races/{race}/protests", **about, task="99").status_code == 422
    assert post(own, f"/races/{race}/protests", **about, task=task).status_code == 303


def test_a_protest_and_its_answer_are_read_by_its_racer_and_the_jury_only(
    app: Flask, house: Database
) -> None:
    race = provisional(house).id
    own = sign_in(app, member=member_of(house, race, 3))
    other = sign_in(app, member=member_of(house, race, 1))
    jury = sign_in(app, roles=("jury",))

    protested(own, race)

    assert "с двумя ответами" in own.get(f"/races/{race}/protests").text
    for reader in (other, app.test_client()):
        seen = reader.get(f"/races/{race}/protests").text
        assert "с двумя ответами" not in seen
        assert "waits for an answer" in seen or "ждёт ответа" in seen
    with house.begin() as session:
        (protest,) = queries.protests(session, race)
    desk = f"/jury/races/{race}"
    assert str(protest.id) in jury.get(desk).text
    answered = post(jury, f"{desk}/protests/{protest.id}/answer", upheld="yes", answer="Верно, два")
    assert answered.status_code == 303
    assert "Верно, два" in own.get(f"/races/{race}/protests").text
    assert "Верно, два" not in other.get(f"/races/{race}/protests").text


def test_an_upheld_protest_voids_its_question_until_that_is_undone(
    app: Flask, house: Database
) -> None:
    race = provisional(house).id
    own = sign_in(app, member=member_of(house, race, 3))
    other = sign_in(app, member=member_of(house, race, 1))
    jury = sign_in(app, roles=("jury",))
    question, desk = asked(house, race, 3), f"/jury/races/{race}"
    protested(own, race)
    with house.begin() as session:
        (protest,) = queries.protests(session, race)
    assert f'value="{protest.id}"' in jury.get(f"{desk}/decisions/new?protest={protest.id}").text
    about = {"question": question, "reason": "Двусмысленный вопрос", "protest": str(protest.id)}

    made = post(jury, f"{desk}/decisions", kind="void", **about)

    assert made.status_code == 303
    assert "<ins>" in jury.get(made.location).text
    before = now_in(house, race)
    assert post(jury, f"{made.location}/apply").status_code == 303  # not confirmed
    settle(house)
    assert now_in(house, race) == before
    post(jury, f"{made.location}/apply", confirmed="1")
    settle(house)
    assert now_in(house, race) != before
    seen = other.get(f"/races/{race}/protests").text
    assert question in seen, "decisions in force are public, the jury's reasons are not"
    assert "Двусмысленный вопрос" not in seen
    assert jury.get(desk).text.count("Двусмысленный вопрос") >= 3, "list and both lines of the log"
    post(jury, f"{made.location}/undo", confirmed="1")
    settle(house)
    assert now_in(house, race) == before


def test_a_decision_against_a_race_that_moved_is_shown_anew_and_not_applied(
    app: Flask, house: Database
) -> None:
    race = provisional(house).id
    jury = sign_in(app, roles=("jury",))
    desk = f"/jury/races/{race}"
    first = post(jury, f"{desk}/decisions", kind="disqualify", bibs="1", reason="Чужая рука")
    second = post(jury, f"{desk}/decisions", kind="adjust", adjustments="2 -1,5", reason="Сбой")
    post(jury, f"{first.location}/apply", confirmed="1")
    settle(house)
    applied = now_in(house, race)
    moved = post(jury, f"{second.location}/apply", confirmed="1")
    settle(house)

    assert moved.location == second.location
    assert now_in(house, race) == applied
    with house.begin() as session:
        shown = next(one for one in queries.decisions(session, race) if one.state == "staged")
    assert shown.before == applied
    post(jury, f"{second.location}/drop", confirmed="1")
    with house.begin() as session:
        assert {one.state for one in queries.decisions(session, race)} == {"applied", "dropped"}


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "kind"),
        ({"kind": "void", "question": "x"}, "question"),
        ({"kind": "disqualify", "bibs": "один"}, "bibs"),
        ({"kind": "reinstate", "bibs": "77"}, "bibs"),
        ({"kind": "adjust", "adjustments": "2"}, "adjustments"),
        ({"kind": "disqualify", "bibs": "1", "reason": " "}, "reason"),
    ],
)
def test_a_form_that_does_not_fit_says_where(
    app: Flask, house: Database, form: dict[str, str], field: str
) -> None:
    race = a_run_race(house, {1: (), 2: ()}, racing=()).id
    jury = sign_in(app, roles=("jury",))
    answer = post(jury, f"/jury/races/{race}/decisions", **{"reason": "Проверка", **form})

    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text


def test_the_jury_publishes_by_hand_and_anybody_checks_the_proof(
    app: Flask, house: Database
) -> None:
    race = a_run_race(house, {1: (2,), 2: ()}).id
    jury, visitor = sign_in(app, roles=("jury",)), app.test_client()
    desk = f"/jury/races/{race}"
    post(jury, f"{desk}/move/provisional")
    with house.begin() as session:
        assert queries.published(session, race) is None, "nobody confirmed it"
    for name in ("provisional", "official"):
        assert name in jury.get(desk).text
        early = visitor.get(f"/races/{race}/proof.json").get_json()
        assert "secret" not in early
        assert "questions" not in early
        post(jury, f"{desk}/move/{name}", confirmed="1")
        settle(house)
    whole = visitor.get(f"/races/{race}/proof.json")
    page = visitor.get(f"/races/{race}/proof").text

    assert whole.get_json()["secret"] in page
    assert {one.what for one in checking.check(whole.get_json())} == words.CHECKS.keys()
    with app.test_request_context("/"):
        assert [one for one, said in words.CHECKS.items() if str(said) not in page] == []
        assert str(words.CHECKS["rules"]) == "Хеш правил верен"
    assert "Анна" not in whole.text
    run = CliRunner().invoke(command, ["proof", "-"], input=whole.data)
    assert run.exit_code == 0, run.output
    told = whole.get_json()
    told["questions"][0]["question"]["correct"] = ["z"]
    run = CliRunner().invoke(command, ["proof", "-"], input=json.dumps(told))
    assert run.exit_code == 1
    assert "BROKEN  questions" in run.output
    assert CliRunner().invoke(command, ["proof", "-"], input="{}").exit_code == 1
    assert post(jury, f"{desk}/move/lock", confirmed="1").status_code == 303
    assert post(jury, f"{desk}/move/nothing", confirmed="1").status_code == 404


def test_a_case_is_looked_at_and_closed_with_a_verdict(app: Flask, house: Database) -> None:
    race = a_run_race(house, {1: (), 2: ()}, think_s=0.2).id
    schedule.keep(house, OVER)
    jury = sign_in(app, roles=("jury",))
    with house.begin() as session:
        found = next(one for one in queries.cases(session, race) if one.kind == "too_fast")
    desk = f"/jury/races/{race}"
    assert f"/cases/{found.id}" in jury.get(desk).text
    case = f"{desk}/cases/{found.id}"
    assert jury.get(case).status_code == 200
    assert jury.get(f"{desk}/decisions/new?case={found.id}").status_code == 200
    assert post(jury, f"{case}/close", verdict="").status_code == 422
    assert post(jury, f"{case}/close", verdict="Знает наизусть").status_code == 303
    assert "Знает наизусть" in jury.get(case).text
    assert "№ 1" in jury.get("/jury/races").text or race.hex
    assert str(race) in jury.get("/jury/races").text


def test_only_the_jury_enters_its_office_and_others_races_stay_apart(
    app: Flask, house: Database
) -> None:
    race = provisional(house).id
    other = a_run_race(house, {1: (), 2: ()}, racing=()).id
    jury, plain = sign_in(app, roles=("jury",)), sign_in(app)
    assert plain.get(f"/jury/races/{race}").status_code == 403
    assert plain.get("/jury/races").status_code == 403
    made = post(jury, f"/jury/races/{race}/decisions", kind="disqualify", bibs="1", reason="Да")
    elsewhere = made.location.replace(str(race), str(other))
    assert jury.get(elsewhere).status_code == 404
    assert post(jury, f"{elsewhere}/apply", confirmed="1").status_code == 404
    assert (
        post(plain, f"/races/{race}/protests", text="Я тут не бежал, но против").status_code == 403
    )


def test_a_racers_rating_opens_into_the_race(app: Flask, house: Database) -> None:
    with house.begin() as session:
        open_season(session, now=OVER)
    view = a_run_race(house, {1: (2,), 2: ()}, normed_minutes=30)
    jury, own = sign_in(app, roles=("jury",)), sign_in(app, member=member_of(house, view.id, 1))
    for name in ("provisional", "official"):
        post(jury, f"/jury/races/{view.id}/move/{name}", confirmed="1")
        settle(house)
    page = own.get("/ratings/me").text

    assert f'<a href="/races/{view.id}">{view.title}</a>' in page
    assert page.count(f"/races/{view.id}/mine") > 10
    assert '<td class="number">30</td>' in page
