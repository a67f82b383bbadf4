import json

from bench.crowd_heard import Heard
from bench.crowd_others import Picture, Spectator
from bench.crowd_passed import Passed
from tests.unit.bench_race.test_crowd_racers import Wire


def sections(**counts: int) -> list[dict[str, object]]:
    return [{"leg": 1, "lap": 1, "section": name, "count": one} for name, one in counts.items()]


def test_the_first_board_that_counts_somebody_knows_of_them_whoever_it_was() -> None:
    passed = Passed(watchers=2)
    for nth in range(3):
        passed.passed(["lap1.station1"], 10.0 + nth, 10.5 + nth)
    for moment_s, beyond in ((11.0, 1), (13.0, 2), (14.0, 3)):
        moments = passed.message(sections(station1=3 - beyond, station2=beyond))
        moments |= {0: moment_s, 1: moment_s + 0.25}

    assert passed.times_ms() == ([1250.0, 2250.0, 2250.0], 0)


def test_who_is_further_on_has_passed_and_ends_of_laps_are_not_counted() -> None:
    passed = Passed(watchers=1)
    passed.passed(["lap1.station2", "lap1.range_entry"], 1.0, 1.5)
    passed.passed(["lap1.lap_end"], 2.0, 2.5)
    told = [*sections(range=0), {"leg": 1, "lap": 2, "section": "station1", "count": 1}]
    passed.message(told)[0] = 3.0

    assert passed.times_ms() == ([2000.0], 0)


def test_a_passing_that_no_board_counts_is_missing() -> None:
    passed = Passed(watchers=20)
    passed.passed(["lap1.station1"], 1.0, 1.5)
    passed.message(sections(station2=1))[0] = 2.0  # one of twenty has heard it

    assert passed.times_ms() == ([], 1)


def test_a_spectator_looks_at_the_leaders_and_at_the_course() -> None:
    heard, wire = Heard(), Wire()
    heard.course.watchers = 1
    heard.course.passed(["lap1.station1"], 1.0, 1.25)
    one = Spectator(0, "race:x", Picture(heard))
    one.welcome(wire)  # type: ignore[arg-type]  # behaves as Line
    told = {"board": "race:x.field", "set": {"sections": sections(station2=1), "leaders": []}}
    for moment_s in (2.0, 4.0):
        one.told(f'42["board.delta",{json.dumps(told, separators=(",", ":"))}]'.encode(), moment_s)

    assert [said["board"] for _, _, said in wire.said] == ["race:x", "race:x.field"]
    assert heard.told()["board"]["p95"] == 1000.0
