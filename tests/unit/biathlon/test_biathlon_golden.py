"""A race of every format, worked by hand in ``tests/golden/``, comes out of the engine."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.biathlon import format_names, protocol, written
from tests.biathlon import document, told

GOLDEN = Path(__file__).parents[2] / "golden"
RACES = {
    name: yaml.safe_load((GOLDEN / f"biathlon_{name}.yaml").read_text(encoding="utf-8"))
    for name in (*format_names(), "voided")
}
RESULT = ("rank", "bib", "irm", "shootings", "misses", "total_ms", "behind_ms", "points")
TEAM = ("rank", "team", "irm", "shootings", "total_ms", "behind_ms", "points")


def outcome(golden: dict[str, Any]) -> dict[str, Any]:
    data = document(
        golden["format"],
        golden["ways"],
        starts=golden.get("starts"),
        teams=golden.get("teams"),
        options=golden.get("options"),
    )
    for bib, number in golden.get("voided", []):
        shots = [one for one in data["facts"] if one.get("bib") == bib and one["kind"] == "shot"]
        shots[number - 1]["question"] = "unclear"
        data["facts"].append({"t_ms": 9_000_000, "kind": "question_voided", "question": "unclear"})
    return written(
        protocol(told({**data, "entries": golden.get("entries", data["entries"])}).race())
    )


@pytest.mark.parametrize("name", RACES)
def test_the_protocol_is_the_one_worked_by_hand(name: str) -> None:
    golden = RACES[name]

    found = outcome(golden)

    assert golden["format"] == name or "voided" in golden
    assert [[line[key] for key in RESULT] for line in found["results"]] == golden["results"]
    assert [[line[key] for key in TEAM] for line in found["teams"]] == golden.get("teams_out", [])


@pytest.mark.parametrize(
    ("name", "split"), [(name, split) for name in RACES for split in RACES[name].get("splits", [])]
)
def test_a_split_is_the_one_worked_by_hand(name: str, split: dict[str, Any]) -> None:
    found = [
        [one["rank"], line["bib"], one["behind_ms"]]
        for line in outcome(RACES[name])["results"]
        for one in line["splits"]
        if one["point"] == split["point"] and one["rank"] is not None
    ]

    assert sorted(found) == split["table"]


@pytest.mark.parametrize(
    ("name", "bib"), [(name, bib) for name in RACES for bib in RACES[name].get("times", {})]
)
def test_the_times_are_those_worked_by_hand(name: str, bib: int) -> None:
    (line,) = (one for one in outcome(RACES[name])["results"] if one["bib"] == bib)

    expected = RACES[name]["times"][bib]
    assert {key: line[key] for key in expected} == expected
