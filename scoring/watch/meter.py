"""Real time is the only currency: what was played is paid for with time that has passed.

A meter saves real time while it runs, up to a bound, and every report spends some. Each member has
one meter and each viewing another; a report is paid from both, so two tabs, two devices or a
report sent twice earn together what one tab would have earned.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scoring.watch.parameters import WATCHING, Parameters
from scoring.watch.spans import Span, length_ms


@dataclass(frozen=True, kw_only=True)
class Meter:
    """Real time saved up to the moment ``at_ms`` (milliseconds since any fixed epoch)."""

    at_ms: int
    saved_ms: int = 0


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What a report came to: the part of it that time has paid for, in the order played."""

    meters: tuple[Meter, ...]
    accepted: tuple[Span, ...]
    cost_ms: int
    """Real time it took."""
    refused_ms: int
    """Media time that nobody can have watched by then."""

    @property
    def accepted_ms(self) -> int:
        """Media time accepted, what was played twice counted twice."""
        return length_ms(self.accepted)


def started(now_ms: int) -> Meter:
    """Return a meter that starts now, with nothing saved."""
    return Meter(at_ms=now_ms)


def accrued(meter: Meter, now_ms: int, params: Parameters = WATCHING) -> Meter:
    """Return ``meter`` at ``now_ms``; a clock that went back adds nothing, nor does it take.

    >>> accrued(Meter(at_ms=0, saved_ms=100), 400)
    Meter(at_ms=400, saved_ms=500)
    """
    passed = max(0, now_ms - meter.at_ms)
    saved = min(meter.saved_ms + passed, params.most_saved_ms)
    return Meter(at_ms=max(meter.at_ms, now_ms), saved_ms=saved)


def spend(
    meters: Sequence[Meter],
    played: Sequence[Span],
    speed_permille: int,
    *,
    now_ms: int,
    params: Parameters = WATCHING,
) -> Spent:
    """Pay for ``played`` at ``speed_permille`` from every one of ``meters``, as far as they reach.

    What was played first is accepted first. Raises ValueError for a speed that is not positive.

    >>> spend([Meter(at_ms=0)], [(0, 90_000)], 16_000, now_ms=10_000).accepted
    ((0, 20000),)
    """
    if speed_permille <= 0:
        raise ValueError("nothing is played at no speed")
    speed = min(speed_permille, params.most_speed_permille)
    ready = [accrued(meter, now_ms, params) for meter in meters]
    affordable = min(meter.saved_ms for meter in ready) * speed // 1000
    accepted = _first(played, affordable)
    cost = -(-length_ms(accepted) * 1000 // speed)
    return Spent(
        meters=tuple(replace(meter, saved_ms=meter.saved_ms - cost) for meter in ready),
        accepted=accepted,
        cost_ms=cost,
        refused_ms=length_ms(played) - length_ms(accepted),
    )


def _first(played: Sequence[Span], budget_ms: int) -> tuple[Span, ...]:
    kept: list[Span] = []
    left = budget_ms
    for start, end in played:
        taken = min(left, end - start)
        if taken > 0:
            kept.append((start, start + taken))
            left -= taken
    return tuple(kept)
