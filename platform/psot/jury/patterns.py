"""What makes somebody look: pure rules over the answers of a race. None of them punishes.

The figures are thresholds for looking, not for guilt: honest racers meet them now and then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, median_low, pstdev
from typing import Any, Final, NamedTuple

FLOOR_MS: Final = 1_200
"""Nobody reads a question with its options faster."""
MEDIAN_PERCENT: Final = 20
"""An answer under this share of the question's median time is very fast."""
MEDIAN_ANSWERS: Final = 5
"""So many answers make a median."""
FAST_ANSWERS: Final = 3
"""So many very fast right answers make a case: one or two can be luck."""
REGULAR_ANSWERS: Final = 10
REGULAR_PERCENT: Final = 8
"""Answer times whose spread is under this share of their mean are no human's."""
SAME_WRONG: Final = 3
SAME_LAG_MS: Final = 3_000
"""Two racers, so many times the same wrong option, with lags so close to each other."""
POPULAR: Final = 40
"""A wrong option that more racers chose is a common mistake and tells nothing."""
FOCUS_LOST: Final = 5

Evidence = Mapping[str, Any]
"""What one task tells."""


class Answer(NamedTuple):
    """A task of a racer, as far as these rules are concerned; times after the race's zero."""

    bib: int
    task: int
    question: str
    shown_ms: int
    ended_ms: int | None
    outcome: str | None
    chosen: str | None
    late_ms: int | None = None
    contradicted: int = 0

    @property
    def response_ms(self) -> int | None:
        """From showing to receiving; None without an answer in time."""
        if self.chosen is None or self.ended_ms is None:
            return None
        return self.ended_ms - self.shown_ms


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something to look at; ``subject`` makes it one however often it is found."""

    kind: str
    subject: str
    bibs: tuple[int, ...]
    evidence: Mapping[str, Any]


def too_fast(answers: Sequence[Answer]) -> Iterator[Finding]:
    """Racers with several right answers faster than reading takes."""
    times: dict[str, list[int]] = defaultdict(list)
    for one in answers:
        if one.response_ms is not None:
            times[one.question].append(one.response_ms)
    bounds = {
        question: max(
            FLOOR_MS,
            median_low(found) * MEDIAN_PERCENT // 100 if len(found) >= MEDIAN_ANSWERS else 0,
        )
        for question, found in times.items()
    }
    fast = (
        (one, ms, bounds[one.question])
        for one in answers
        if (ms := one.response_ms) is not None
        and ms < bounds[one.question]
        and one.outcome == "right"
    )
    tasks: dict[int, list[Evidence]] = {}
    for one, ms, bound_ms in fast:
        told = {"task": one.task, "response_ms": ms, "bound_ms": bound_ms}
        tasks.setdefault(one.bib, []).append(told)
    yield from _about("too_fast", tasks, least=FAST_ANSWERS)


def too_regular(answers: Sequence[Answer]) -> Iterator[Finding]:
    """Racers whose answers take nearly the same time, one like the other."""
    times_ms: dict[int, list[int]] = defaultdict(list)
    for one in answers:
        if (ms := one.response_ms) is not None:
            times_ms[one.bib].append(ms)
    for bib, own_ms in sorted(times_ms.items()):
        if len(own_ms) >= REGULAR_ANSWERS and _even(own_ms):
            told = {"mean_ms": round(fmean(own_ms)), "spread_ms": round(pstdev(own_ms))}
            yield Finding(
                kind="too_regular",
                subject=str(bib),
                bibs=(bib,),
                evidence={"answers": len(own_ms), **told},
            )


def _even(times_ms: Sequence[int]) -> bool:
    """Whether the standard deviation is under `REGULAR_PERCENT` of the mean, in whole numbers.

    Both sides squared and times the count squared: a field of ten thousand is looked through.
    """
    total, squares = sum(times_ms), sum(one * one for one in times_ms)
    return 100**2 * (len(times_ms) * squares - total**2) < (REGULAR_PERCENT * total) ** 2


def same_wrong(answers: Sequence[Answer]) -> Iterator[Finding]:
    """Pairs who chose the same wrong options, the one always so long after the other."""
    chose: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for one in answers:
        if one.outcome == "wrong" and one.chosen is not None:
            chose[one.question, one.chosen].append(one)
    shared: dict[tuple[int, int], list[tuple[Answer, Answer]]] = defaultdict(list)
    for group in chose.values():
        if len({one.bib for one in group}) > POPULAR:
            continue
        for first, second in combinations(sorted(group, key=lambda one: one.bib), 2):
            if first.bib != second.bib:
                shared[first.bib, second.bib].append((first, second))
    for (ahead, behind), pairs in sorted(shared.items()):
        lags_ms = [(second.ended_ms or 0) - (first.ended_ms or 0) for first, second in pairs]
        if len(pairs) >= SAME_WRONG and max(lags_ms) - min(lags_ms) <= SAME_LAG_MS:
            tasks = [
                {"question": first.question, "tasks": [first.task, second.task], "lag_ms": lag_ms}
                for (first, second), lag_ms in zip(pairs, lags_ms, strict=True)
            ]
            yield Finding(
                kind="same_wrong",
                subject=f"{ahead}:{behind}",
                bibs=(ahead, behind),
                evidence={"tasks": tasks},
            )


def contradicted(answers: Sequence[Answer]) -> Iterator[Finding]:
    """Racers who sent another option for a task that was answered."""
    tasks: dict[int, list[Evidence]] = {}
    for one in answers:
        if one.contradicted:
            told = {"task": one.task, "times": one.contradicted}
            tasks.setdefault(one.bib, []).append(told)
    yield from _about("contradicted", tasks)


def late(answers: Sequence[Answer]) -> Iterator[Finding]:
    """Racers whose answers arrived after their deadlines; ``late_ms`` says by how much."""
    tasks: dict[int, list[Evidence]] = {}
    for one in answers:
        if one.late_ms is not None and one.ended_ms is not None:
            told = {"task": one.task, "late_ms": one.late_ms - one.ended_ms}
            tasks.setdefault(one.bib, []).append(told)
    yield from _about("late", tasks)


def focus_lost(away: Mapping[int, int]) -> Iterator[Finding]:
    """Racers whose page lost the focus often."""
    for bib, times in sorted(away.items()):
        if times >= FOCUS_LOST:
            yield Finding(
                kind="focus_lost", subject=str(bib), bibs=(bib,), evidence={"times": times}
            )


def outages(
    gaps_ms: Iterable[tuple[int, int]], on_course_ms: Iterable[tuple[int, int, int]]
) -> Iterator[Finding]:
    """Each time the service was away, with what it took from each racer on the course.

    ``on_course_ms`` holds bib, start and end of each racer's way. The evidence proposes to take the
    overlap off the racer's time.
    """
    ways = list(on_course_ms)
    for from_ms, until_ms in gaps_ms:
        lost: dict[int, int] = defaultdict(int)
        for bib, start_ms, end_ms in ways:
            overlap_ms = min(until_ms, end_ms) - max(from_ms, start_ms)
            if overlap_ms > 0:
                lost[bib] += overlap_ms
        if lost:
            yield Finding(
                kind="outage",
                subject=str(from_ms),
                bibs=tuple(sorted(lost)),
                evidence={
                    "from_ms": from_ms,
                    "until_ms": until_ms,
                    "lost_ms": {str(bib): lost[bib] for bib in sorted(lost)},
                },
            )


def _about(
    kind: str, tasks: Mapping[int, Sequence[Evidence]], *, least: int = 1
) -> Iterator[Finding]:
    """Return a finding for each racer of whom enough tasks tell."""
    for bib, own in sorted(tasks.items()):
        if len(own) >= least:
            yield Finding(kind=kind, subject=str(bib), bibs=(bib,), evidence={"tasks": list(own)})
