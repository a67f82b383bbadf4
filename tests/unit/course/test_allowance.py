"""The allowance for the way an answer travels, and how little can be made of it."""

from hypothesis import given
from hypothesis import strategies as st

from psot.course import allowance
from psot.course.pulse import credit_ms


def test_the_lowest_round_trip_counts_and_nothing_before_the_first() -> None:
    assert allowance.allowance_ms([], 450) == 0
    assert allowance.allowance_ms([300, 80, 500], 450) == 80
    assert allowance.allowance_ms([900], 450) == 450


def test_only_the_last_twenty_are_remembered_and_a_pause_is_no_round_trip() -> None:
    known: list[int] = []
    for rtt_ms in range(30):
        known = allowance.with_rtt(known, rtt_ms)
    assert known == list(range(10, 30))
    assert allowance.with_rtt(known, 60_000) == known
    assert allowance.with_rtt(known, -5) == known


@given(
    rtts_ms=st.lists(st.integers(0, 10_000), min_size=20, max_size=20),
    wishes=st.lists(st.integers(0, 3_000), min_size=20, max_size=20),
)
def test_twenty_shots_gain_at_most_two_and_a_half_seconds_whatever_is_forged(
    rtts_ms: list[int], wishes: list[int]
) -> None:
    bucket_ms, known, gained_ms = allowance.AT_FIRST_MS, list[int](), 0
    for shot, (rtt_ms, wish_ms) in enumerate(zip(rtts_ms, wishes, strict=True), 1):
        known = allowance.with_rtt(known, rtt_ms)
        used_ms = min(wish_ms, allowance.allowance_ms(known, bucket_ms))
        gained_ms += used_ms
        bucket_ms = allowance.after_shot_ms(bucket_ms, used_ms=used_ms, shot=shot)
        assert 0 <= bucket_ms <= allowance.MOST_MS
    assert gained_ms <= 2_500


def test_an_outage_is_credited_to_the_deadlines_it_touched_and_to_no_other() -> None:
    away = [(5_000, 9_000), (20_000, 60_000)]
    assert credit_ms(away, 0, 4_999) == 0
    assert credit_ms(away, 0, 10_000) == 4_000
    assert credit_ms(away, 6_000, 26_000) == 3_000 + 40_000
    assert credit_ms(away, 61_000, 81_000) == 0
    # The credit of the first moves the deadline into the second.
    assert credit_ms([(5_000, 9_000), (11_000, 12_000)], 0, 10_000) == 5_000
