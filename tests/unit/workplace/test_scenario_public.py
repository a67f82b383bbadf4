"""What is shown of a scenario is what a seed makes of it, in one language, without an answer."""

import json
import re
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.quiz.loader import PACKS
from content.scenarios import (
    TASKS,
    kit,
    load_scenarios,
    norms_of,
    public,
    read_scenario,
    resolved,
    task,
    told,
    usual_states,
)
from scoring.workplace import read_course
from tests.workplace import mini, mini_course

STARTED = load_scenarios(PACKS / "start")
ANSWER = re.compile(r"ANSWER|ОТВЕТ")
SECRETS = {
    "risk", "control", "why", "norm", "verdict", "value", "instrument", "flaw", "need", "forbid",
    "critical", "score", "then", "sets", "after", "wait_min", "by", "order", "on_time_out",
    "always", "absent", "opens", "debrief", "best_path",
}  # fmt: skip
"""Fields of a scenario that tell an answer; of a document's field the value is what is seen."""


def scene(seed: int, **changes: Any) -> dict[str, Any]:
    return public(mini(**changes), seed=seed, language="ru")


def states(seed: int) -> dict[str, dict[str, str]]:
    return {one["id"]: one["states"] for one in scene(seed)["objects"]}


def fields_of(part: Any) -> set[str]:
    if isinstance(part, dict):
        inner = [value for name, value in part.items() if name != "states"]
        return {*part, *fields_of(inner)}
    return {name for one in part for name in fields_of(one)} if isinstance(part, list) else set()


@settings(max_examples=40)
@given(seed=st.integers(-(2**40), 2**40), language=st.sampled_from(["ru", "en"]))
def test_nothing_that_is_shown_holds_an_answer(seed: int, language: str) -> None:
    row = mini()
    shown = public(row, seed=seed, language=language)
    opened = {
        kind: [task(row, kind, one["id"], seed=seed, language=language) for one in row[kind]]
        for kind in TASKS
    }
    for paper in opened["documents"]:
        for field in paper["fields"]:
            field.pop("value")
    shown["tasks"].pop("documents")

    assert not ANSWER.search(json.dumps([shown, opened], ensure_ascii=False))
    assert not SECRETS & fields_of([shown, opened])
    assert "17,25" not in json.dumps(opened)


def answers_of(part: Any) -> set[str]:
    """Every text of a scenario that is told afterwards only."""
    if isinstance(part, list):
        return {one for each in part for one in answers_of(each)}
    if not isinstance(part, dict):
        return set()
    hidden = {
        text
        for name in ("why", "then", "debrief")
        if isinstance(part.get(name), dict)
        for text in part[name].values()
    }
    if "risk" in part:
        hidden |= {*part["text"].values()}
    return hidden | {one for each in part.values() for one in answers_of(each)}


@pytest.mark.parametrize("name", sorted(STARTED))
def test_no_scenario_of_the_first_pack_tells_an_answer(name: str) -> None:
    row = STARTED[name]
    hidden = answers_of(row)

    assert hidden
    for seed, language in product(range(4), ("ru", "en")):
        shown: list[Any] = [public(row, seed=seed, language=language)]
        shown += [
            task(row, kind, one["id"], seed=seed, language=language)
            for kind in TASKS
            for one in row.get(kind, ())
        ]
        assert not hidden & texts_of(shown)


def texts_of(part: Any) -> set[str]:
    if isinstance(part, dict):
        return texts_of(list(part.values()))
    if isinstance(part, list):
        return {one for each in part for one in texts_of(each)}
    return {part} if isinstance(part, str) else set()


def test_a_scene_has_every_field_that_the_browser_reads() -> None:
    shown = scene(1)

    assert shown["title"] == "Малый цех"
    assert shown["site"]["windows"] == ["north"]
    assert shown["zones"][0]["name"] == "Проход"
    assert shown["objects"][0] == {
        "id": "lathe",
        "kind": "lathe",
        "at": [-4, -3],
        "y": 0,
        "turn": 90,
        "name": "Станок",
        "look": "Станок работает с открытым кожухом.",
        "states": {"guard": "open", "power": "on", "chips": "no"},
        "wears": [],
        "path": [],
        "size": 1,
        "model": "",
    }
    assert {tuple(one) for one in shown["objects"]} == {tuple(shown["objects"][0])}
    assert shown["hazards"]["total"] == 3
    assert shown["hazards"]["controls"][0]["id"] == "eliminate"
    assert {"id": "tape", "name": "Рулетка"} in shown["instruments"]


def test_what_is_long_stands_where_it_begins() -> None:
    cable = next(one for one in scene(1)["objects"] if one["id"] == "cable")

    assert (cable["at"], cable["path"]) == ([2, -4], [[2, -4], [4, -4]])


def test_only_what_is_open_is_told_and_the_rest_when_it_opens() -> None:
    tasks = scene(1)["tasks"]

    assert {kind: [one["id"] for one in tasks[kind]] for kind in TASKS} == {
        "procedures": ["lockout", "tidy"],
        "ppe": ["fitter-wears"],
        "measurements": [],
        "documents": ["permit"],
        "decisions": [],
    }
    assert task(mini(), "measurements", "gas", seed=1, language="en") == {
        "id": "gas",
        "object": "tank",
        "point": "Air in the tank",
        "unit": "%",
    }


def test_a_scenario_without_hazards_and_measurements_asks_for_none() -> None:
    shown = scene(1, hazards=[], measurements=[], draw={})

    assert (shown["hazards"], shown["instruments"]) == (None, [])


