"""The rating itself: 1000 times the geometric mean of activity and effectiveness."""

from math import isqrt, sqrt

PPB_PER_MILLI_SQUARED = 1_000_000
HALF_POINT_MILLI = 500
MILLI = 1000


def rating_milli(activity_ppb: int, effectiveness_ppb: int) -> int:
    """Rating in thousandths of a point, 0 to 1,000,000, rounded to the nearest.

    Two billionths multiplied are 10**18 for a rating of 10**6 milli, hence the divisor; the root
    of four times the quotient is the doubled rating, which halves with exact rounding.

    >>> rating_milli(850_000_000, 705_600_000)
    774442
    """
    doubled = isqrt(4 * activity_ppb * effectiveness_ppb // PPB_PER_MILLI_SQUARED)
    return (doubled + 1) // 2


def rating(activity: float, effectiveness: float) -> float:
    """Rating in points, 0 to 1000, unrounded, of two shares in [0, 1]."""
    return MILLI * sqrt(activity * effectiveness)


def points(milli: int) -> int:
    """Rating as shown to people: whole points, half a point rounds up.

    >>> points(774_500)
    775
    """
    return (milli + HALF_POINT_MILLI) // MILLI
