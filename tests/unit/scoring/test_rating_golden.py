"""The worked tables that were published with the formula come out of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.rating import (
    PARAMETERS_V1,
    FirstAttempt,
    NationalMeans,
    RegionSums,
    activity,
    activity_ppb,
    effectiveness,
    effectiveness_ppb,
    points,
    rating,
    rating_milli,
    region_score,
    size_league,
)

GOLDEN = Path(__file__).parents[2] / "golden"
PEOPLE = yaml.safe_load((GOLDEN / "rating_people.yaml").read_text(encoding="utf-8"))
REGIONS = yaml.safe_load((GOLDEN / "rating_regions.yaml").read_text(encoding="utf-8"))


def weeks_of(member: dict[str, Any]) -> list[int]:
    return [minutes for count, minutes in member["weeks"] for _ in range(count)]


def attempts_of(member: dict[str, Any]) -> list[FirstAttempt]:
    return [
        FirstAttempt(
            question=f"{facility}-{number}",
            score_ppm=1_000_000 if number < right else 0,
            facility_ppm=facility,
        )
        for count, right, facility in member["answers"]
        for number in range(count)
    ]


@pytest.mark.parametrize("member", PEOPLE["members"], ids=lambda member: member["story"])
def test_a_member_of_the_worked_table_gets_the_published_rating(member: dict[str, Any]) -> None:
    weeks, attempts = weeks_of(member), attempts_of(member)
    a = activity(weeks, 13, PARAMETERS_V1)
    e = effectiveness(attempts, PEOPLE["mean_ppb"], PARAMETERS_V1)

    assert sum(weeks) == member["minutes"]
    assert round(a, 3) == member["activity"]
    assert round(e, 3) == member["effectiveness"]
    assert round(rating(a, e)) == member["rating"]


@pytest.mark.parametrize("member", PEOPLE["members"], ids=lambda member: member["story"])
def test_the_exact_integers_of_the_worked_table_never_drift(member: dict[str, Any]) -> None:
    a_ppb = activity_ppb(weeks_of(member), 13, PARAMETERS_V1)
    e_ppb = effectiveness_ppb(attempts_of(member), PEOPLE["mean_ppb"], PARAMETERS_V1)
    milli = rating_milli(a_ppb, e_ppb)

    assert {
        "activity_ppb": a_ppb,
        "effectiveness_ppb": e_ppb,
        "rating_milli": milli,
    } == member["exact"]
    assert points(milli) == member["rating"]


@pytest.mark.parametrize("region", REGIONS["regions"], ids=lambda region: region["name"])
def test_a_region_of_the_worked_table_gets_the_published_score(region: dict[str, Any]) -> None:
    sums = RegionSums(
        members=region["members"],
        activity_ppb=region["members"] * region["activity_ppb"],
        qualified=region["qualified"],
        effectiveness_ppb=region["qualified"] * region["effectiveness_ppb"],
    )
    score = region_score(sums, NationalMeans(**REGIONS["national"]), PARAMETERS_V1)

    assert points(score.score_milli) == region["score"]
    assert size_league(region["members"], PARAMETERS_V1) == region["league"]
