"""Sets of stretches: what they cover is what counting milliseconds one by one would say."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scoring.watch import Span, clip, common, length_ms, minus, union

END = 60
spans = st.lists(
    st.tuples(st.integers(0, END), st.integers(0, END)).map(lambda two: (min(two), max(two)))
)


def covered(these: object) -> set[int]:
    return {at for start, end in these for at in range(start, end)}  # type: ignore[attr-defined]  # any iterable of spans


@given(spans, spans)
def test_sets_of_stretches_are_the_sets_of_their_milliseconds(
    these: list[Span], those: list[Span]
) -> None:
    assert covered(union(these, those)) == covered(these) | covered(those)
    assert covered(minus(these, those)) == covered(these) - covered(those)
    assert covered(common(these, those)) == covered(these) & covered(those)


@given(spans, spans)
def test_two_that_cover_the_same_are_equal_and_tidy(these: list[Span], those: list[Span]) -> None:
    made = union(these, those)

    assert made == union(those, these) == union(made)
    assert all(start < end for start, end in made)
    assert all(one[1] < other[0] for one, other in pairwise(made))
    assert length_ms(made) == len(covered(made))


@given(spans, st.integers(0, END))
def test_nothing_lies_behind_the_end(these: list[Span], end: int) -> None:
    assert covered(clip(these, end)) == {at for at in covered(these) if at < end}
