"""What happens in a race is on its boards: the same whoever publishes, and nothing too early."""

import json
from typing import Any
from uuid import UUID

import pytest
from redis import Redis
from sqlalchemy import text

from events.race import RacerDisqualified
from psot import compact
from psot.course import queries as course
from psot.database import new_id
from psot.ledger.verify import verify
from psot.races import operations
from psot.races import queries as races
from psot.races.stages import Stage
from psot.races.values import ClassView
from psot.standings import around, copies, queries, screens
from psot.standings import log as logs
from psot.standings.lapping import Lapped
from psot.standings.projections import STANDINGS
from scoring.biathlon import board, replay
from tests.integration.standings.racing import Track, at, told, windows
from tests.races import NOW, racer
from tests.statements import statements
from tests.web import a_member


def lap(start_s: int, bout: str = "HHHHH", *, loops: int = 0) -> str:
    """A lap of a minute: a station after 20 s, a bout of five seconds, the loops, the end."""
    skied = "".join(f", {start_s + 40 + n} loop" for n in range(loops))
    return f"{start_s + 20} s, {start_s + 30} {bout}{skied}, {start_s + 60} lap"


def first_laps(count: int = 4) -> dict[int, str]:
    """Racers who start every 30 s; each is a second slower than the one before."""
    return {bib: lap((bib - 1) * 31) for bib in range(1, count + 1)}


def order(rows: Any) -> list[tuple[Any, ...]]:
    told = [row for key, row in rows.items() if key != "race"]
    return [
        (one["bib"], one["rank"], one["gap_ms"]) for one in sorted(told, key=lambda r: r["pos"])
    ]


def test_a_board_shows_the_order_of_the_log_and_the_state_of_the_race(track: Track) -> None:
    race = track.race(racers=4)
    facts = track.tell(race, first_laps(3))
    track.publish(200)
    rows = track.board(f"race:{race.id.hex}")

    assert order(rows) == [
        (row.racer.entry.bib, row.rank, row.gap_ms)
        for row in board(replay(race.rules, track.entries(race), facts))
    ]
    head = rows["race"]
    assert (head["stage"], head["entered"], head["on_course"]) == ("running", 4, 4)
    assert (head["frozen_ms"], head["delay_s"], head["laps"], head["bouts"]) == (None, 0, 3, 2)
    first = rows["1"]
    assert (first["state"], first["point"], first["bouts"]) == ("station", "lap1.lap_end", [0])
    assert rows["4"]["rank"] is None
    assert rows == {**track.board(f"racetrue:{race.id.hex}")}


def test_who_has_not_started_waits_on_the_line_until_the_own_moment(track: Track) -> None:
    race = track.race(racers=3)
    seen = []
    for at_s in (-5, 1, 31, 61):
        track.publish(at_s)
        rows = track.board(f"race:{race.id.hex}")
        seen.append([rows[str(bib)]["state"] for bib in (1, 2, 3)])

    line, gone = "on the line", "station"
    assert seen == [[line] * 3, [gone, line, line], [gone, gone, line], [gone] * 3]


def test_facts_in_any_order_and_a_new_process_give_the_same_boards(track: Track) -> None:
    race = track.race(racers=4)
    facts = track.tell(race, first_laps())
    track.publish()
    told = track.everything_public(race)
    track.start_again()
    track.redis.flushall()
    track.publish()

    assert track.everything_public(race) == told
    with track.database.begin() as session:
        assert sorted(map(repr, queries.log(session, race.id))) == sorted(map(repr, facts))
    assert {one.drifted for one in verify(track.database, STANDINGS)} == {0}


def test_a_log_written_anew_gives_the_same_boards(track: Track) -> None:
    race = track.race(racers=4)
    facts = track.tell(race, first_laps())
    track.publish()
    told = track.everything_public(race)
    track.erase_log()
    track.happen(race, reversed(facts))
    track.publish()

    assert track.everything_public(race) == told


