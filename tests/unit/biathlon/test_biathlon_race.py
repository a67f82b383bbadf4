"""Stories of a race: what is left out, repeated, decided and undone."""

from typing import Any
from uuid import UUID

import pytest

from events import race
from scoring.biathlon import (
    Book,
    Entry,
    Impossible,
    Malformed,
    State,
    at_point,
    load_format,
    protocol,
    replay,
    written,
)
from tests.biathlon import RACE, document, made, told, way

SHORT = {"stations": 0}
DECISION = UUID(int=1)


def lines(data: dict[str, Any], until_ms: int | None = None) -> dict[int, dict[str, Any]]:
    found = written(protocol(told(data).race(until_ms)))
    return {line["bib"]: line for line in found["results"]}


def sprint(way_: str, **more: Any) -> dict[str, Any]:
    return lines(document("sprint", {1: way_}, options=SHORT, **more))[1]


def voided(question: str, t_ms: int = 900_000) -> dict[str, Any]:
    return {"t_ms": t_ms, "kind": "question_voided", "question": question}


def asked(facts: list[dict[str, Any]], question: str, number: int) -> list[dict[str, Any]]:
    """The facts, with ``question`` asked by the shot ``number``."""
    shots = [fact for fact in facts if fact["kind"] in {"shot", "fell"}]
    shots[number]["question"] = question
    return facts


def test_bouts_are_told_apart_without_laps_and_stations() -> None:
    line = sprint("10 HMHHH, 30 MMHHH, 60 fin")

    assert line["shootings"] == "1+2"
    assert line["total_ms"] == 60_000
    assert [split["point"] for split in line["splits"]] == [
        "lap1.range_entry",
        "lap1.range_exit",
        "lap2.range_entry",
        "lap2.range_exit",
        "finish",
    ]


def test_stations_are_counted_anew_where_the_end_of_a_lap_is_left_out() -> None:
    data = document(
        "sprint", {1: "5 s, 10 HHHHH, 20 s, 30 HHHHH, 40 s, 60 fin"}, options={"stations": 1}
    )

    points = [split["point"] for split in lines(data)[1]["splits"]]

    assert [point for point in points if "station" in point] == [
        "lap1.station1",
        "lap2.station1",
        "lap3.station1",
    ]


def test_laps_may_be_counted_before_the_range() -> None:
    line = sprint("10 s, 20 lap, 21 HHHHH, 40 s, 50 lap, 51 HHHHM, 60 loop, 70 s, 90 fin")

    assert line["shootings"] == "0+1"
    assert line["total_ms"] == 90_000


def test_who_moves_on_leaves_the_bout_and_only_shots_fired_can_miss() -> None:
    line = sprint("10 HM, 20 lap, 30 HHHHH, 50 fin")

    assert line["shootings"] == "1+0"
    assert line["ranges_ms"] == [1000, 4000]


def test_the_range_is_entered_at_the_last_station_known() -> None:
    data = document("sprint", {1: "10 s, 20 HHHHH, 30 lap"}, options={"stations": 2})

    assert lines(data)[1]["range_ms"] == 14_000


def test_shooting_begins_when_the_first_question_is_shown() -> None:
    data = document("sprint", {1: "10 s, 20 HHHHH"}, options={"stations": 1})
    data["facts"][1]["shown_ms"] = 17_000

    line = lines(data)[1]

    assert (line["range_ms"], line["shooting_ms"]) == (14_000, 7_000)


def test_a_loop_done_once_may_stand_for_all_and_moves_if_told_again() -> None:
    line = sprint("10 MMHHH, 40 loop, 60 loop, 70 lap, 80 HHHHH, 90 fin")

    assert line["loops_ms"] == [46_000, 0]
    assert [split["t_ms"] for split in line["splits"] if "loop" in split["point"]] == [60_000]


def test_a_loop_without_a_bout_only_places_a_split() -> None:
    line = sprint("10 loop, 60 fin")

    assert [split["point"] for split in line["splits"]] == ["lap1.loop_exit", "finish"]
    assert line["total_ms"] == 60_000


def test_a_point_told_twice_is_one_but_each_shot_is_a_shot() -> None:
    line = sprint(
        "5 fall, 5 fall, 10 H, 10 H, 10 M, 20 lap, 20 lap, 60 fin, 60 fin, 70 adj+1, 70 adj+1"
    )

    assert line["misses"] == 1
    assert line["falls"] == 1
    assert line["laps_ms"][0] == 20_000
    assert line["total_ms"] == 62_000


