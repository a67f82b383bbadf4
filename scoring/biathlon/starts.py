"""Start lists: who starts when."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.biathlon.formats import Format, StartKind

_MS = 1000


@dataclass(frozen=True, kw_only=True)
class Qualified:
    """One line of the earlier race that a pursuit follows."""

    bib: int
    rank: int
    behind_ms: int


def start_times(format_: Format, bibs: Sequence[int]) -> dict[int, int]:
    """Start after the race's zero of each of ``bibs``, in ms, in the order in which they start.

    Raises ValueError for a pursuit, which needs an earlier race: `pursuit_starts`.

    >>> from scoring.biathlon.formats import load_format
    >>> start_times(load_format("sprint"), [7, 3])
    {7: 0, 3: 30000}
    """
    rule = format_.start
    if rule.kind is StartKind.PURSUIT:
        raise ValueError("a pursuit starts at the gaps of an earlier race")
    together = {
        StartKind.SINGLE: 1,
        StartKind.GROUP: rule.group or 1,
        StartKind.SIMULTANEOUS: max(1, len(bibs)),
    }[rule.kind]
    step_ms = (rule.interval_s or 0) * _MS
    return {bib: number // together * step_ms for number, bib in enumerate(bibs)}


def pursuit_starts(
    format_: Format, earlier: Sequence[Qualified], *, earlier_format: str
) -> dict[int, int]:
    """Start after the race's zero of everybody who qualified in ``earlier``, in ms.

    The gaps of the earlier race are the gaps of the start, halved after an individual. Who is
    further behind than the format's ``wave_after_s`` starts with that gap, all in one wave.

    >>> from scoring.biathlon.formats import load_format
    >>> field = [Qualified(bib=bib, rank=bib, behind_ms=ms) for bib, ms in ((1, 0), (2, 250_000))]
    >>> pursuit_starts(load_format("pursuit"), field, earlier_format="sprint")
    {1: 0, 2: 240000}
    >>> pursuit_starts(load_format("pursuit"), field, earlier_format="individual")
    {1: 0, 2: 125000}
    """
    rule = format_.start
    halved = 2 if earlier_format in rule.halve_gaps_from else 1
    wave_ms = None if rule.wave_after_s is None else rule.wave_after_s * _MS
    starts = {}
    for one in sorted(earlier, key=lambda line: (line.rank, line.behind_ms, line.bib)):
        if rule.field is None or one.rank <= rule.field:
            gap_ms = one.behind_ms // halved
            starts[one.bib] = gap_ms if wave_ms is None else min(gap_ms, wave_ms)
    return starts
