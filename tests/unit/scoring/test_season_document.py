"""A season in one file: the worked tables again, and one line for whatever does not fit."""

import json
from math import isclose
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import (
    PARAMETERS_V1,
    FirstAttempt,
    Malformed,
    activity,
    effectiveness,
    points,
    read_season,
    score_season,
)

GOLDEN = Path(__file__).parents[2] / "golden"
PEOPLE = yaml.safe_load((GOLDEN / "rating_people.yaml").read_text(encoding="utf-8"))
REGIONS = yaml.safe_load((GOLDEN / "rating_regions.yaml").read_text(encoding="utf-8"))


def member(id_: str | int = "a", **other: Any) -> dict[str, Any]:
    return {"id": id_, "weeks_min": [], **other}


def scored(document: dict[str, Any]) -> dict[str, Any]:
    return score_season(read_season(json.dumps(document)))


@pytest.mark.parametrize("told", PEOPLE["members"], ids=lambda told: told["story"])
def test_the_worked_table_of_members_comes_out(told: dict[str, Any]) -> None:
    attempts = [
        {"facility": facility_ppm / 1_000_000, "score": int(number < right)}
        for count, right, facility_ppm in told["answers"]
        for number in range(count)
    ]
    weeks = [minutes for count, minutes in told["weeks"] for _ in range(count)]
    season = {"weeks": 13, "mu": PEOPLE["mean_ppb"] / 1_000_000_000}

    [found] = scored({"season": season, "members": [member(weeks_min=weeks, attempts=attempts)]})[
        "members"
    ]

    assert round(found["A"], 3) == told["activity"]
    assert round(found["E"], 3) == told["effectiveness"]
    assert points(round(found["R"] * 1000)) == told["rating"]


@pytest.mark.parametrize("told", REGIONS["regions"], ids=lambda told: told["name"])
def test_the_worked_table_of_regions_comes_out(told: dict[str, Any]) -> None:
    """The country is made to have the table's means by one more region of enough members."""
    here, qualified = told["members"], told["qualified"]
    act, eff = told["activity_ppb"] / 1e9, told["effectiveness_ppb"] / 1e9
    members = [_steady(f"in-{n}", "X", act, eff if n < qualified else None) for n in range(here)]
    others = here
    rest_act = (0.42 * (here + others) - act * here) / others
    rest_eff = (0.62 * (qualified + others) - eff * qualified) / others
    members += [_steady(f"out-{n}", "Y", rest_act, rest_eff) for n in range(others)]
    document = {
        "season": {"prior_weight": 0, "weeks": 1},
        "members": members,
        "regions": [{"code": "X", "roster": here}, {"code": "Y", "roster": others}],
    }

    found = scored(document)["regions"][0]

    assert round(found["Score"]) == told["score"]


def _steady(id_: str, region: str, act: float, eff: float | None) -> dict[str, Any]:
    attempts = [] if eff is None else [{"facility": 0.5, "score": eff}] * 10
    return member(id_, region=region, weeks_min=[90 * act], attempts=attempts)


minutes = st.lists(st.integers(0, 2000), max_size=13)
answers = st.lists(
    st.tuples(st.sampled_from([None, 300_000, 700_000, 950_000, 960_000]), st.integers(0, 4)),
    max_size=20,
)


@given(minutes, answers, st.integers(1, 13))
def test_a_file_scores_like_the_formula(
    weeks_min: list[int], told: list[tuple[int | None, int]], weeks: int
) -> None:
    attempts = [
        {"facility": None if ppm is None else ppm / 1_000_000, "score": quarters / 4}
        for ppm, quarters in told
    ]
    first = [
        FirstAttempt(question=str(n), score_ppm=quarters * 250_000, facility_ppm=ppm)
        for n, (ppm, quarters) in enumerate(told)
    ]

    [found] = scored(
        {
            "season": {"weeks": weeks, "mu": 0.62},
            "members": [member(weeks_min=weeks_min, attempts=attempts)],
        }
    )["members"]

    assert isclose(found["A"], activity(weeks_min, weeks, PARAMETERS_V1), abs_tol=1e-12)
    assert isclose(found["E"], effectiveness(first, 620_000_000, PARAMETERS_V1), abs_tol=1e-12)
    assert isclose(found["R"], 1000 * (found["A"] * found["E"]) ** 0.5, abs_tol=1e-9)