def test_the_last_lap_may_end_before_the_line() -> None:
    line = sprint("10 lap, 20 lap, 30 lap, 31 fin")

    assert line["laps_ms"] == [10_000, 10_000, 10_000]
    assert line["total_ms"] == 31_000


def test_a_jurys_credit_counts_whenever_it_was_given() -> None:
    assert sprint("1 adj-2.5, 60 fin")["total_ms"] == 57_500
    assert sprint("60 fin, 99 adj-2.5")["total_ms"] == 57_500


def test_whoever_is_out_gets_nothing_more() -> None:
    line = sprint("10 HHHHM, 20 dnf, 25 dns, 30 lap, 60 fin")

    assert (line["irm"], line["rank"], line["total_ms"], line["points"]) == ("DNF", None, None, 0)
    assert line["shootings"] == "1"


def test_a_disqualification_comes_before_every_other_mark() -> None:
    assert sprint("10 dnf, 20 dsq")["irm"] == "DSQ"
    assert sprint("10 dsq, 20 dnf")["irm"] == "DSQ"


def test_a_disqualified_racer_keeps_the_time_and_loses_the_rank() -> None:
    line = sprint("60 fin, 70 dsq")

    assert (line["rank"], line["total_ms"], line["behind_ms"]) == (None, 60_000, None)
    assert [split["rank"] for split in line["splits"]] == [None]


def test_reinstating_takes_back_what_was_before_it_only() -> None:
    assert sprint("60 fin, 70 dsq, 80 back")["rank"] == 1
    assert sprint("60 fin, 70 dsq, 80 back, 90 dsq")["rank"] is None


def test_a_reinstated_racer_is_not_barred_for_a_standing_target() -> None:
    data = document("super_sprint_final", {1: "10 MMMMMMMM, 60 back, 70 fin"}, options=SHORT)

    assert lines(data)[1]["rank"] == 1


def test_a_voided_question_counts_as_hit_for_all_at_its_time() -> None:
    data = document("individual", {1: "10 MHHHH, 60 fin", 2: "10 HHHHM, 60 fin"}, options=SHORT)
    shots_of_1, shots_of_2 = data["facts"][:6], data["facts"][6:]
    asked(shots_of_1, "q1", 0)
    asked(shots_of_2, "q1", 0)
    data["facts"].append(voided("q1"))

    before, after = lines(data, 60_000), lines(data)

    assert [before[bib]["total_ms"] for bib in (1, 2)] == [120_000, 120_000]
    assert [after[bib]["total_ms"] for bib in (1, 2)] == [60_000, 120_000]
    assert after[1]["shootings"] == "0"


def test_a_voided_question_opens_no_bout_with_the_spare_fired_for_it() -> None:
    data = document("super_sprint_final", {1: "10 HMHHHH, 30 HHHHH, 60 fin"}, options=SHORT)
    asked(data["facts"], "q1", 1)
    data["facts"].append(voided("q1"))

    assert lines(data)[1]["shootings"] == "0+1 0+0"


def test_a_voided_task_is_no_fall() -> None:
    data = document("sprint", {1: "10 fall, 20 fall, 60 fin"}, options=SHORT)
    asked(data["facts"], "q1", 0)
    data["facts"].append(voided("q1"))

    assert lines(data)[1]["falls"] == 1


def test_a_decision_is_undone_as_a_whole() -> None:
    format_, entries = load_format("sprint", SHORT), [Entry(bib=1), Entry(bib=2)]
    at = {"race": RACE, "t_ms": 70_000, "decision": DECISION}
    facts = [
        made(race.TargetMissed, 1, 10_000),
        made(race.RacerFinished, 1, 60_000),
        made(race.RacerFinished, 2, 61_000),
    ]
    decided = [
        race.QuestionVoided(**at, question="q1"),
        race.TimeAdjusted(**at, bib=1, ms=5000),
        race.RacerDisqualified(**at, bib=2),
    ]
    undone = race.DecisionUndone(race=RACE, t_ms=80_000, decision=DECISION)

    book = Book(format_, entries)
    book.add([*facts, *decided])
    staged = protocol(book.race())
    book.add([undone])

    assert [line.misses for line in staged.results] == [0, 0]
    assert [line.irm for line in staged.results] == [None, State.DSQ]
    assert protocol(book.race()) == protocol(replay(format_, entries, facts))
    assert book.race(70_000) == replay(format_, entries, [*facts, *decided])


