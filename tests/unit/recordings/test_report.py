"""A report of a player in the words of the video profile: what fits, and what never gets in."""

import math
from typing import Any
from uuid import UUID

import pytest

from psot.recordings.errors import BadReport
from psot.recordings.schemas import Told, read_report

VIEWING = UUID(int=7)


def a_report(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "verb": "paused",
        "number": 1,
        "session-id": str(VIEWING),
        "played-segments": "0[.]10[,]30[.]32.5",
        "speed": "1.25x",
        "time": 32.5,
        "length": 180.25,
        "progress": 0.1,
    }
    return {name: value for name, value in (body | changes).items() if value is not None}


def test_a_report_is_read_in_whole_milliseconds() -> None:
    assert read_report(a_report()) == Told(
        verb="paused",
        number=1,
        viewing=VIEWING,
        played=((0, 10_000), (30_000, 32_500)),
        speed_permille=1250,
        place_ms=32_500,
        length_ms=180_250,
    )


def test_a_jump_says_from_where_to_where() -> None:
    jump = {"verb": "seeked", "time-from": 3.5, "time-to": 170}

    assert read_report(a_report(**jump)).verb == "seeked"


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "watched"},
        {"verb": None},
        {"number": 0},
        {"number": -3},
        {"number": 10**9},
        {"number": 1.5},
        {"number": "1"},
        {"number": True},
        {"session-id": "me"},
        {"played-segments": None},
        {"played-segments": "0[.]NaN"},
        {"played-segments": "-10[.]20"},
        {"played-segments": "20[.]10"},
        {"played-segments": "0[.]1e300"},
        {"played-segments": ["0[.]1"]},
        {"speed": "0x"},
        {"speed": "-2x"},
        {"speed": "NaNx"},
        {"speed": "100x"},
        {"speed": 2},
        {"time": math.nan},
        {"time": math.inf},
        {"time": -1},
        {"time": 10**12},
        {"time-to": math.nan},
        {"length": math.nan},
        {"length": -5},
        {"length": None},
        {"progress": 7},
        {"progress": math.nan},
        {"credited_ms": 10**9},
    ],
)
def test_what_does_not_fit_is_refused_and_named(change: dict[str, Any]) -> None:
    with pytest.raises(BadReport) as refused:
        read_report(a_report(**change))

    assert list(refused.value.fields) == list(change)


@pytest.mark.parametrize("body", [None, [], "report", 7])
def test_what_is_no_object_is_no_report(body: object) -> None:
    with pytest.raises(BadReport):
        read_report(body)
