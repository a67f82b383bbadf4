"""The figures of a whole test, as Moodle's "Quiz statistics calculations" defines them."""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from scoring.items.spread import Counts
from scoring.items.sums import PPM


@dataclass(frozen=True, kw_only=True)
class WholeFigures:
    """A test of ``positions`` questions over the first finished attempt of each member.

    Mean, median, standard deviation and standard error are shares of the highest total, 0 to 1.
    None stands where a figure cannot be calculated.
    """

    attempts: int
    positions: int
    mean: float | None
    median: float | None
    standard_deviation: float | None
    skewness: float | None
    kurtosis: float | None
    internal_consistency: float | None
    """CIC, Cronbach's alpha: P / (P - 1) (1 - sum of V(x) / V(T)), at most 1."""
    error_ratio: float | None
    """sqrt(1 - CIC): the share of the standard deviation that is luck."""
    standard_error: float | None
    """The error ratio times the standard deviation: the luck in one total."""


def whole_figures(
    totals: Counts, positions: int, mark_variances: Fraction | None = None
) -> WholeFigures:
    """Figures of a test by how many attempts reached each total.

    ``mark_variances`` is the sum of V(x) over all positions, in millionths squared; None where
    positions cannot be told apart because every member draws other questions: then there is no
    internal consistency.
    """
    count = sum(totals.values())
    mean = Fraction(_power_sum(totals, 1), count) if count else None
    second, third, fourth = _k_statistics(totals, mean)
    deviation = sqrt(second) if second is not None else None
    highest = positions * PPM
    consistency = _consistency(second, positions, mark_variances)
    ratio = None if consistency is None else sqrt(1 - consistency)
    return WholeFigures(
        attempts=count,
        positions=positions,
        mean=None if mean is None else float(mean / highest),
        median=_median(totals, highest),
        standard_deviation=None if deviation is None else deviation / highest,
        skewness=float(third) / sqrt(second) ** 3 if second and third is not None else None,
        kurtosis=float(fourth / second**2) if second and fourth is not None else None,
        internal_consistency=None if consistency is None else float(consistency),
        error_ratio=ratio,
        standard_error=None if ratio is None or deviation is None else ratio * deviation / highest,
    )


def _power_sum(totals: Counts, power: int, around: Fraction | int = 0) -> Fraction:
    return sum(
        (times * Fraction(total - around) ** power for total, times in totals.items()), Fraction(0)
    )


def _k_statistics(
    totals: Counts, mean: Fraction | None
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Return k2, k3 and k4: unbiased estimates of the population's cumulants.

    With m the mean powers of the difference to the mean: k2 = S m2 / (S - 1),
    k3 = S^2 m3 / ((S - 1)(S - 2)),
    k4 = S^2 ((S + 1) m4 - 3 (S - 1) m2^2) / ((S - 1)(S - 2)(S - 3)).
    """
    s = sum(totals.values())
    if mean is None or s < 2:  # noqa: PLR2004 - so many values each estimate needs
        return None, None, None
    m2, m3, m4 = (_power_sum(totals, power, mean) / s for power in (2, 3, 4))
    k2 = s * m2 / (s - 1)
    if s < 3:  # noqa: PLR2004
        return k2, None, None
    k3 = s * s * m3 / ((s - 1) * (s - 2))
    if s < 4:  # noqa: PLR2004
        return k2, k3, None
    k4 = s * s * ((s + 1) * m4 - 3 * (s - 1) * m2**2) / ((s - 1) * (s - 2) * (s - 3))
    return k2, k3, k4


def _median(totals: Counts, highest: int) -> float | None:
    """Return the middle total; of two middle ones their mean."""
    ordered = [total for total, times in sorted(totals.items()) for _ in range(times)]
    if not ordered:
        return None
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return float(Fraction(low + high, 2 * highest))


def _consistency(
    test_variance: Fraction | None, positions: int, mark_variances: Fraction | None
) -> Fraction | None:
    if not test_variance or mark_variances is None or positions < 2:  # noqa: PLR2004
        return None
    return Fraction(positions, positions - 1) * (1 - mark_variances / test_variance)
