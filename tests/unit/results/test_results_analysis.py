"""Splits compared, charts drawn and times written, on races worked by hand."""

from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from psot.results import analysis, chart, picture
from psot.results.figures import gap, race_time
from psot.results.seasons import scored
from psot.results.words import tiles
from scoring.biathlon import protocol, written
from tests.biathlon import document, told
from tests.results import RELAY, SPRINT

STARTS = {bib: 30.0 * (bib - 1) for bib in SPRINT}


def rows(ways: dict[int, str] = SPRINT) -> list[dict[str, Any]]:
    """The lines of the protocol of a sprint."""
    data = document("sprint", ways, starts=STARTS, options={"stations": 1})
    found: list[dict[str, Any]] = written(protocol(told(data).race()))["results"]
    return found


def relay() -> dict[str, Any]:
    """The protocol of a relay of two teams."""
    teams = {bib: (f"RU-TYU-{1 + (bib > 4)}", (bib - 1) % 4 + 1) for bib in RELAY}
    data = document("relay", RELAY, teams=teams, options={"stations": 1})
    return written(protocol(told(data).race()))


def test_points_stand_in_the_order_of_the_course_whoever_passed_them() -> None:
    found = analysis.points(rows())

    assert found[:5] == [
        "lap1.station1",
        "lap1.range_entry",
        "lap1.range_exit",
        "lap1.loop_exit",
        "lap1.lap_end",
    ]
    assert found[-1] == "finish"
    assert found.index("lap2.loop_exit") == found.index("lap2.range_exit") + 1


def test_the_table_of_a_point_ranks_who_passed_it() -> None:
    found = analysis.at_point(rows(), "lap1.range_exit")

    assert [(one.rank, one.row["bib"], one.run_ms) for one in found] == [
        (1, 1, 74_000),
        (2, 2, 75_000),
        (3, 3, 79_000),
        (4, 4, 85_000),
    ]


def test_the_best_part_is_a_finishers_and_no_loop_is_no_best_loop() -> None:
    found = analysis.parts(rows())

    assert [bib for bib, by in found.items() if by["range_ms"].best] == [1]
    assert found[4]["range_ms"].rank is None
    assert found[3]["loop_ms"] == analysis.Part(ms=46_000, rank=3)
    assert analysis.series(rows(), "loops_ms")[1] == [
        analysis.Part(ms=None),
        analysis.Part(ms=26_000, rank=1),
    ]


def test_my_splits_stand_beside_the_best_the_median_and_my_regions_best() -> None:
    lines = rows()
    mine = next(one for one in lines if one["bib"] == 3)

    last = analysis.compared(mine, lines, frozenset({1, 3}))[-1]

    assert (last.point, last.run_ms, last.rank) == ("finish", 350_050, 3)
    assert (last.best_ms, last.median_ms, last.region_ms) == (308_190, 320_000, 320_000)


def test_the_chart_draws_gaps_downwards_and_keeps_labels_apart() -> None:
    lines = rows()
    points = chart.drawn(analysis.points(lines))
    labels = {one["bib"]: f"№ {one['bib']}" for one in lines}

    drawn = chart.chart(
        chart.racer_columns(lines, points), chart.racers(lines, labels, [2, 1, 3, 5, 99])
    )

    assert drawn is not None
    assert [one.run.key for one in drawn.strokes] == ["2", "1", "3"]
    assert not any(dot.point.endswith("loop_exit") for one in drawn.strokes for dot in one.dots)
    heights = [one.dots[-1].y for one in drawn.strokes]
    assert heights == sorted(heights)
    labels_y = sorted(one.label_y for one in drawn.strokes)
    assert all(low - high >= 17 for high, low in pairwise(labels_y))
    assert all(drawn.left <= dot.x <= drawn.right for one in drawn.strokes for dot in one.dots)
    assert chart.chart([], []) is None


def test_teams_are_compared_over_all_legs_by_who_was_there_first() -> None:
    lines = relay()["results"]
    points = {leg: analysis.points([r for r in lines if r["leg"] == leg]) for leg in range(1, 5)}
    teams = {"RU-TYU-1": "1", "RU-TYU-2": "2"}

    columns, runs = chart.teams(lines, teams, [*teams], chart.team_points(points))

    assert columns[0].point == "1.lap1.station1"
    assert columns[-1].at_ms == 1_214_950
    assert runs[0].gaps["4.finish"] == (2, 50)
    assert runs[0].gaps["1.exchange"] == (1, 0)
    assert runs[1].gaps["1.exchange"] == (2, 5_000)


@pytest.mark.parametrize(
    ("ms", "written", "behind"),
    [
        (None, "—", "—"),
        (0, "0.0", "0.0"),
        (99, "0.0", "0.0"),
        (9_960, "9.9", "+9.9"),
        (61_299, "1:01.2", "+1:01.2"),
        (3_661_050, "1:01:01.0", "+1:01:01.0"),
        (-1_500, "−1.5", "−1.5"),
    ],
)
def test_times_are_cut_to_a_tenth(ms: int | None, written: str, behind: str) -> None:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        assert (race_time(ms, "."), gap(ms, ".")) == (written, behind)


def test_bouts_become_tiles() -> None:
    assert [(one.misses, one.spares) for one in tiles("0+3 1+2", spares=True)] == [(0, 3), (1, 2)]
    assert [one.misses for one in tiles("0+1+0+2", spares=False)] == [0, 1, 0, 2]
    assert tiles("", spares=False) == []


def test_the_way_round_the_course_is_closed() -> None:
    assert picture.spot(0.0) == picture.spot(1.0)
    stations = picture.marks(3)
    assert [word for word, _, _ in stations] == ["1", "2", "3", "range", "line"]


def test_a_relay_counts_for_its_region_by_the_best_team() -> None:
    body = {"race": {"format": "relay", "options": {"stations": 1}}, **relay()}

    made, bibs = scored(body, {bib: f"member {bib}" for bib in RELAY}, {})

    assert made.racers == ()
    assert [(one.who, one.rank, one.points) for one in made.teams] == [("RU-TYU", 1, 90)]
    assert bibs["member 3"] == 3
