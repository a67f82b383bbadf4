"""The watch rests after a look, the longer it took: boards share its process."""

from uuid import UUID

from psot.jury.schedule import RESTS, Rests

LARGE, SMALL = UUID(int=1), UUID(int=2)


def test_a_race_rests_twenty_times_as_long_as_a_look_through_it_took() -> None:
    now_s = [100.0]
    rests = Rests(lambda: now_s[0])
    assert rests.over(LARGE), "nobody has looked yet"

    with rests.after(LARGE):
        now_s[0] += 1.5
    with rests.after(SMALL):
        now_s[0] += 0.01
    now_s[0] = 101.5 + RESTS * 1.5 - 0.1

    assert not rests.over(LARGE)
    assert rests.over(SMALL), "each race has its own rest"
    now_s[0] += 0.1
    assert rests.over(LARGE)
