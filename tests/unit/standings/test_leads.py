"""Leads at a point, kept passing by passing, are those of all passings taken together."""

from hypothesis import given
from hypothesis import strategies as st

from psot.standings.leads import Passed, Passings
from scoring.biathlon import tenths

CREWS = st.integers(0, 6)
MOMENTS = st.integers(0, 8)
VALUES = st.integers(0, 900)


def leads(passed: list[Passed]) -> list[Passed]:
    """Whoever was faster than everybody before, but the first."""
    found: list[Passed] = []
    best: int | None = None
    for one in sorted(passed):
        if best is not None and tenths(one.value) < tenths(best):
            found.append(one)
        best = one.value if best is None else min(best, one.value)
    return found


@given(st.lists(st.tuples(CREWS, st.none() | st.tuples(MOMENTS, VALUES)), min_size=1, max_size=30))
def test_however_passings_come_change_and_go_the_leads_are_those_of_all(
    steps: list[tuple[int, tuple[int, int] | None]],
) -> None:
    kept, known = Passings(), dict[int, Passed]()
    for crew, told in steps:
        now = None if told is None else Passed(*told, bib=crew)
        before = known.pop(crew, None)
        if now is not None:
            known[crew] = now

        assert kept.change(crew, now) == (before != now)
        assert list(kept.leads) == leads([*known.values()])
        assert kept.of_crew == known
        by_value = sorted((one.value, crew) for crew, one in known.items())
        assert list(kept.best(3)) == [(crew, known[crew]) for _, crew in by_value[:3]]
        if known:
            _, first = min((one.t_ms, crew) for crew, one in known.items())
            assert kept.first() == (first, known[first])
