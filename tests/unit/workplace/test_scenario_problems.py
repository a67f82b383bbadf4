"""An author learns in one line each what is wrong with a scenario."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from content.quiz.loader import PACKS
from content.scenarios import (
    kit,
    known_in,
    load_scenarios,
    parse_scenario,
    problems,
    read_scenarios,
    write_scenario,
)
from tests.workplace import NORMS, TOPICS, mini

Row = dict[str, Any]
Change = Callable[[Row], object]

CONDITIONS = (
    "step:PROCEDURE.STEP, procedure:ID, decision:ID, decision:ID.OPTION, ppe:ID, measured:ID or"
    " marked:ID"
)


def found(row: Any, file: str = "scenarios/mini.yaml") -> list[str]:
    return [
        str(one).removeprefix(f"{file}: ")
        for one in problems(file, row, norms=NORMS, topics=TOPICS)
    ]


def first(row: Row, part: str) -> Row:
    one: Row = row[part][0]
    return one


def only_low_options(row: Row) -> None:
    for option in row["decisions"][1]["options"]:
        option["score"] = 90


def wait_for_each_other(row: Row) -> None:
    row["decisions"][0]["opens"] = ["decision:report"]


def test_the_small_shop_has_no_problems() -> None:
    assert found(mini()) == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda row: row.pop("debrief"), "'debrief' is a required property"),
        (lambda row: row.update(minutes=5), "minutes: must be at least 6"),
        (lambda row: row.update(modes=["exam"]), "modes[0]: must be one of practice, check"),
        (lambda row: row.update(objects=row["objects"][:11]), "objects: needs at least 12"),
        (
            lambda row: first(row, "hazards").update(risk="huge"),
            "open-guard: risk: must be one of low, medium, high",
        ),
        (
            lambda row: first(row, "objects").pop("at"),
            "lathe: must be somewhere: at or path",
        ),
        (
            lambda row: first(row, "ppe").update(opens=["soon"]),
            f"fitter-wears: opens.0: must be {CONDITIONS}",
        ),
        (lambda row: row.update(id="other"), "id: must be mini, as the file is called"),
        (lambda row: row.update(topics=["roofs"]), "topics: there is no topic roofs"),
        (
            lambda row: first(row, "hazards").update(norm="risk-n99"),
            "open-guard: norm: there is no norm risk-n99",
        ),
        (
            lambda row: row["decisions"][0]["options"][1].update(norm="x"),
            "alarm: options.call.norm: there is no norm x",
        ),
        (
            lambda row: row["documents"][0]["fields"][1]["flaw"].update(norm="x"),
            "permit: fields.leader.flaw.norm: there is no norm x",
        ),
        (lambda row: row["objects"][10].update(id="exit"), "objects: exit is used twice"),
        (
            lambda row: row["procedures"][0]["forbidden"][0].update(id="tell"),
            "lockout: steps: tell is used twice",
        ),
        (
            lambda row: row["documents"][0]["fields"][1].update(id="number"),
            "permit: fields: number is used twice",
        ),
        (
            lambda row: row["decisions"][1]["options"][0].update(id="foreman"),
            "report: options: foreman is used twice",
        ),
        (
            lambda row: row["objects"][10].update(absent=True),
            "kit: absent: is never there: no hazard brings it",
        ),
        (
            lambda row: first(row, "hazards").update(object="ghost"),
            "open-guard: object: there is no object ghost",
        ),
        (
            lambda row: first(row, "measurements").update(object="ghost"),
            "gas: object: there is no object ghost",
        ),
        (
            lambda row: first(row, "ppe").update(person="desk"),
            "fitter-wears: person: desk is no person",
        ),
        (
            lambda row: row["procedures"][0]["steps"][3].update(by=["rack"]),
            "lockout: steps.test.by: rack is no person",
        ),
        (
            lambda row: row["procedures"][0]["steps"][2].update(wears={"desk": ["vest"]}),
            "lockout: steps.lock.wears: desk is no person",
        ),
        (
            lambda row: first(row, "measurements").update(object="spill"),
            "gas: object: spill is not there at every seed",
        ),
        (
            lambda row: row.update(best_path=["ghost"]),
            "best_path: there is no object ghost",
        ),
        (
            lambda row: row["site"].update(floor="lava"),
            "site.floor: must be one of " + ", ".join(kit()["floors"]),
        ),
        (lambda row: first(row, "objects").update(kind="ufo"), "lathe: kind: the kit has no ufo"),
        (
            lambda row: first(row, "objects").update(wears=["vest"]),
            "lathe: wears: only a person wears something",
        ),
        (
            lambda row: row["objects"][6].update(wears=["crown"]),
            "fitter: wears: the kit has no crown to wear",
        ),
        (
            lambda row: first(row, "hazards").update(states={"wings": "open"}),
            "open-guard: states.wings: a lathe has no such state",
        ),
        (
            lambda row: first(row, "hazards").update(states={"guard": "ajar"}),
            "open-guard: states.guard: must be one of closed, open",
        ),
        (
            lambda row: first(row, "ppe")["offer"].append("crown"),
            "fitter-wears: offer: the kit has no crown to wear",
        ),
        (
            lambda row: first(row, "measurements").update(instrument="eye"),
            "gas: instrument: must be one of " + ", ".join(kit()["instruments"]),
        ),
        (
            lambda row: row["procedures"][0]["steps"][1].update(sets={"board": {"power": "half"}}),
            "lockout: steps.off.sets.board.power: must be one of on, off",
        ),
        (
            lambda row: row["decisions"][0]["options"][0].update(wears={"helper": ["crown"]}),
            "alarm: options.leave.wears.helper: the kit has no crown to wear",
        ),
        (
            lambda row: row["site"]["start"].update(at=[9, 0]),
            "site.start.at: is outside the site",
        ),
        (lambda row: first(row, "objects").update(at=[0, 9]), "lathe: at: is outside the site"),
        (
            lambda row: row["objects"][3].update(path=[[0, 0], [50, 0]]),
            "cable: path: is outside the site",
        ),
        (
            lambda row: first(row, "zones").update(area=[[0, 0], [1, 0], [0, 30]]),
            "aisle: area: is outside the site",
        ),
        (
            lambda row: row["hazards"][1].update(always=True),
            "chips: always: lathe has another hazard at every seed",
        ),
        (
            lambda row: row.update(draw={"hazards": 5}),
            "draw.hazards: draws 5, and there are 4",
        ),
        (lambda row: row.update(draw={"flaws": 3}), "draw.flaws: draws 3, and there are 2"),
        (
            lambda row: row["procedures"][1]["steps"][0].update(after=["nothing"]),
            "tidy: steps.wipe.after: there is no step nothing",
        ),
        (
            lambda row: row["procedures"][1].update(order="strict"),
            "tidy: steps.wipe.after: sweep comes later in a strict order",
        ),
        (
            lambda row: row["procedures"][1]["steps"][1].update(after=["wipe"]),
            "tidy: steps: wait for each other: wipe, sweep",
        ),
        (
            lambda row: row["ppe"][1].update(need=["helmet"], critical=[]),
            "own: need: helmet is not offered",
        ),
        (
            lambda row: first(row, "ppe").update(need=["glasses", "scarf"]),
            "fitter-wears: forbid: scarf is needed too",
        ),
        (
            lambda row: first(row, "ppe").update(critical=["helmet"]),
            "fitter-wears: critical: helmet is neither needed nor forbidden",
        ),
        (
            lambda row: row["ppe"][1].update(need=[], forbid=[], critical=[]),
            "own: need: neither needs nor forbids anything",
        ),
        (
            lambda row: row["documents"][0]["fields"][1]["flaw"].update(
                value={"ru": "Петров", "en": "Petrov"}
            ),
            "permit: fields.leader.flaw.value: is what it should be",
        ),
        (only_low_options, "report: options: none has the score 100"),
        (
            lambda row: row["decisions"][0]["options"][0].update(critical=True),
            "alarm: options.leave.critical: is the best and ends the run",
        ),
        (lambda row: first(row, "decisions").pop("on_time_out"), "alarm: on_time_out: is missing"),
        (
            lambda row: first(row, "decisions").update(on_time_out="nothing"),
            "alarm: on_time_out: there is no option nothing",
        ),
        (lambda row: first(row, "decisions").pop("time_s"), "alarm: time_s: is missing"),
        (
            lambda row: first(row, "measurements").update(opens=["step:lockout.nothing"]),
            "gas: opens: there is no step:lockout.nothing",
        ),
        (
            lambda row: row.update(
                hazards=[], draw={}, procedures=[], ppe=[], measurements=[], documents=[],
                decisions=[], objects=[one for one in row["objects"] if one["id"] != "spill"]
                + [{**row["objects"][0], "id": "another"}],
            ),
            "has nothing to do: no hazards and no tasks",
        ),
    ],
)  # fmt: skip
def test_each_mistake_is_one_line(change: Change, line: str) -> None:
    row = mini()
    change(row)

    assert found(row) == [line]


def test_tasks_that_wait_for_each_other_never_open() -> None:
    row = mini()
    wait_for_each_other(row)

    assert found(row) == [
        "alarm: opens: never opens: it waits for itself",
        "report: opens: never opens: it waits for itself",
        "rescue: opens: never opens: it waits for itself",
    ]


def test_what_a_scenario_is_called_elsewhere_does_not_matter() -> None:
    assert found(mini(id="other"), file="scenario") == []


def test_what_is_no_scenario_at_all_is_told() -> None:
    assert found(["a"]) == ["must be a set of fields"]
    assert [str(one) for one in parse_scenario("x.yaml", "- a")[1]] == [
        "x.yaml: must be a set of fields"
    ]
    assert [str(one) for one in parse_scenario("x.yaml", "a: [")[1]] == [
        "x.yaml: line 2: did not find expected node content"
    ]


def test_bare_words_of_states_stay_words() -> None:
    quoted = write_scenario(mini())
    text = re.sub(r"(chips|lock|power): '(yes|on|off)'", r"\1: \2", quoted)
    row, wrong = parse_scenario("mini.yaml", text)

    assert {"chips: yes", "power: on", "power: off"} <= {*re.findall(r"\w+: \w+", text)}
    assert not wrong
    assert row == mini()


def test_words_of_unknown_objects_are_words_too() -> None:
    text = "objects: [{id: a, kind: [], states: {x: no}}, b]\nhazards: [{object: q, states: 3}]"
    row, _ = parse_scenario("x.yaml", text + "\nprocedures: [{steps: [{sets: {q: {y: off}}}]}]")

    assert row["objects"][0]["states"] == {"x": "no"}
    assert row["procedures"][0]["steps"][0]["sets"] == {"q": {"y": "no"}}


def test_what_is_written_is_read_again() -> None:
    row = mini()
    row["intro"] = row["debrief"] = row["title"]

    assert parse_scenario("mini.yaml", write_scenario(mini())) == (mini(), [])
    assert parse_scenario("mini.yaml", write_scenario(row)) == (row, [])


def test_the_scenarios_of_a_folder_are_read_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "mini.yaml").write_text(write_scenario(mini()), encoding="utf-8")
    (folder / "broken.yaml").write_text("a: [", encoding="utf-8")
    (folder / "odd.yaml").write_bytes(b"\xff")
    rows, wrong = read_scenarios(tmp_path)

    assert rows == load_scenarios(tmp_path) == {"mini": mini()}
    assert [one.file for one in wrong] == ["scenarios/broken.yaml", "scenarios/odd.yaml"]
    assert load_scenarios(tmp_path / "none") == {}


def test_a_pack_knows_its_norms_and_topics(tmp_path: Path) -> None:
    norms, topics = known_in(PACKS / "start")

    assert {"electrical-n01", "height-n01"} <= norms
    assert {"electrical", "height"} <= topics
    assert known_in(tmp_path) == (frozenset(), frozenset())
