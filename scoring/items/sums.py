"""Exact sums of marks: they add up in any order, and what was added can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

PPM = 1_000_000
"""The mark of a question answered in full; every question is worth the same."""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Marks of one question, each 0 to 1,000,000: how many, their sum and the sum of squares."""

    count: int = 0
    sum: int = 0
    squares: int = 0

    def __add__(self, other: "Marks") -> "Marks":
        return Marks(
            count=self.count + other.count,
            sum=self.sum + other.sum,
            squares=self.squares + other.squares,
        )

    def __neg__(self) -> "Marks":
        return Marks(count=-self.count, sum=-self.sum, squares=-self.squares)

    @classmethod
    def of(cls, marks: Iterable[int]) -> "Marks":
        """Add up ``marks``."""
        told = list(marks)
        return cls(count=len(told), sum=sum(told), squares=sum(one * one for one in told))

    @property
    def variance(self) -> Fraction | None:
        """Estimated variance of the population (divided by n - 1); None for fewer than two."""
        return co_moment(self.count, self.sum, self.sum, self.squares)


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """A question's mark beside the mark of the rest of the test, attempt by attempt, added up."""

    attempts: int = 0
    marks: int = 0
    marks2: int = 0
    rests: int = 0
    rests2: int = 0
    products: int = 0

    def __add__(self, other: "Pairs") -> "Pairs":
        return Pairs(
            attempts=self.attempts + other.attempts,
            marks=self.marks + other.marks,
            marks2=self.marks2 + other.marks2,
            rests=self.rests + other.rests,
            rests2=self.rests2 + other.rests2,
            products=self.products + other.products,
        )

    def __neg__(self) -> "Pairs":
        return Pairs(
            attempts=-self.attempts,
            marks=-self.marks,
            marks2=-self.marks2,
            rests=-self.rests,
            rests2=-self.rests2,
            products=-self.products,
        )

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> "Pairs":
        """Add up pairs of a mark and the mark of the rest of the same attempt."""
        told = list(pairs)
        return cls(
            attempts=len(told),
            marks=sum(mark for mark, _ in told),
            marks2=sum(mark * mark for mark, _ in told),
            rests=sum(rest for _, rest in told),
            rests2=sum(rest * rest for _, rest in told),
            products=sum(mark * rest for mark, rest in told),
        )

    @property
    def mark_variance(self) -> Fraction | None:
        """V(x): variance of the question's marks; None for fewer than two attempts."""
        return co_moment(self.attempts, self.marks, self.marks, self.marks2)

    @property
    def rest_variance(self) -> Fraction | None:
        """V(X): variance of the marks of the rest of the test."""
        return co_moment(self.attempts, self.rests, self.rests, self.rests2)

    @property
    def covariance(self) -> Fraction | None:
        """C(x, X): covariance of the question with the rest of the test."""
        return co_moment(self.attempts, self.marks, self.rests, self.products)

    @property
    def covariance_with_test(self) -> Fraction | None:
        """C(x, T) of the question with the whole test, itself included: V(x) + C(x, X)."""
        variance, covariance = self.mark_variance, self.covariance
        return None if variance is None or covariance is None else variance + covariance


NO_MARKS = Marks()
NO_ATTEMPTS = Pairs()


def co_moment(count: int, first: int, second: int, products: int) -> Fraction | None:
    """Covariance out of the sums of two values and of their products, divided by n - 1.

    >>> co_moment(3, 6, 6, 14)  # 1, 2, 3 with itself: the variance
    Fraction(1, 1)
    """
    if count < 2:  # noqa: PLR2004 - one value has no spread
        return None
    return Fraction(count * products - first * second, count * (count - 1))