def test_regions_of_the_same_score_share_a_place_and_the_next_is_skipped() -> None:
    regions = [{"code": code, "roster": 3} for code in "ABC"]
    members = [
        member(1, region="A", weeks_min=[90]),
        member(2, region="B", weeks_min=[90]),
        member(3),
    ]

    found = scored({"members": members, "regions": regions})["regions"]

    assert [one["place"] for one in found] == [1, 1, 3]


def test_a_season_without_anybody_stands_on_its_means() -> None:
    document = {
        "season": {"mu": 0.5, "region_prior_members": 0, "prior_weight": 0},
        "members": [member()],
        "regions": [{"code": "A", "roster": 0}],
    }

    found = scored(document)

    assert found["members"] == [{"id": "a", "A": 0.0, "E": 0.5, "R": 0.0}]
    assert found["regions"] == [{"code": "A", "Act": 0.0, "Eff": 0.5, "Score": 0.0, "place": 1}]


def test_parameters_can_be_tried() -> None:
    found = scored(
        {"season": {"full_week_min": 30, "best_weeks": 1}, "members": [member(weeks_min=[30])]}
    )

    assert found["members"][0]["A"] == 1


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ([], "must be an object, not a list"),
        ({}, "members: is missing"),
        ({"members": {}}, "members: must be a list, not an object"),
        ({"members": [{"weeks_min": []}]}, "members[0].id: is missing"),
        (
            {"members": [member([1])]},
            "members[0].id: must be a text or a whole number, not a list",
        ),
        (
            {"members": [{**member(), "id": True}]},
            "members[0].id: must be a text or a whole number, not true",
        ),
        ({"members": [member(), member()]}, "members[1].id: a is there twice"),
        ({"members": [member(weeks_min=[-1])]}, "members[0].weeks_min[0]: must be a number from 0"),
        ({"members": [member(weeks_min=["1"])]}, "members[0].weeks_min[0]: must be a number, not"),
        ({"members": [member(weeks_min=[True])]}, "members[0].weeks_min[0]: must be a number, not"),
        ({"members": [member(weeks_min=[0] * 54)]}, "members[0].weeks_min: must have at most 53"),
        (
            {"members": [member(attempts=[{"score": 1.5}])]},
            "members[0].attempts[0].score: must be a number from 0 to 1, not 1.5",
        ),
        ({"members": [member(attempts=[{}])]}, "members[0].attempts[0].score: is missing"),
        (
            {"members": [member(region="B")], "regions": [{"code": "A", "roster": 1}]},
            "members[0].region: B is not among the regions",
        ),
        (
            {"members": [], "regions": [{"code": "A", "roster": 1}] * 2},
            "regions[1].code: A is there twice",
        ),
        ({"members": [], "season": {"weeks": 0}}, "season.weeks: must be a whole number from 1"),
        ({"members": [], "season": {"mu": 2}}, "season.mu: must be a number from 0 to 1, not 2"),
        ({"members": [], "season": {"moo": 2}}, "season.moo: is not a field here"),
        ({"members": [], "season": {"version": 99}}, "season.version: must be one of 1, not 99"),
        ({"members": [], "season": {"full_week_min": 0}}, "season.full_week_min: must be a whole"),
        (
            {"members": [], "season": {"career_percent": ["all"]}},
            "season.career_percent[0]: must be a whole number",
        ),
    ],
)
def test_what_does_not_fit_is_named(document: object, line: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_season(json.dumps(document))

    assert str(refused.value).startswith(line)


@pytest.mark.parametrize("text", ["{", '{"members": 1e999}', "[" * 100_000])
def test_what_is_no_json_is_one_line(text: str) -> None:
    with pytest.raises(Malformed, match="not JSON"):
        read_season(text)
