"""A race written down is read, or refused with one line that names the field."""

import json
from typing import Any

import pytest

from scoring.biathlon import Malformed, protocol, read_race, written
from tests.biathlon import told

GOOD: dict[str, Any] = {
    "format": "sprint",
    "options": {},
    "entries": [{"bib": 1, "team": None, "leg": 1, "start_ms": 0}],
    "facts": [{"t_ms": 61234, "bib": 1, "kind": "shot", "hit": True, "ms": 0}],
}
ENTRY: dict[str, Any] = GOOD["entries"][0]
SHOT: dict[str, Any] = GOOD["facts"][0]


def without(data: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != name}


def relay(*entries: dict[str, Any]) -> dict[str, Any]:
    return {**GOOD, "format": "relay", "entries": list(entries), "facts": []}


def test_the_form_of_the_handbook_is_read() -> None:
    (line,) = written(protocol(told(GOOD).race()))["results"]

    assert list(line)[:9] == [
        "rank",
        "bib",
        "irm",
        "shootings",
        "misses",
        "total_ms",
        "behind_ms",
        "points",
        "splits",
    ]
    assert set(line["splits"][0]) >= {"point", "t_ms", "rank", "behind_ms"}


def test_what_may_be_left_out_has_a_default() -> None:
    document = told({"format": "sprint", "entries": [{"bib": 1}], "facts": []})

    (entry,) = document.entries
    assert (entry.team, entry.leg, entry.start_ms) == (None, 1, 0)


def test_names_and_regions_are_carried_along() -> None:
    entry = {"bib": 1, "name": "Участник 12345", "region": "RU-TYU"}

    document = told({**GOOD, "entries": [entry], "facts": [{**SHOT, "question": "q1"}]})

    assert document.entries[0].region == "RU-TYU"
    assert written(protocol(document.race()))["results"][0]["name"] == "Участник 12345"


@pytest.mark.parametrize("kind", ["station_passed", "fell", "penalty_loop_done", "lap_done"])
def test_a_fact_may_carry_fields_that_are_not_its_own(kind: str) -> None:
    assert len(told({**GOOD, "facts": [{**SHOT, "kind": kind}]}).facts) == 1


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ([], "a race must be an object, not a list"),
        ("sprint", "a race must be an object, not 'sprint'"),
        (without(GOOD, "format"), "format: is missing"),
        ({**GOOD, "format": "marathon"}, "format: must be one of individual, "),
        ({**GOOD, "format": 7}, "format: must be one of individual, "),
        ({**GOOD, "options": []}, "options: must be an object, not a list"),
        ({**GOOD, "options": {"lapz": 3}}, "options.lapz: is not a field here"),
        ({**GOOD, "options": {"laps": "3"}}, "options.laps: must be a whole number, not '3'"),
        ({**GOOD, "speed": 1}, "speed: is not a field here"),
        (without(GOOD, "entries"), "entries: is missing"),
        (without(GOOD, "facts"), "facts: is missing"),
        ({**GOOD, "entries": {}}, "entries: must be a list, not an object"),
        ({**GOOD, "entries": [1]}, "entries[0]: must be an object, not 1"),
        ({**GOOD, "entries": [{}]}, "entries[0].bib: is missing"),
        ({**GOOD, "entries": [{"bib": "1"}]}, "entries[0].bib: must be a whole number, not '1'"),
        ({**GOOD, "entries": [{"bib": True}]}, "entries[0].bib: must be a whole number, not true"),
        ({**GOOD, "entries": [{"bib": 0}]}, "entries[0].bib: must be a whole number from 1 to "),
        ({**GOOD, "entries": [{**ENTRY, "leg": 2}]}, "entries[0].leg: must be a whole number from"),
        ({**GOOD, "entries": [{**ENTRY, "start_ms": -1}]}, "entries[0].start_ms: must be a whole"),
        ({**GOOD, "entries": [{**ENTRY, "start_ms": 1.5}]}, "entries[0].start_ms: must be a whole"),
        (
            {**GOOD, "entries": [{**ENTRY, "team": []}]},
            "entries[0].team: must be a text, not a list",
        ),
        ({**GOOD, "entries": [{**ENTRY, "name": ""}]}, "entries[0].name: must be a text, not ''"),
        ({**GOOD, "entries": [ENTRY, ENTRY]}, "entries[1].bib: is the same as entries[0].bib"),
        (relay(ENTRY), "entries[0].team: is missing: this is a relay"),
        (
            relay({"bib": 1, "team": "A"}, {"bib": 2, "team": "A"}),
            "entries[1].leg: is the same as entries[0].leg",
        ),
        (
            relay({"bib": 1, "team": "A"}, {"bib": 1, "team": 4, "leg": 2}),
            "entries[1].team: bib 1 is in another team already",
        ),
        ({**GOOD, "facts": [without(SHOT, "kind")]}, "facts[0].kind: is missing"),
        ({**GOOD, "facts": [{**SHOT, "kind": "flew"}]}, "facts[0].kind: must be one of "),
        ({**GOOD, "facts": [without(SHOT, "t_ms")]}, "facts[0].t_ms: is missing"),
        ({**GOOD, "facts": [SHOT, {**SHOT, "t_ms": "soon"}]}, "facts[1].t_ms: must be a whole"),
        ({**GOOD, "facts": [{**SHOT, "t_ms": -5}]}, "facts[0].t_ms: must be a whole number from 0"),
        ({**GOOD, "facts": [without(SHOT, "bib")]}, "facts[0].bib: is missing"),
        ({**GOOD, "facts": [{**SHOT, "bib": 7}]}, "facts[0].bib: 7 is not among the entries"),
        ({**GOOD, "facts": [without(SHOT, "hit")]}, "facts[0].hit: is missing"),
        ({**GOOD, "facts": [{**SHOT, "hit": 1}]}, "facts[0].hit: must be true or false, not 1"),
        (
            {**GOOD, "facts": [{"t_ms": 1, "bib": 1, "kind": "adjust"}]},
            "facts[0].ms: is missing",
        ),
        (
            {**GOOD, "facts": [{"t_ms": 1, "kind": "question_voided"}]},
            "facts[0].question: is missing",
        ),
        ({**GOOD, "facts": [{**SHOT, "hits": True}]}, "facts[0].hits: is not a field here"),
    ],
)
def test_a_field_that_does_not_fit_is_named_in_one_line(data: Any, line: str) -> None:
    with pytest.raises(Malformed) as caught:
        told(data)

    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "not JSON: expecting value at line 1, column 1"),
        ('{"format": ', "not JSON: expecting value at line 1, column 12"),
        ("[" * 100_000, "not JSON that can be read"),
        ("1" * 10_000, "not JSON that can be read"),
    ],
)
def test_what_is_not_json_is_told_with_its_place(text: str, line: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_race(text)

    assert str(caught.value).startswith(line)


def test_a_long_value_is_cut_in_the_line() -> None:
    with pytest.raises(Malformed) as caught:
        told({**GOOD, "entries": [{"bib": "x" * 500}]})

    assert len(str(caught.value)) < 100


def test_a_document_is_read_the_same_twice() -> None:
    assert read_race(json.dumps(GOOD)) == told(GOOD)