def test_a_race_is_replayed_to_a_moment() -> None:
    data = document("sprint", {1: "10 HHHHH, 60 fin"}, starts={1: 5}, options=SHORT)

    states = [lines(data, ms)[1]["state"] for ms in (0, 5000, 10_000, 14_000, 60_000)]

    assert states == ["on the line", "range", "shot", "course", "finished"]


def test_racers_nothing_is_known_of_have_neither_rank_nor_mark() -> None:
    data = document(
        "mass_start", {1: "10 lap, 20 lap, 30 lap, 40 lap, 50 fin", 2: ""}, options=SHORT
    )

    line = lines(data)[2]

    assert (line["rank"], line["irm"], line["total_ms"], line["points"]) == (None, None, None, 0)


def test_a_lap_nobody_has_on_record_laps_nobody() -> None:
    data = document("mass_start", {1: "10 HHHHH, 50 fin", 2: "10 HHHHH, 90 dnf"}, options=SHORT)

    assert lines(data)[2]["irm"] == "DNF"


def test_a_lap_left_out_between_two_others_laps_nobody() -> None:
    data = document(
        "mass_start",
        {1: "10 lap, 20 lap, 30 lap, 40 lap, 50 fin", 2: "12 HHHHH, 22 HHHHH, 35 fin"},
        options=SHORT,
    )

    assert lines(data)[2]["rank"] == 1


def test_a_lapped_racer_is_out_even_if_the_race_goes_on() -> None:
    data = document(
        "mass_start",
        {1: "10 lap, 20 lap, 30 lap, 40 lap, 50 fin", 2: "21 lap, 22 lap, 23 lap, 24 lap, 45 fin"},
        options=SHORT,
    )

    assert lines(data)[2]["irm"] == "LAP"
    assert lines({**data, "options": {**SHORT, "lapped_out": False}})[2]["rank"] == 1


def test_a_book_told_again_and_again_keeps_who_was_lapped() -> None:
    ways = {1: "10 lap, 20 lap, 30 lap, 40 lap, 50 fin", 2: "21 lap", 3: "11 lap"}
    document_ = told(document("mass_start", ways, options=SHORT))
    book = Book(document_.format, document_.entries)
    book.add(document_.facts)

    first = book.race()
    book.add([made(race.LapDone, 3, 22_000)])

    assert [one.irm for one in first.racers] == [None, State.LAP, State.LAP]
    assert book.race().racers[:2] == first.racers[:2]
    assert book.race(25_000).racers[1].irm is State.LAP


def test_a_reinstated_racer_is_not_taken_out_for_a_lap_lost_before() -> None:
    ways = {
        1: "10 lap, 20 lap, 30 lap, 40 lap, 50 fin",
        2: "21 lap, 25 back, 26 lap, 36 lap, 46 lap, 60 fin",
    }

    assert lines(document("mass_start", ways, options=SHORT))[2]["rank"] == 2


def test_a_team_mate_of_the_disqualified_is_not_counted() -> None:
    teams = {1: ("A", 1), 2: ("A", 2)}
    ways = {1: "10 dsq, 20 ex", 2: "30 lap, 60 fin"}
    data = document("relay", ways, teams=teams, options={**SHORT, "legs": 2})

    found = written(protocol(told(data).race()))

    assert [line["irm"] for line in found["results"]] == ["DSQ", "DSQ"]
    assert found["teams"][0]["irm"] == "DSQ"


@pytest.mark.parametrize(
    ("ways", "irm"),
    [
        ({1: "0 dns", 2: "0 dns"}, "DNS"),
        ({1: "50 ex", 2: "50 dns"}, "DNF"),
        ({1: "50 ex, 60 fin", 2: ""}, None),
        ({1: "50 ex", 2: "60 dnf"}, "DNF"),
    ],
)
def test_a_team_is_marked_by_its_legs(ways: dict[int, str], irm: str | None) -> None:
    data = document(
        "relay",
        {bib: text.replace(", 60 fin", "") for bib, text in ways.items()},
        teams={1: ("A", 1), 2: ("A", 2)},
        options={**SHORT, "legs": 2},
    )

    (team,) = written(protocol(told(data).race()))["teams"]

    assert (team["irm"], team["rank"], team["points"]) == (irm, None, 0)


def test_a_leg_ends_with_the_exchange_also_where_it_is_told_as_finish() -> None:
    data = document(
        "relay",
        {1: "50 fin, 50 ex", 2: "90 fin"},
        teams={1: ("A", 1), 2: ("A", 2)},
        options={**SHORT, "legs": 2},
    )

    found = written(protocol(told(data).race()))

    assert [line["total_ms"] for line in found["results"]] == [50_000, 40_000]
    assert found["teams"][0]["total_ms"] == 90_000