def test_a_long_log_is_read_by_several_statements(
    track: Track, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = track.race(racers=4)
    facts = track.tell(race, first_laps())
    monkeypatch.setattr(logs, "AT_ONCE", len(facts) // 3)
    with statements(track.database) as sent, track.database.begin() as session:
        told, last = logs.after(session, race.id)
        rest = logs.after(session, race.id, last)

    assert told == facts
    assert rest == ([], last)
    assert len(sent.said) == 4 + 1


def test_an_impossible_fact_stops_neither_its_race_nor_another(track: Track) -> None:
    one, other = track.race(racers=2), track.race(racers=2)
    track.tell(one, {1: "20 s, 30 HHHHH, 60 lap, 61 fin, 70 fin", 99: "30 s"})
    track.tell(other, first_laps(2))
    track.publish()

    assert track.board(f"race:{one.id.hex}")["1"]["state"] == "finished"
    assert track.board(f"race:{other.id.hex}")["1"]["rank"] == 1
    with track.database.begin() as session:
        assert queries.book(session, one.id).race().racers[0].state == "finished"


def test_a_fact_that_came_before_its_cause_counts_once_the_cause_is_there(track: Track) -> None:
    race = track.race(format="relay", racers=8)
    entries = track.entries(race)
    team = entries[0].team
    legs = {one.leg: one.bib for one in entries if one.team == team}
    track.tell(race, {legs[2]: "90 s"})
    track.publish()
    before = track.board(f"race:{race.id.hex}")[f"t:{team}"]
    track.tell(race, {legs[1]: "20 s, 30 HHHHH, 40 lap, 45 s, 50 HHHHH, 60 lap, 65 s, 70 ex"})
    track.publish(602)
    row = track.board(f"race:{race.id.hex}")[f"t:{team}"]

    assert before["point"] is None
    assert (row["leg"], row["bib"], row["point"]) == (2, legs[2], "lap1.range_entry")
    assert row["rank"] == 1
    name = f"race:{race.id.hex}.p"
    assert track.board(f"{name}.leg1.lap1.range_entry")[f"t:{team}"]["bib"] == legs[1]
    assert track.board(f"{name}.leg2.lap1.range_entry")[f"t:{team}"]["bib"] == legs[2]
    assert list(track.board(f"{name}.leg1.exchange")) == [f"t:{team}"]


def test_parts_of_the_field_and_points_have_boards_of_their_own(track: Track) -> None:
    race = track.race(racers=4)
    with track.database.begin() as session:
        regions = {one.bib: one.region for one in races.start_list(session, race.id)}
    track.tell(race, first_laps())
    track.publish()
    name = f"race:{race.id.hex}"

    assert order(track.board(f"{name}.r.{regions[1]}"))[0] == (1, 1, 0)
    ends = track.board(f"{name}.p.lap1.lap_end")
    assert order(ends) == [(1, 1, 0), (2, 2, 1000), (3, 3, 2000), (4, 4, 3000)]
    assert ends["2"]["t_ms"] == 91_000
    assert not track.board(f"{name}.p.lap1.station1")


def test_the_range_the_course_and_the_ticker_tell_what_happens(track: Track) -> None:
    race = track.race(racers=4)
    track.tell(
        race,
        {
            1: "10 fall, 20 s, 30 HMHHM, 40 loop, 41 loop, 60 lap",
            2: "49 s, 60 HHM",
            3: "70 dnf",
        },
    )
    track.publish(200)
    name = f"race:{race.id.hex}"
    lanes = track.board(f"{name}.range")

    assert lanes["range"] == {"shooting": 1}
    assert (lanes["2"]["position"], lanes["2"]["bout"]) == ("P", 1)
    assert lanes["2"]["targets"] == ["hit", "hit", "miss", "aim", "wait"]
    sections = track.board(f"{name}.field")["sections"]
    assert [(one["lap"], one["section"], one["count"]) for one in sections] == [
        (1, "range", 1),
        (1, "station1", 1),
        (2, "station1", 1),
    ]
    news = track.board(f"{name}.news")
    told = [(one["kind"], one["bib"], one["n"]) for one in (news[str(n)] for n in range(1, 9))]
    assert told == [
        ("started", 1, 0),
        ("fell", 1, 0),
        ("started", 2, 0),
        ("penalty", 1, 2),
        ("new_leader", 2, 1),
        ("started", 3, 0),
        ("irm", 3, 0),
        ("started", 4, 0),
    ]


def test_the_whole_field_is_listed_part_by_part(track: Track, redis: Redis) -> None:
    race = track.race(racers=6)
    track.tell(race, first_laps(6))
    track.publish()

    def bibs(**wish: Any) -> tuple[list[int], int]:
        found = queries.listed(redis, race, **wish)
        return [one["bib"] for one in found.rows], found.total

    assert bibs() == ([1, 2, 3, 4, 5, 6], 6)
    assert bibs(start=3, count=2) == ([3, 4], 6)
    assert bibs(start=9) == ([], 6)
    assert bibs(region="RU-TYU") == ([1, 2, 3, 4, 5, 6], 6)
    assert bibs(region="RU-MOW") == ([], 0)
    assert bibs(text="6") == ([6], 1)
    assert bibs(text="никого") == ([], 0)
    assert bibs(around=6, count=3) == ([1, 2, 3], 6)
    row = queries.listed(redis, race, start=2, count=1).rows[0]
    assert row == track.board(f"race:{race.id.hex}")["2"]


def test_a_racer_sees_the_own_place_gaps_and_times(track: Track, redis: Redis) -> None:
    race = track.race(racers=8)
    track.tell(race, first_laps(7))
    track.publish()
    with track.database.begin() as session:
        members = {bib: racer(session, race.id, bib) for bib in (1, 3, 8)}
        stranger = a_member(session).id
    found = windows(redis, f"race:{race.id.hex}", [*members.values(), stranger])

    assert stranger not in found
    third = found[members[3]]
    assert (third["me"]["rank"], third["me"]["ahead_ms"], third["me"]["behind_ms"]) == (
        3,
        1000,
        1000,
    )
    assert (third["me"]["leader_ms"], third["me"]["region_ms"]) == (2000, 2000)
    assert [one["bib"] for one in third["rows"]] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert third["entered"] == 8
    assert [(one["point"], one["rank"], one["behind_ms"]) for one in third["splits"]][-1] == (
        "lap1.lap_end",
        3,
        2000,
    )
    assert found[members[1]]["me"]["ahead_ms"] is None
    assert found[members[8]]["me"]["rank"] is None
    assert windows(redis, f"race:{race.id.hex}.news", list(members.values())) == {}


def past_the_freeze() -> dict[int, str]:
    return {4: "101 dnf", 2: "121 s, 125 HHHHH, 130 lap", 1: "121 s, 130 MMMMM"}


@pytest.mark.parametrize("public", [True, False])
def test_nothing_public_tells_what_happened_after_the_freeze(
    track: Track, redis: Redis, *, public: bool
) -> None:
    race = track.race(racers=4, freeze_after_s=100, public=public)
    name = f"{'race' if public else 'racem'}:{race.id.hex}"
    with track.database.begin() as session:
        members = {bib: racer(session, race.id, bib) for bib in (1, 2, 4)}
    track.tell(race, {bib: way for bib, way in first_laps().items() if bib < 3})
    track.publish(110)

    def seen() -> dict[str, Any]:
        own = windows(redis, name, list(members.values()))
        for one in own.values():
            del one["splits"], one["me"]
        return {
            **track.everything_public(race),
            "list": queries.listed(redis, race),
            "own": own,
        }

    frozen = seen()
    track.tell(race, past_the_freeze())
    for at_s in (111, 150, 400):
        track.publish(at_s)
        assert seen() == frozen
    assert track.board(name)["race"]["frozen_ms"] == 100_000
    me = windows(redis, name, [members[2]])[members[2]]
    assert (me["me"]["rank"], me["me"]["leader_ms"], me["me"]["point"]) == (
        None,
        None,
        "lap2.lap_end",
    )
    assert [one["rank"] for one in me["splits"]] == [2, 2, 2, 2, None, None, None, None]
    true = track.board(f"racetrue:{race.id.hex}")
    assert true["4"]["irm"] == "DNF"
    assert queries.listed(redis, race, "true").rows[-1]["irm"] == "DNF"
    track.start_again()
    track.publish(500)
    assert seen() == frozen


def test_facts_past_the_freeze_do_not_leak_where_the_clock_is_late(
    track: Track, redis: Redis
) -> None:
    race = track.race(racers=2, freeze_after_s=100)
    with track.database.begin() as session:
        member = racer(session, race.id, 1)
    track.tell(race, {1: "20 s, 101 HHHHH"})
    track.publish(99.9)

    assert track.board(f"race:{race.id.hex}")["1"]["point"] == "lap1.range_entry"
    assert windows(redis, f"race:{race.id.hex}", [member])[member]["me"]["rank"] is None


def test_a_freeze_ends_by_hand_or_with_the_protocol(track: Track, redis: Redis) -> None:
    race = track.race(racers=2, freeze_after_s=10)
    track.tell(race, first_laps(2))
    track.publish(200)
    assert track.board(f"race:{race.id.hex}")["1"]["rank"] is None
    with track.database.begin() as session:
        operations.set_frozen(session, race.id, frozen=False, now=at(210))
    track.publish(210)

    rows = track.board(f"race:{race.id.hex}")
    assert rows["1"]["rank"] == 1
    assert rows["race"]["frozen_ms"] is None
    assert queries.listed(redis, race).rows[0]["rank"] == 1


def test_spectators_see_a_race_later_by_its_delay_and_racers_do_not(
    track: Track, redis: Redis
) -> None:
    race = track.race(racers=2, spectator_delay_s=60)
    name = f"race:{race.id.hex}"
    with track.database.begin() as session:
        member = racer(session, race.id, 1)
    track.tell(race, {1: lap(0)})
    points = []
    for at_s in (59, 61, 81, 121):
        track.publish(at_s)
        points.append((track.board(name)["1"]["state"], track.board(name)["1"]["point"]))

    assert points == [
        ("on the line", None),
        ("station", None),
        ("range", "lap1.range_entry"),
        ("station", "lap1.lap_end"),
    ]
    assert track.board(name)["race"]["delay_s"] == 60
    assert windows(redis, name, [member])[member]["me"]["point"] == "lap1.lap_end"
    assert track.board(f"racetrue:{race.id.hex}")["1"]["point"] == "lap1.lap_end"


def test_a_race_is_published_as_its_stage_changes_and_a_last_time_when_official(
    track: Track,
) -> None:
    race = track.race(racers=2, freeze_after_s=10)
    name = f"race:{race.id.hex}"
    track.tell(race, first_laps(2))
    stages = []
    for stage in (Stage.LOCKED, Stage.PROVISIONAL, Stage.OFFICIAL):
        track.enter(race, stage)
        track.publish(700)
        stages.append((track.board(name)["race"]["stage"], track.board(name)["1"]["rank"]))
    track.publish(710)

    assert stages == [("locked", None), ("provisional", None), ("official", 1)]


def test_a_log_is_complete_when_everything_told_was_taken_in(track: Track) -> None:
    race = track.race(racers=2)
    with track.database.begin() as session:
        assert queries.complete(session, race.id)
        races_told = races.jury_told(session, race.id)
    track.tell(race, {1: "20 s"})

    with track.database.begin() as session:
        assert not queries.complete(session, race.id)
    assert races_told == 0


def test_places_revealed_on_the_screen_are_true_on_the_board_and_no_others(
    track: Track, redis: Redis
) -> None:
    race = track.race(racers=4, freeze_after_s=100)
    name = f"race:{race.id.hex}"
    track.tell(race, {bib: way for bib, way in first_laps().items() if bib < 3})
    track.tell(race, {1: "101 dnf", 2: "121 s, 125 HHHHH, 130 lap", 3: "110 dnf"})
    track.publish(150)
    true = [one["bib"] for one in queries.listed(redis, race, "true").rows]
    assert true == [2, 4, 1, 3]
    seen = []
    for revealed in (0, 1, 2, 4):
        with track.database.begin() as session:
            screens.show(
                session, race.id, screens.Shown(revealed=revealed), by=race.id, now=at(160)
            )
        track.publish(160)
        rows = queries.listed(redis, race).rows
        board = track.board(name)
        assert [(one["bib"], one["irm"]) for one in rows] == [
            (row["bib"], row["irm"])
            for _, row in sorted(
                ((row["pos"], row) for key, row in board.items() if key != "race"),
                key=lambda pair: pair[0],
            )
        ]
        seen.append([(one["bib"], one["irm"]) for one in rows])

    assert seen == [
        [(1, None), (2, None), (3, None), (4, None)],
        [(1, None), (2, None), (4, None), (3, "DNF")],
        [(2, None), (4, None), (1, "DNF"), (3, "DNF")],
        [(2, None), (4, None), (1, "DNF"), (3, "DNF")],
    ]


def test_a_class_has_a_board_and_a_list_with_its_own_places(track: Track, redis: Redis) -> None:
    race = track.race(racers=4, stage=Stage.REGISTRATION)
    young = ClassView(code="new", title="Новички", rule="experience", values=("newcomer",))
    with track.database.begin() as session:
        operations.set_classes(session, race.id, [young])
        for stage in (Stage.ZEROING, Stage.RUNNING):
            operations.enter_stage(session, race.id, stage, now=NOW, by=None)
        race = races.race(session, race.id)
        here = [one.bib for one in races.start_list(session, race.id) if young.holds(one)]
    track.tell(race, first_laps())
    track.publish()
    gaps = [1000 * (bib - here[0]) for bib in here]

    assert order(track.board(f"race:{race.id.hex}.c.new")) == [
        (bib, place, gap) for place, (bib, gap) in enumerate(zip(here, gaps, strict=True), 1)
    ]
    assert [one["bib"] for one in queries.listed(redis, race, class_code="new").rows] == here


def test_each_racer_of_a_relay_finds_the_team_and_the_own_times(track: Track, redis: Redis) -> None:
    race = track.race(format="relay", racers=8)
    entries = track.entries(race)
    team = str(entries[0].team)
    legs = {one.leg: one.bib for one in entries if one.team == entries[0].team}
    first = "20 s, 30 HHHHH, 40 lap, 45 s, 50 HHHHH, 60 lap, 65 s, 70 ex"
    track.tell(race, {legs[1]: first, legs[2]: "90 s"})
    track.publish()
    with track.database.begin() as session:
        members = [racer(session, race.id, legs[leg]) for leg in (1, 2, 3)]
    found = windows(redis, f"race:{race.id.hex}", members)

    assert {one["me"]["team"] for one in found.values()} == {team}
    assert [one["me"]["bib"] for one in found.values()] == [legs[2]] * 3
    points = [[split["point"] for split in found[one]["splits"]] for one in members]
    assert points[0][-1] == "exchange"
    assert points[1:] == [["lap1.station1", "lap1.range_entry"], []]
    assert found[members[0]]["splits"][-1]["rank"] == 1
    assert found[members[0]]["entered"] == 2


def test_a_name_taken_back_leaves_the_boards(track: Track) -> None:
    race = track.race(racers=2)
    name = f"race:{race.id.hex}"
    with track.database.begin() as session:
        session.execute(text("UPDATE members SET name_public = true"))
    track.publish(1)
    before = track.board(name)["1"]["name"]
    with track.database.begin() as session:
        session.execute(text("UPDATE members SET name_public = false"))
    track.publish(40)

    assert (before, track.board(name)["1"]["name"]) == ("Анна Петрова", "")


def test_names_are_read_again_only_where_one_is_another(track: Track) -> None:
    race = track.race(racers=3)
    track.publish(1)

    def asked_at(t_s: float) -> int:
        with statements(track.database) as sent:
            track.publish(t_s)
        return sum("members.display_name" in one.split("FROM")[0] for one in sent.said)

    sealed = asked_at(40)
    with track.database.begin() as session:
        other = text("UPDATE members SET display_name = 'Вера' WHERE id = :id")
        session.execute(other, {"id": racer(session, race.id, 2)})
    renamed = asked_at(80)

    assert (sealed, renamed, asked_at(120)) == (1, 3, 1)  # the seal; seal, seal and names; the seal


def test_the_boards_of_a_race_that_fails_stop_no_other(track: Track) -> None:
    broken, other = track.race(racers=2), track.race(racers=2)
    with track.database.begin() as session:
        session.execute(
            text("UPDATE races SET options = '{\"laps\": 0}' WHERE id = :race"),
            {"race": broken.id},
        )
    track.tell(other, first_laps(2))
    track.publish()

    assert track.board(f"race:{other.id.hex}")["1"]["rank"] == 1
    assert track.board(f"race:{broken.id.hex}") == {}


def test_practice_is_shown_to_its_racer_and_not_to_the_jury(track: Track) -> None:
    race = track.race(racers=2, stage=Stage.PROVISIONAL)
    with track.database.begin() as session:
        member = racer(session, race.id, 1)
        practice = operations.start_practice(session, race.id, member, now=NOW)
    track.publish(1)
    name = f"{'race' if practice.public else 'racem'}:{practice.id.hex}"

    assert track.board(name)["race"]["entered"] == 1
    assert track.board(f"racetrue:{practice.id.hex}") == {}


def test_nobody_sees_half_a_decision(track: Track) -> None:
    race = track.race(racers=3)
    track.tell(race, first_laps(3))
    track.publish()
    decision = new_id()
    struck = [
        RacerDisqualified(race=race.id, bib=bib, t_ms=300_000, decision=decision) for bib in (1, 2)
    ]
    with track.database.begin() as session:
        for _ in struck:
            operations.count_told(session, race.id)
    track.happen(race, struck[:1])
    track.publish(601)
    half = track.board(f"racetrue:{race.id.hex}")
    assert [half[bib]["irm"] for bib in ("1", "2", "3")] == [None, None, None]
    track.happen(race, struck[1:])
    track.publish(602)
    after = track.board(f"racetrue:{race.id.hex}")
    assert [after[bib]["irm"] for bib in ("1", "2", "3")] == ["DSQ", "DSQ", None]


def test_the_course_takes_nothing_more_from_who_was_lapped(track: Track) -> None:
    race = track.race(racers=2, format="mass_start")
    track.tell(race, {1: f"{lap(0)}, 80 s, 85 HHHHH, 90 lap", 2: "20 s"})
    track.publish()
    assert track.board(f"race:{race.id.hex}")["2"]["irm"] == "LAP"
    with track.database.begin() as session:
        assert course.out(session, race.id) == {2}


def test_who_lost_a_race_takes_nobody_out_of_it(track: Track) -> None:
    race, lapped = track.race(racers=2, format="mass_start"), Lapped()
    track.tell(race, {1: f"{lap(0)}, 80 s, 85 HHHHH, 90 lap", 2: "20 s"})
    with track.database.begin() as session:
        lapped.note(queries.replay(session, race.id).racers)
    out = []
    for holds in (False, True):
        lapped.take_out(track.database, race, 600_000, holds=lambda _, held=holds: held)
        with track.database.begin() as session:
            out.append(course.out(session, race.id))

    assert out == [set(), {2}]


def test_a_lap_that_is_told_late_clears_its_racer_before_the_course_takes_him_out(
    track: Track,
) -> None:
    race = track.race(racers=2, format="mass_start")
    track.tell(race, {1: f"{lap(0)}, 80 s, 85 HHHHH, 90 lap", 2: "20 s"})
    track.publish(92)
    assert track.board(f"race:{race.id.hex}")["2"]["irm"] == "LAP"
    with track.database.begin() as session:
        assert course.out(session, race.id) == set()

    track.tell(race, {2: "25 HHHHH, 40 lap"})
    track.publish(600)

    assert track.board(f"race:{race.id.hex}")["2"]["irm"] is None
    with track.database.begin() as session:
        assert course.out(session, race.id) == set()


def test_a_frozen_race_waits_for_its_organizer_even_with_a_protocol(track: Track) -> None:
    race = track.race(racers=3, freeze_after_s=100)
    track.tell(race, first_laps(3))
    track.publish(99)
    track.enter(race, Stage.LOCKED)
    track.enter(race, Stage.PROVISIONAL, 601)
    track.publish(602)
    board_ = track.board(f"race:{race.id.hex}")
    assert (board_["race"]["frozen_ms"], board_["3"]["point"]) == (100_000, "lap1.loop_exit")
    track.enter(race, Stage.OFFICIAL, 603)
    track.publish(604)
    board_ = track.board(f"race:{race.id.hex}")
    assert (board_["race"]["frozen_ms"], board_["3"]["point"]) == (None, "lap1.lap_end")


def test_a_web_process_asks_only_for_what_moved_since_it_looked(track: Track, redis: Redis) -> None:
    race = track.race(racers=8)
    track.tell(race, first_laps(6))
    track.publish(400)
    field = copies.Field(race.id)
    asked: list[int] = []

    class Counting(copies.Copy):
        def take(self, told: Any) -> None:
            asked.append(len(told[2]) // 3)
            super().take(told)

    assert field.look(redis)
    field.true.__class__ = Counting
    assert field.look(redis)
    track.tell(race, {7: lap(7 * 31)})
    track.publish(401)
    assert field.look(redis)

    assert asked == [1], "nothing had moved at the second look, one of eight lines at the third"


def test_neighbours_of_a_field_stand_side_by_side_and_share_what_is_read(
    track: Track, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = track.race(racers=8)
    name = f"race:{race.id.hex}"
    track.tell(race, {bib: lap((8 - bib) * 31) for bib in range(1, 9)})
    track.publish(400)
    with track.database.begin() as session:
        members = [racer(session, race.id, bib) for bib in range(1, 9)]
    stranger = UUID(int=5)
    assert around.neighbours(name, [stranger, *members]) == [stranger, *members], "not seen yet"
    told_ = around.windows(redis, name, members)
    best_first = sorted(members, key=lambda one: json.loads(told_[one].text)["me"]["pos"])
    assert around.neighbours(name, [stranger, *members]) == [*best_first, stranger]
    assert around.neighbours("ratings:2026-Q4", members) == members

    read: list[bytes] = []
    loads = compact.loads
    monkeypatch.setattr(compact, "loads", lambda text: (read.append(text), loads(text))[1])
    field = copies.Field(race.id)
    around.windows_in(field, redis, members)
    lines = [one for one in read if one.startswith(b'{"') and b'"splits"' in one]
    assert len(lines) == 8, "the way of each is read once, though three windows need it"


def test_a_crowd_is_cut_windows_from_a_copy_that_looks_now_and_then(
    track: Track, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "LOOK_EVERY_S", 600)
    race = track.race(racers=2)
    name = f"race:{race.id.hex}"
    track.tell(race, first_laps(1))
    track.publish(400)
    with track.database.begin() as session:
        members = [racer(session, race.id, bib) for bib in (1, 2)]
    first = around.windows(redis, name, members)[members[0]].text
    redis.flushall()

    assert around.windows(redis, name, members)[members[0]].text == first, "nobody looked again"


def test_a_copy_keeps_some_of_what_it_read() -> None:
    copy = copies.Copy()
    rows = [
        str(one).encode() if kind == 0 else b'{"n":%d}' % one
        for one in range(copies.MOST_READ + 1)
        for kind in range(3)
    ]
    copy.take((b"", b"{}", rows, [], 0))
    first = copy.row(0)

    assert first == {"n": 0}
    assert copy.row(0) is first
    assert [copy.row(one)["n"] for one in range(1, copies.MOST_READ + 1)][-1] == copies.MOST_READ
    assert copy.row(0) is not first


def test_what_a_racer_passed_is_written_when_another_point_is_passed(
    track: Track, redis: Redis
) -> None:
    race = track.race(racers=2)
    ways = f"psot:race:{race.id.hex}:true:ways"
    track.tell(race, {1: "20 s, 30 HHHH"})
    track.publish(40)
    redis.hset(ways, "0", "seen")
    track.tell(race, {2: "41 s"})
    track.publish(50)
    untouched = redis.hget(ways, "0")
    track.happen(race, told(race, {1: "51 H"}))
    track.publish(52)

    assert untouched == b"seen"
    assert b"range_exit" in (redis.hget(ways, "0") or b"")


def test_the_windows_of_a_whole_race_are_those_of_a_process_that_just_began(
    track: Track, redis: Redis
) -> None:
    race = track.race(racers=8, freeze_after_s=300)
    name = f"race:{race.id.hex}"
    with track.database.begin() as session:
        members = [racer(session, race.id, bib) for bib in range(1, 9)]
    for moment_s in range(0, 600, 50):
        since_s = moment_s - 50
        everything = told(race, first_laps(8))
        facts = [one for one in everything if since_s <= one.t_ms // 1000 < moment_s]
        track.happen(race, facts)
        track.publish(moment_s)
        if moment_s == 350:
            redis.flushall()
            assert windows(redis, name, members) == {}
            track.publish(moment_s)
        if moment_s == 450:
            track.start_again()
            track.publish(moment_s)

        assert len(windows(redis, name, members)) == 8
    assert windows(redis, name, members)[members[0]]["me"]["rank"] is None, "the race is frozen"


def test_a_redis_that_came_back_with_less_is_shown_as_it_is_until_all_is_published_again(
    track: Track, redis: Redis
) -> None:
    race = track.race(racers=8)
    name = f"race:{race.id.hex}"
    with track.database.begin() as session:
        members = [racer(session, race.id, bib) for bib in range(1, 9)]
    track.tell(race, first_laps(3))
    track.publish(200)
    windows(redis, name, members)
    kept = {key: redis.dump(key) for key in redis.scan_iter(f"psot:race:{race.id.hex}:*")}
    track.tell(race, {bib: way for bib, way in first_laps(6).items() if bib > 3})
    track.publish(400)
    later = windows(redis, name, members)

    for key, value in kept.items():
        redis.restore(key, 0, value, replace=True)
    earlier = windows(redis, name, members)
    track.publish(401)

    assert [one["me"]["rank"] for one in earlier.values()].count(None) == 5
    assert [one["me"]["rank"] for one in later.values()].count(None) == 2
    assert windows(redis, name, members) == later
