"""Where a racer's time went: on the course, on the range, in the penalty loop."""

from dataclasses import dataclass
from itertools import pairwise

from scoring.biathlon.racer import Racer


@dataclass(frozen=True, kw_only=True)
class Times:
    """A racer's times in ms; ``course_ms + range_ms + loop_ms == run_ms`` always.

    A section counts when it is over: the range at its exit, the loop at its exit.
    """

    run_ms: int
    """From the own start to the last point passed."""
    course_ms: int
    """On the course: neither on the range nor in the loop."""
    range_ms: int
    """From range entry to range exit."""
    shooting_ms: int
    """From the first question shown to the last shot; part of the range time."""
    loop_ms: int
    """From range exit to loop exit."""
    ski_ms: int
    """Course and loop."""
    laps_ms: tuple[int | None, ...]
    """By lap; None where an end of the lap is not known."""
    ranges_ms: tuple[int, ...]
    """By bout, for the bouts that are over."""
    shootings_ms: tuple[int, ...]
    loops_ms: tuple[int, ...]


def times(racer: Racer) -> Times:
    """The times of ``racer`` up to the last point passed."""
    start_ms = racer.start_ms or 0
    run_ms = max((one.t_ms for one in racer.passed.values()), default=start_ms) - start_ms
    over = [(bout, bout.exit_ms) for bout in racer.bouts]
    ended = [(bout, exit_ms) for bout, exit_ms in over if exit_ms is not None]
    ranges_ms = tuple(exit_ms - bout.entered_ms for bout, exit_ms in ended)
    loops_ms = tuple(
        0 if bout.loop_exit_ms is None else bout.loop_exit_ms - exit_ms for bout, exit_ms in ended
    )
    range_ms, loop_ms = sum(ranges_ms), sum(loops_ms)
    shootings_ms = tuple(exit_ms - bout.shown_ms for bout, exit_ms in ended)
    return Times(
        run_ms=run_ms,
        course_ms=run_ms - range_ms - loop_ms,
        range_ms=range_ms,
        shooting_ms=sum(shootings_ms),
        loop_ms=loop_ms,
        ski_ms=run_ms - range_ms,
        laps_ms=_laps(racer, start_ms),
        ranges_ms=ranges_ms,
        shootings_ms=shootings_ms,
        loops_ms=loops_ms,
    )


def _laps(racer: Racer, start_ms: int) -> tuple[int | None, ...]:
    last = max((point.lap for point in racer.passed), default=0)
    ends = [start_ms, *(racer.lap_end_ms(lap) for lap in range(1, last + 1))]
    return tuple(
        None if before is None or end is None else end - before for before, end in pairwise(ends)
    )