def test_steps_that_must_never_be_done_stand_among_the_others() -> None:
    steps = [one["id"] for one in scene(1)["tasks"]["procedures"][0]["steps"]]
    orders = {
        tuple(one["id"] for one in scene(seed)["tasks"]["procedures"][0]["steps"])
        for seed in range(12)
    }

    assert sorted(steps) == ["hand", "joke", "lock", "off", "tell", "test"]
    assert len(orders) > 6


def test_seeds_vary_what_is_dangerous_and_what_is_missing() -> None:
    present = {tuple(sorted(mini_course(seed).hazards)) for seed in range(20)}
    flaws = {tuple(mini_course(seed).documents["permit"].flaws) for seed in range(20)}

    assert len(present) > 4
    assert flaws == {("leader", "day"), ("leader", "team")}
    assert all("lathe" in one for one in present)
    assert {len(one) for one in present} == {3}


def test_the_same_seed_is_the_same_scene_for_ever() -> None:
    assert [sorted(mini_course(seed).hazards) for seed in (1, 2, 2**40)] == [
        ["helper", "lathe", "spill"],
        ["grinder", "helper", "lathe"],
        ["helper", "lathe", "spill"],
    ]


def test_an_object_is_dangerous_in_one_way_at_most() -> None:
    hazards = [one for one in mini()["hazards"] if one["object"] == "lathe"]
    both = [{key: value for key, value in one.items() if key != "always"} for one in hazards]
    found = {
        tuple(one.id for one in mini_course(seed, hazards=both, draw={}).hazards.values())
        for seed in range(12)
    }

    assert found == {("open-guard",), ("chips",)}


def test_without_a_draw_everything_is_present() -> None:
    course = mini_course(1, draw={})

    assert len(course.hazards) == 5
    assert list(course.documents["permit"].flaws) == ["leader", "day", "team"]


def test_an_object_that_a_hazard_brings_is_only_there_with_it() -> None:
    assert "spill" in states(1)
    assert "spill" not in states(2)
    assert "spill" not in mini_course(2).things


def test_a_hazard_changes_what_a_person_wears_and_how_it_looks() -> None:
    helper = next(one for one in scene(1)["objects"] if one["id"] == "helper")

    assert helper["wears"] == ["coverall", "vest"]
    assert helper["states"]["face"] == "unwell"
    assert mini_course(1).things["helper"].wears == ("coverall", "vest")


def test_a_paper_shows_what_is_written_in_it_be_it_right_or_not() -> None:
    def values(seed: int) -> dict[str, str]:
        paper = scene(seed)["tasks"]["documents"][0]
        return {one["id"]: one["value"] for one in paper["fields"]}

    flawed = {tuple(mini_course(seed).documents["permit"].flaws): seed for seed in range(9)}

    assert values(flawed["leader", "day"]) == {
        "number": "14",
        "leader": "",
        "day": "31 июня",
        "team": "двое",
    }
    assert values(flawed["leader", "team"])["team"] == "никого"


def test_what_the_judge_gets_is_plain_json() -> None:
    row = resolved(mini(), seed=5)

    assert read_course(json.loads(json.dumps(row))) == mini_course(5)


@pytest.mark.parametrize(
    ("told_path", "path"),
    [
        (["lathe", "board"], ["lathe", "board", "helper", "rack"]),
        (["ghost"], ["spill", "fitter", "lathe"]),
    ],
)
def test_the_best_path_goes_on_to_the_nearest(told_path: list[str], path: list[str]) -> None:
    found = resolved(mini(best_path=told_path), seed=1)["best_path"]

    assert found[: len(path)] == path
    assert sorted(found) == sorted(
        {"lathe", "spill", "helper", "board", "rack", "fitter", "tank", "desk"}
    )


def test_a_catalogue_reads_what_there_is() -> None:
    scenario = read_scenario(mini())

    assert scenario.title.en == "Small shop"
    assert scenario.topics == ("risk", "ppe")
    assert scenario.modes == ("practice", "check")
    assert scenario.has_hazards
    assert scenario.tasks == {
        "procedures": 2,
        "ppe": 2,
        "measurements": 2,
        "documents": 1,
        "decisions": 3,
    }
    assert {"risk-n01", "ppe-n06", "ppe-n09"} <= scenario.norms
    assert norms_of([{"norm": ""}, {"norm": "a", "b": {"norm": "c"}}, 3]) == ["a", "c"]


def test_effects_are_told_in_one_language_with_what_has_opened() -> None:
    effects: list[dict[str, Any]] = [
        {"t": "reported", "object": "a", "verdict": "right", "text": {"ru": "да", "en": "yes"}},
        {"t": "reported", "object": "a", "verdict": "noted", "text": None},
        {"t": "measured", "value": "17,25", "text": None},
        {"t": "opened", "tasks": {"measurements": ["volts"]}},
        {"t": "waited", "minutes": 3},
    ]

    in_english = told(effects, mini(), seed=1, language="en")
    in_russian = told(effects, mini(), seed=1, language="ru")

    assert [one.get("text") for one in in_english] == ["yes", "", "", None, None]
    assert (in_english[2]["value"], in_russian[2]["value"]) == ("17.25", "17,25")
    assert in_russian[3]["tasks"]["measurements"][0]["point"] == "Выводы"
    assert effects[3]["tasks"] == {"measurements": ["volts"]}


def test_the_kit_knows_the_usual_state_of_its_kinds() -> None:
    assert usual_states("lathe") == {"guard": "closed", "power": "off", "chips": "no"}
    assert usual_states("ufo") == {}
    assert {*kit()} >= {"kinds", "wears", "instruments", "floors"}
