"""Calibration: how hard each question proved and how long it takes, published for all at once.

Ratings read a published calibration, never the running answers, so one member's answer changes
no other member's figure and a figure can be computed again as it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.rating.parameters import Parameters

PPM = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One member's first attempt at one question, as a calibration sees it."""

    question: str
    score_ppm: int
    elapsed_ms: int

    @property
    def right(self) -> bool:
        """Whether the answer was right in full."""
        return self.score_ppm == PPM


@dataclass(frozen=True, kw_only=True)
class ItemCalibration:
    """What first attempts told about one question."""

    attempts: int
    facility_ppm: int
    median_ms: int


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """A snapshot of all questions with enough first attempts, and the season mean."""

    mean_ppm: int
    """Mean score of all first attempts."""
    items: Mapping[str, ItemCalibration] = field(default_factory=dict)

    @classmethod
    def initial(cls, params: Parameters) -> "Calibration":
        """State before the first publication: no question known, the agreed mean."""
        return cls(mean_ppm=params.initial_mean_ppm)

    @property
    def mean_ppb(self) -> int:
        """Season mean in the unit of :func:`scoring.rating.effectiveness_ppb`."""
        return self.mean_ppm * 1000

    def facility_of(self, question: str) -> int | None:
        """Facility of ``question`` in ppm, None where it is not known."""
        item = self.items.get(question)
        return None if item is None else item.facility_ppm

    def median_of(self, question: str) -> int | None:
        """Median time of ``question`` in ms, None where it is not known."""
        item = self.items.get(question)
        return None if item is None else item.median_ms


def facility_ppm(right: int, attempts: int) -> int | None:
    """Share of first ``attempts`` that were right in full, half to even; None without any.

    >>> facility_ppm(2, 3)
    666667
    """
    return round(Fraction(right * PPM, attempts)) if attempts else None


def season_mean_ppm(scores_ppm: Iterable[int]) -> int | None:
    """Mean score of first attempts, rounded half to even; None without any."""
    scores = list(scores_ppm)
    return round(Fraction(sum(scores), len(scores))) if scores else None


def median_ms(times_ms: Sequence[int]) -> int | None:
    """Median of answer times; of two middle ones the lower, a time somebody really took.

    >>> median_ms([9_000, 4_000, 30_000, 7_000])
    7000
    """
    return sorted(times_ms)[(len(times_ms) - 1) // 2] if times_ms else None


def calibrate(observations: Iterable[Observation], params: Parameters) -> Calibration:
    """Calibration of first attempts in any order.

    Questions with fewer attempts than ``calibration_min_attempts`` stay unknown, since a share of
    three answers is noise; all attempts count for the mean.
    """
    by_question: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        by_question[observation.question].append(observation)
    mean = season_mean_ppm(seen.score_ppm for group in by_question.values() for seen in group)
    return Calibration(
        mean_ppm=params.initial_mean_ppm if mean is None else mean,
        items={
            question: _item(group)
            for question, group in sorted(by_question.items())
            if len(group) >= params.calibration_min_attempts
        },
    )


def _item(group: Sequence[Observation]) -> ItemCalibration:
    times_ms = sorted(seen.elapsed_ms for seen in group)
    return ItemCalibration(
        attempts=len(group),
        facility_ppm=round(Fraction(sum(seen.right for seen in group) * PPM, len(group))),
        median_ms=times_ms[(len(group) - 1) // 2],
    )
