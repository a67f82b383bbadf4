"""A season: totals, disciplines, relays and the regions' cup; ties are parted by better places."""

from scoring.biathlon import (
    Score,
    SeasonRace,
    by_discipline,
    load_format,
    protocol,
    regions_cup,
    relays,
    season_race,
    standings,
    total,
)
from tests.biathlon import document, told


def score(who: str, rank: int, points: int, region: str | None = None) -> Score:
    return Score(who=who, rank=rank, points=points, region=region)


def ranks(found: object) -> list[tuple[object, int, int]]:
    return [(one.who, one.rank, one.points) for one in found]  # type: ignore[attr-defined]  # standings


def test_points_of_all_races_add_up_and_disciplines_stand_alone() -> None:
    races = [
        SeasonRace(discipline="sprint", racers=(score("anna", 1, 90), score("boris", 2, 75))),
        SeasonRace(discipline="pursuit", racers=(score("boris", 1, 90), score("vera", 2, 75))),
        SeasonRace(discipline="sprint", racers=(score("boris", 3, 60),)),
    ]

    assert ranks(total(races)) == [("boris", 1, 225), ("anna", 2, 90), ("vera", 3, 75)]
    assert ranks(by_discipline(races, "sprint")) == [("boris", 1, 135), ("anna", 2, 90)]
    assert total(races)[0].places == {1: 1, 2: 1, 3: 1}


def test_who_is_equal_on_points_is_parted_by_wins_then_second_places_then_shares() -> None:
    races = [
        [score("anna", 1, 10), score("boris", 2, 5), score("vera", 2, 5), score("gleb", 3, 0)],
        [score("anna", 4, 0), score("boris", 2, 5), score("vera", 3, 5), score("gleb", 2, 10)],
        [score("daria", 2, 5)],
        [score("daria", 2, 5)],
    ]

    assert ranks(standings(races)) == [
        ("anna", 1, 10),
        ("boris", 2, 10),
        ("daria", 2, 10),
        ("gleb", 4, 10),
        ("vera", 4, 10),
    ]


def test_a_region_brings_its_best_three_of_each_race() -> None:
    first = (
        score("a", 1, 90, "RU-TYU"),
        score("b", 2, 75, "RU-TYU"),
        score("c", 3, 60, "RU-TYU"),
        score("d", 4, 50, "RU-TYU"),
        score("e", 5, 45, "RU-ALT"),
        score("f", 6, 40),
    )
    second = (score("e", 1, 90, "RU-ALT"), score("g", 2, 75, "RU-KDA"))
    races = [
        SeasonRace(discipline="sprint", racers=first),
        SeasonRace(discipline="sprint", racers=second),
        SeasonRace(discipline="relay", teams=(score("RU-KDA", 1, 90),)),
    ]

    found = regions_cup(races)

    assert ranks(found) == [("RU-TYU", 1, 225), ("RU-ALT", 2, 135), ("RU-KDA", 3, 75)]
    assert found[1].places == {1: 1, 2: 1}
    assert ranks(relays(races)) == [("RU-KDA", 1, 90)]


def test_a_race_scores_for_racers_by_their_lasting_names() -> None:
    format_ = load_format("sprint", {"stations": 0})
    data = document("sprint", {1: "60 fin", 2: "70 fin", 3: "80 fin", 4: "9 dnf"})
    data["entries"][0]["region"] = "RU-TYU"
    result = protocol(told(data).race())

    found = season_race(format_, result, {1: "anna", 2: "boris", 4: "gleb"})

    assert found == SeasonRace(
        discipline="sprint", racers=(score("anna", 1, 90, "RU-TYU"), score("boris", 2, 75))
    )


def test_a_relay_scores_for_its_teams_only() -> None:
    format_ = load_format("relay", {"stations": 0, "legs": 1})
    data = document(
        "relay",
        {1: "60 fin", 2: "9 dnf"},
        teams={1: ("A", 1), 2: ("B", 1)},
        options={"stations": 0, "legs": 1},
    )

    found = season_race(format_, protocol(told(data).race()), {1: "anna"})

    assert found == SeasonRace(discipline="relay", teams=(score("A", 1, 90),))


def test_a_qualification_does_not_count() -> None:
    format_ = load_format("super_sprint_qualification")
    data = document("super_sprint_qualification", {1: "60 fin"})

    assert season_race(format_, protocol(told(data).race()), {1: "anna"}) is None


def test_a_season_without_races_has_no_standings() -> None:
    assert standings([]) == ()
