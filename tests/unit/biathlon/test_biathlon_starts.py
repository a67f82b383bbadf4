"""Who starts when, and who races in which team."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.biathlon import (
    Candidate,
    DrawnTeam,
    Qualified,
    draw_teams,
    load_format,
    pursuit_starts,
    start_times,
)


def earlier(*gaps_ms: int) -> list[Qualified]:
    return [Qualified(bib=n, rank=n, behind_ms=ms) for n, ms in enumerate(gaps_ms, 1)]


def people(region: str, count: int, racer_class: str = "A") -> list[Candidate]:
    return [
        Candidate(who=f"{region}-{racer_class}{n}", region=region, racer_class=racer_class)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("name", "options", "starts_ms"),
    [
        ("sprint", {}, [0, 30_000, 60_000, 90_000]),
        ("super_sprint_qualification", {}, [0, 15_000, 30_000, 45_000]),
        ("mass_start", {}, [0, 0, 0, 0]),
        ("relay", {}, [0, 0, 0, 0]),
        ("sprint", {"start": {"kind": "group", "group": 3, "interval_s": 60}}, [0, 0, 0, 60_000]),
        ("sprint", {"start": {"kind": "group"}}, [0, 30_000, 60_000, 90_000]),
    ],
)
def test_a_start_list_follows_the_format(
    name: str, options: dict[str, object], starts_ms: list[int]
) -> None:
    found = start_times(load_format(name, options), [4, 3, 2, 1])

    assert found == dict(zip([4, 3, 2, 1], starts_ms, strict=True))


def test_a_pursuit_needs_an_earlier_race() -> None:
    with pytest.raises(ValueError, match="gaps of an earlier race"):
        start_times(load_format("pursuit"), [1])


def test_gaps_over_four_minutes_are_one_wave() -> None:
    found = pursuit_starts(
        load_format("pursuit"),
        earlier(0, 12_345, 240_000, 240_001, 600_000),
        earlier_format="sprint",
    )

    assert found == {1: 0, 2: 12_345, 3: 240_000, 4: 240_000, 5: 240_000}


def test_gaps_from_an_individual_are_halved_before_the_wave() -> None:
    found = pursuit_starts(
        load_format("pursuit"), earlier(0, 12_345, 480_000, 500_000), earlier_format="individual"
    )

    assert found == {1: 0, 2: 6_172, 3: 240_000, 4: 240_000}


def test_sixty_may_start_and_a_shared_place_lets_both_in() -> None:
    field = [*earlier(*range(0, 60_000, 1000)), Qualified(bib=61, rank=60, behind_ms=59_050)]
    late = Qualified(bib=62, rank=62, behind_ms=70_000)

    found = pursuit_starts(load_format("pursuit"), [late, *field], earlier_format="sprint")

    assert len(found) == 61
    assert 62 not in found


def test_a_pursuit_without_limits_lets_everybody_start_at_their_gap() -> None:
    sprint = load_format("sprint", {"start": {"kind": "pursuit"}})

    assert pursuit_starts(sprint, earlier(0, 300_000), earlier_format="sprint") == {
        1: 0,
        2: 300_000,
    }


def test_teams_are_drawn_within_regions_and_the_rest_is_named() -> None:
    teams, left = draw_teams(
        load_format("relay"), [*people("RU-TYU", 9), *people("RU-ALT", 3)], b"secret"
    )

    assert [(team.region, team.number) for team in teams] == [("RU-TYU", 1), ("RU-TYU", 2)]
    assert len({who for team in teams for who in team.legs}) == 8
    assert len(left) == 4


def test_a_mixed_team_takes_each_leg_from_its_class() -> None:
    teams, left = draw_teams(
        load_format("mixed_relay"), [*people("RU-TYU", 3, "A"), *people("RU-TYU", 2, "B")], b"s"
    )

    (team,) = teams
    assert [who.split("-")[2][0] for who in team.legs] == ["A", "A", "B", "B"]
    assert len(left) == 1


def test_two_racers_take_turns_in_a_single_mixed_relay() -> None:
    teams, _ = draw_teams(
        load_format("single_mixed_relay"), [*people("X", 1, "A"), *people("X", 1, "B")], b"s"
    )

    assert teams == (DrawnTeam(region="X", number=1, legs=("X-A0", "X-B0", "X-A0", "X-B0")),)


@given(st.permutations(people("X", 9)), st.binary(min_size=1, max_size=8))
def test_a_draw_depends_on_the_secret_only(order: list[Candidate], secret: bytes) -> None:
    format_ = load_format("relay")

    assert draw_teams(format_, order, secret) == draw_teams(format_, people("X", 9), secret)