def test_a_team_may_race_under_one_bib() -> None:
    data = document("relay", {1: "50 ex, 90 ex, 140 fin"}, options={**SHORT, "legs": 3})
    data["entries"] = [{"bib": 1, "team": "A", "leg": leg} for leg in (1, 2, 3)]

    found = written(protocol(told(data).race()))

    assert [line["total_ms"] for line in found["results"]] == [50_000, 40_000, 50_000]


def test_a_team_under_one_bib_may_be_on_its_first_leg() -> None:
    data = document("relay", {1: "10 lap"}, options={**SHORT, "legs": 2})
    data["entries"] = [{"bib": 1, "team": "A", "leg": leg} for leg in (1, 2)]

    found = written(protocol(told(data).race()))

    assert [line["state"] for line in found["results"]] == ["range", "on the line"]


def test_a_station_too_many_on_the_last_lap_is_only_a_point() -> None:
    data = document(
        "single_mixed_relay",
        {1: "10 s, 20 HHHHH, 30 s, 40 HHHHH, 50 s, 60 ex"},
        teams={1: ("A", 1)},
        options={"stations": 1},
    )

    (line,) = written(protocol(told(data).race()))["results"]

    assert "lap2.station2" in [split["point"] for split in line["splits"]]
    assert line["total_ms"] == 60_000


def test_penalty_time_adds_up_over_the_legs_of_a_team() -> None:
    options = {**SHORT, "legs": 2, "spares": 0, "penalty": {"kind": "time", "seconds": 10}}
    data = document(
        "relay",
        {1: "10 MMHHH, 50 ex", 2: "60 MHHHH, 90 fin"},
        teams={1: ("A", 1), 2: ("A", 2)},
        options=options,
    )

    (team,) = written(protocol(told(data).race()))["teams"]

    assert (team["total_ms"], team["shootings"]) == (120_000, "3")


def test_a_later_leg_may_start_by_the_start_list() -> None:
    data = document(
        "relay",
        {1: "", 2: "90 fin"},
        starts={2: 50},
        teams={1: ("A", 1), 2: ("A", 2)},
        options={**SHORT, "legs": 2},
    )

    assert lines(data)[2]["total_ms"] == 40_000


def test_the_table_of_a_point_is_there_for_whoever_asks() -> None:
    data = document("sprint", {1: "10 lap", 2: "9 lap"}, options=SHORT)
    state = told(data).race()

    table = [(entry.bib, place.rank) for entry, place in at_point(state, 1, "lap1.lap_end")]

    assert table == [(2, 1), (1, 2)]
    assert at_point(state, 1, "finish") == ()


@pytest.mark.parametrize(
    ("ways", "field", "why"),
    [
        ({1: "10 HHHHH, 20 HHHHH, 30 HHHHH"}, "facts[10]", "no shot left after 2 bouts"),
        ({1: "10 lap, 20 lap, 30 lap, 40 lap"}, "facts[3]", "has done all 3 laps"),
        ({1: "10 fin, 20 lap"}, "facts[1]", "cannot do that any more: finished"),
        ({1: "10 fin, 20 fin"}, "facts[1]", "cannot do that any more: finished"),
        ({1: "10 ex"}, "facts[0]", "this is no relay"),
        ({1: "4 s"}, "facts[0]", "starts later, at 5000"),
    ],
)
def test_what_cannot_have_happened_is_named(ways: dict[int, str], field: str, why: str) -> None:
    data = document("sprint", ways, starts={1: 5}, options=SHORT)

    with pytest.raises(Malformed) as caught:
        told(data).race()

    assert caught.value.field == field
    assert why in caught.value.why


def test_a_leg_nobody_handed_over_to_has_no_facts() -> None:
    data = document("relay", {1: "", 2: "60 lap"}, teams={1: ("A", 1), 2: ("A", 2)}, options=SHORT)

    with pytest.raises(Malformed, match=r"facts\[0\]: bib 2 has no start"):
        told(data).race()


def test_a_bib_off_the_start_list_is_refused() -> None:
    with pytest.raises(Impossible, match="bib 9 is not on the start list"):
        replay(load_format("sprint"), [Entry(bib=1)], [made(race.LapDone, 9, 1)])


def test_the_words_of_a_way_are_facts() -> None:
    assert [fact["kind"] for fact in way(1, "1 s, 2 HM, 3 fin")] == [
        "station_passed",
        "shot",
        "shot",
        "finished",
    ]
