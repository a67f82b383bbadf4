"""The allowance for the way an answer travels: what a deadline is stretched by, and its limit.

The fairness protocol, rule 4: the lowest of the last 20 round trips that the server measured, at
most what is in the bucket. The bucket begins with three grants, gets one a shot and holds seven at
most; what a shot used of it is gone. It is filled by 13 shots at most, so that nobody gains more
than 16 grants, 2.4 s, in a race, whatever they do to their clock or their connection.
"""

from collections.abc import Sequence
from typing import Final

GRANT_MS: Final = 150
AT_FIRST_MS: Final = 3 * GRANT_MS
MOST_MS: Final = 7 * GRANT_MS
GRANTS: Final = 13
LAST: Final = 20
"""How many round trips are remembered."""
LONGEST_MS: Final = 10_000
"""A longer round trip says that nobody was there, and nothing about the way."""


def allowance_ms(rtts_ms: Sequence[int], bucket_ms: int) -> int:
    """Return what the next deadline is stretched by; nothing before the first round trip."""
    return min(*rtts_ms, bucket_ms) if rtts_ms else 0


def after_shot_ms(bucket_ms: int, *, used_ms: int, shot: int) -> int:
    """Return the bucket after the ``shot``-th shot (from 1), which used so much of it."""
    granted_ms = GRANT_MS if shot <= GRANTS else 0
    return min(MOST_MS, max(0, bucket_ms - used_ms) + granted_ms)


def with_rtt(rtts_ms: Sequence[int], rtt_ms: int) -> list[int]:
    """Return the last round trips with one more; one that is no measure is left out."""
    known = [*rtts_ms, rtt_ms] if 0 <= rtt_ms <= LONGEST_MS else [*rtts_ms]
    return known[-LAST:]
