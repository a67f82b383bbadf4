import math

import pytest

from bench.fanout_figures import (
    CASES,
    Burst,
    Case,
    Goal,
    Line,
    Spread,
    Storm,
    as_json,
    goals,
    p95,
    share,
    table,
)
from psot.live.relay import EVERY_S

CASE = CASES[0].name


def heard(seq: int, clients: int = 10) -> dict[str, float]:
    return {"seq": seq, "heard": clients, "bytes": 200, "p95_ms": 9.0, "last_ms": 10.0 + seq}


def burst(*broadcasts: dict[str, float], sent: range, cpu_s: float = 0.001) -> Burst:
    return Burst.of(broadcasts, sent=sent, held=10, cpu_s=cpu_s, load_cpu_s=0.0005)


def line(server: str, cpu_us: float, **other: object) -> Line:
    spread = Spread(
        broadcasts=4,
        merged=0,
        missing=0,
        size=200,
        cpu_us=cpu_us,
        load_us=4.0,
        p95_ms=90.0,
        last_ms=100.0,
        worst_ms=110.0,
    )
    usual: dict[str, object] = {
        "server": server,
        "version": "1",
        "asked": 10,
        "held": 10,
        "connects_per_s": 100.0,
        "connect_ms": 1.0,
        "kb": 30.0,
        "cases": {CASE: spread},
    }
    return Line(**(usual | other))  # type: ignore[arg-type]


def storm(**other: float) -> Storm:
    usual = {"clients": 5, "back": 5, "took_s": 4.0, "cpu_s": 2.0, "http_count": 80}
    http = {"http_p95_ms": 900.0, "http_worst_ms": 950.0, "http_failed": 0}
    return Storm(**(usual | http | other))  # type: ignore[arg-type]


def unmet(lines: list[Line]) -> list[str]:
    return [one.what for one in goals(lines) if not one.met]


@pytest.mark.parametrize("case", CASES)
def test_no_case_is_faster_than_the_product_sends_a_board(case: Case) -> None:
    assert case.every_s > EVERY_S


def test_a_message_costs_its_share_of_what_the_server_used() -> None:
    bursts = [burst(heard(1), heard(2), sent=range(1, 3)), burst(heard(3), sent=range(3, 4))]

    spread = Spread.of(bursts)

    assert spread.cpu_us == pytest.approx(2000 / 30)
    assert spread.load_us == pytest.approx(1000 / 30)
    assert (spread.broadcasts, spread.last_ms, spread.worst_ms) == (3, 12.0, 13.0)
    assert (spread.merged, spread.missing) == (0, 0)


def test_a_broadcast_that_came_with_the_next_one_is_merged_and_not_missing() -> None:
    told = burst(heard(1), heard(3), sent=range(1, 4))

    assert (told.merged, told.missing) == (1, 0)


def test_a_client_that_did_not_hear_what_others_heard_misses_it() -> None:
    told = burst(heard(1), heard(2, clients=7), sent=range(1, 3))

    assert (told.merged, told.missing) == (0, 3)


def test_a_last_broadcast_that_nobody_heard_is_missing_everywhere() -> None:
    told = burst(heard(1), sent=range(1, 4))

    assert (told.merged, told.missing) == (1, 10)


def test_a_server_that_brought_nothing_has_no_figures() -> None:
    spread = Spread.of([burst(sent=range(1, 3))])

    assert math.isnan(spread.cpu_us)
    assert math.isnan(spread.last_ms)
    assert spread.missing == 10


def test_all_goals_are_met_at_their_limits() -> None:
    lines = [line("psot", 8.0, kb=35.0, storm=storm(took_s=5.0)), line("node", 10.0)]

    assert unmet(lines) == []


def test_each_peer_is_compared_with_its_own_limit() -> None:
    lines = [line("psot", 12.0), line("node", 14.0), line("picows", 10.0)]

    assert unmet(lines) == [f"CPU as a share of node's, {CASE}"]


def test_memory_the_storm_and_those_who_stayed_outside_are_goals_too() -> None:
    late = storm(took_s=5.1, back=4, http_p95_ms=1001.0)

    assert unmet([line("psot", 1.0, kb=35.1, held=9, storm=late)]) == [
        "clients that did not get in",
        "KB per connection",
        "half the field back, s",
        "clients not back",
        "HTTP p95 meanwhile, ms",
    ]


def test_what_was_not_measured_is_not_met() -> None:
    goal = Goal(what="CPU", value=float("nan"), limit=1.0)

    assert not goal.met
    assert goal.told().startswith("NOT MET")


def test_without_the_product_there_are_no_goals() -> None:
    assert goals([line("node", 10.0)]) == []


def test_a_peer_that_used_nothing_or_is_not_there_gives_no_ratio() -> None:
    mine = line("psot", 10.0)

    assert math.isnan(share(CASE, mine, line("node", 0.0)))
    assert math.isnan(share(CASE, mine, None))
    assert share(CASE, mine, line("node", 20.0)) == 0.5


@pytest.mark.parametrize(("values", "expected"), [([], math.nan), ([7.0], 7.0)])
def test_a_percentile_of_few_values_is_honest(values: list[float], expected: float) -> None:
    assert p95(values) == pytest.approx(expected, nan_ok=True)


def test_a_percentile_lies_among_its_values() -> None:
    assert 1.0 < p95([1.0, 2.0, 3.0]) <= 3.0


def test_the_table_has_a_row_for_every_server_and_case() -> None:
    lines = [line("psot", 12.0, storm=storm()), line("node", 24.0)]

    rows = table(lines).splitlines()

    assert [row.split()[0] for row in rows[1:3]] == ["psot", "node"]
    assert sum(row.startswith(CASE) for row in rows) == 2
    assert "0.50" in next(row for row in rows if row.startswith(CASE))


def test_machines_read_the_goals_with_their_verdict() -> None:
    lines = [line("psot", 12.0), line("node", 10.0)]

    told = as_json(lines, goals(lines))

    assert [one["server"] for one in told["lines"]] == ["psot", "node"]
    verdicts = {one["what"]: one["met"] for one in told["goals"]}
    assert verdicts[f"CPU as a share of node's, {CASE}"] is False
    assert verdicts["KB per connection"] is True
