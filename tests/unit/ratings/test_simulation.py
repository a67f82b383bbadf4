"""The comparison of ways to rank regions: ours follows quality and not size."""

import pytest
from click.testing import CliRunner

from psot.cli import main
from psot.ratings.simulation import WAYS, Outcome, simulate, sizes_of


@pytest.fixture(scope="module")
def found() -> dict[str, Outcome]:
    return {one.way: one for one in simulate(seasons=6, seed=3)}


def test_the_published_comparison_comes_out(found: dict[str, Outcome]) -> None:
    ours = found["shrunken means (ours)"]
    by_sum, by_ten = found["sum of all ratings"], found["mean of the best ten"]

    assert (by_sum.with_size, by_sum.with_quality) == pytest.approx((0.99, 0.13), abs=0.12)
    assert (by_ten.with_size, by_ten.with_quality) == pytest.approx((0.84, 0.43), abs=0.12)
    assert (ours.with_size, ours.with_quality) == pytest.approx((0.02, 0.85), abs=0.12)


def test_no_other_way_finds_the_good_regions_better(found: dict[str, Outcome]) -> None:
    best = max(found.values(), key=lambda one: one.with_quality)

    assert len(found) == len(WAYS) == 7
    assert best.way == "shrunken means (ours)"


def test_everybody_lives_somewhere() -> None:
    sizes = sizes_of(10_000)

    assert len(sizes) == 85
    assert min(sizes) >= 1
    assert sum(sizes) == pytest.approx(10_000, abs=50)


def test_the_same_seed_prints_the_same_table() -> None:
    command = ["ratings", "simulate", "--seasons", "1", "--members", "1000", "--seed", "7"]

    first, second = (CliRunner().invoke(main, command) for _ in range(2))

    assert first.exit_code == 0
    assert first.stdout == second.stdout
    assert all(way in first.stdout for way in WAYS)
