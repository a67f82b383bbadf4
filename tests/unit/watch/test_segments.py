"""What was played, on the wire of the xAPI video profile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.watch import BadSegments, Span, read_segments, write_segments

MOMENTS = st.integers(0, 20_000_000)


@given(st.lists(st.tuples(MOMENTS, MOMENTS).map(sorted).map(tuple), max_size=60))
def test_segments_come_back_as_they_were_written(played: list[Span]) -> None:
    kept = [span for span in played if span[0] < span[1]]

    assert read_segments(write_segments(kept)) == kept


def test_nothing_played_is_no_segments() -> None:
    assert read_segments("") == []


@pytest.mark.parametrize(
    "text",
    [
        "NaN[.]5",
        "0[.]Infinity",
        "-5[.]5",
        "0[.]1e9",
        "5[.]1",
        "0[.]12.3456",
        "0[.]9999999",
        "0[.]1[,]",
        "[,]",
        "0-5",
        "٣[.]٤",
        " 0[.]1",
        "[,]".join(["0[.]1"] * 101),
        "0[.]1" + " " * 4000,
    ],
)
def test_what_is_no_list_of_segments_is_refused(text: str) -> None:
    with pytest.raises(BadSegments):
        read_segments(text)
