"""A member's first answers of a season added up: all that the rating needs of them.

One more answer is one addition, so a batch of facts costs what it brings and not what went before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from psot.ratings.rules import Standard


@dataclass(frozen=True, kw_only=True)
class First:
    """A first answer to a question, as far as the rating is concerned; ``week`` counts from 0."""

    question: str
    week: int
    score_ppm: int
    response_ms: int
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class Tally:
    """First answers, those given with effort in each week, and the sums of weights and scores.

    ``race_minutes`` are the normed minutes of the races finished in each week, ``watched_ms`` what
    was credited of recordings, ``given_minutes`` what contributions earned.
    """

    first_attempts: int
    efforts: tuple[int, ...]
    weight_ppm: int
    weighted_ppm2: int
    race_minutes: tuple[int, ...] = ()
    watched_ms: tuple[int, ...] = ()
    given_minutes: tuple[int, ...] = ()

    def with_answers(self, answers: Iterable[First], standard: Standard) -> "Tally":
        """Return it with ``answers`` added, weighed by ``standard``."""
        count, weights, weighted = self.first_attempts, self.weight_ppm, self.weighted_ppm2
        efforts = list(self.efforts)
        for one in answers:
            weight = standard.weight_ppm(one.question, one.version)
            count += 1
            weights += weight
            weighted += weight * one.score_ppm
            efforts[one.week] += one.response_ms >= standard.effort_from_ms(one.question)
        return replace(
            self,
            first_attempts=count,
            efforts=tuple(efforts),
            weight_ppm=weights,
            weighted_ppm2=weighted,
        )

    def with_watched(self, weeks_ms: Mapping[int, int], standard: Standard) -> "Tally":
        """Return it with newly credited milliseconds of recordings added, by week."""
        if not weeks_ms:
            return self
        watched = list(self.watched_ms or (0,) * standard.parameters.weeks)
        for week, ms in weeks_ms.items():
            watched[week] += ms
        return replace(self, watched_ms=tuple(watched))
