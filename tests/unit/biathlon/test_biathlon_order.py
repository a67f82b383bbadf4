"""The order of a field as bytes: what was laid down is read, whole, in part and line by line."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.biathlon.order import LINE_BYTES, Line, Order

LINES = st.lists(
    st.builds(
        Line,
        st.integers(0, 20_000),
        st.none() | st.integers(1, 20_000),
        st.none() | st.integers(0, 2**31 - 1),
    ),
    max_size=30,
    unique_by=lambda one: one.crew,
)


@given(lines=LINES, start=st.integers(0, 35), end=st.integers(0, 35))
def test_an_order_is_its_lines_and_so_is_each_part_of_it(
    lines: list[Line], start: int, end: int
) -> None:
    order = Order.of(lines)

    assert len(order.data) == LINE_BYTES * len(lines)
    assert [*order] == [*Order(order.data)] == lines
    assert [order[place] for place in range(len(order))] == lines
    assert [*order[start:end]] == lines[start:end]
    assert [*order.crews()] == [one.crew for one in lines]
    assert [*order.ranked()] == [one.crew for one in lines if one.rank is not None]
    assert order.places() == {one.crew: place for place, one in enumerate(lines)}


@given(lines=LINES)
def test_whoever_stands_behind_the_columns_has_neither_rank_nor_gap(lines: list[Line]) -> None:
    ranked = [Line(one.crew, place, 10 * place) for place, one in enumerate(lines[::2], 1)]
    behind = [Line(one.crew) for one in lines[1::2]]
    crews = [one.crew for one in [*ranked, *behind]]

    columns = [one.rank or 0 for one in ranked], [one.gap_ms or 0 for one in ranked]
    assert [*Order.of_columns(crews, *columns)] == [*ranked, *behind]
