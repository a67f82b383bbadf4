"""The career rating: the running season with a fading memory of the two before it."""

from collections.abc import Sequence

from scoring.rating.parameters import Parameters


def career_milli(seasons_milli: Sequence[int], params: Parameters) -> int:
    """Career rating in thousandths of a point, of ratings from the newest season backwards.

    A season not taken part in counts as 0; seasons older than the shares of ``params`` are
    forgotten. Half a thousandth rounds up.

    >>> from scoring.rating.parameters import PARAMETERS_V1
    >>> career_milli([700_000, 600_000, 500_000, 999_000], PARAMETERS_V1)
    630000
    """
    shares = zip(params.career_percent, seasons_milli, strict=False)
    return (sum(percent * milli for percent, milli in shares) + 50) // 100
