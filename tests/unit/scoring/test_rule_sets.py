"""A set of rules as plain figures: read back as it was, refused where nobody could be rated."""

from collections.abc import Sequence
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import (
    BOUNDS,
    PARAMETERS_V1,
    Fault,
    Malformed,
    Parameters,
    faults,
    figures_of,
    parameters_from,
)


def test_every_parameter_but_version_and_zone_can_be_published() -> None:
    names = {one.name for one in fields(Parameters)}

    assert set(BOUNDS) == names - {"version", "time_zone"}


def test_a_set_comes_back_from_its_figures() -> None:
    made = replace(PARAMETERS_V1, version=7, prior_weight=30, career_percent=(60, 30, 10))

    assert parameters_from(7, figures_of(made)) == made
    assert parameters_from(7, {}) == replace(PARAMETERS_V1, version=7)


@pytest.mark.parametrize(
    ("name", "figures", "fault"),
    [
        ("kindness", (1,), Fault.UNKNOWN),
        ("prior_weight", (0,), Fault.RANGE),
        ("weeks", (12,), Fault.RANGE),
        ("full_week_min", (90, 90), Fault.COUNT),
        ("league_edges_percent", (20, 40, 60), Fault.COUNT),
        ("league_edges_percent", (20, 20, 60, 80), Fault.ASCENDING),
        ("career_percent", (50, 30, 10), Fault.SUM),
        ("unknown_facility_ppm", (960_000,), Fault.CROSSED),
        ("small_region_below", (201,), Fault.CROSSED),
    ],
)
def test_what_is_wrong_is_said_of_its_parameter(
    name: str, figures: Sequence[int], fault: Fault
) -> None:
    assert faults({name: figures}) == {name: fault}
    with pytest.raises(Malformed, match=name):
        parameters_from(2, {name: figures})


@given(st.data())
def test_whatever_lies_in_its_bounds_rates_everybody(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([one for one in BOUNDS if BOUNDS[one].count == 1]))
    bounds = BOUNDS[name]
    figures = {name: [data.draw(st.integers(bounds.least, bounds.most))]}

    if not faults(figures):
        made = parameters_from(2, figures)
        assert getattr(made, name) == figures[name][0]
