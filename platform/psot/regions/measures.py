"""What regions are compared by: a table of measures, their values and how they are written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from flask_babel import lazy_gettext, lazy_pgettext

from psot.regions.standing import Standing
from psot.shell.formats import number, percent, signed
from scoring.rating import SizeLeague, points

PPB, PPM = 1_000_000_000, 1_000_000


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure; ``value`` grows with how well a region does, None where there is nothing."""

    code: str
    title: Any
    about: Any
    value: Callable[[Standing], int | None]
    written: Callable[[int | None], str]

    def shown(self, one: Standing) -> str:
        """Write a region's value for people."""
        return self.written(self.value(one))


def _ranked(read: Callable[[Standing], int]) -> Callable[[Standing], int | None]:
    return lambda one: None if one.rank is None else read(one)


def _share(unit: int) -> Callable[[int | None], str]:
    return lambda value: number(None if value is None else value / unit, 2)


_ALL = (
    Measure(
        code="score",
        title=lazy_gettext("Score"),
        about=lazy_gettext("The score is 1000 × √(activity × effectiveness)."),
        value=_ranked(lambda one: one.score.score_milli),
        written=lambda value: number(None if value is None else points(value)),
    ),
    Measure(
        code="activity",
        title=lazy_gettext("Activity"),
        about=lazy_gettext("How regularly its members learn and take part, from 0 to 1."),
        value=_ranked(lambda one: one.score.activity_ppb),
        written=_share(PPB),
    ),
    Measure(
        code="effectiveness",
        title=lazy_gettext("Effectiveness"),
        about=lazy_gettext("How well its members answer the first time, from 0 to 1."),
        value=_ranked(lambda one: one.score.effectiveness_ppb),
        written=_share(PPB),
    ),
    Measure(
        code="coverage",
        title=lazy_gettext("Coverage"),
        about=lazy_gettext("The share of the roster that took part this season."),
        value=_ranked(lambda one: one.coverage_ppm),
        written=lambda value: percent(None if value is None else value / PPM),
    ),
    Measure(
        code="progress",
        title=lazy_pgettext("regions", "Progress"),
        about=lazy_gettext("The score against the end of the season before."),
        value=lambda one: one.progress_milli,
        written=lambda value: signed(None if value is None else round(value / 1000)),
    ),
)
MEASURES: Final[Mapping[str, Measure]] = MappingProxyType({one.code: one for one in _ALL})
SCORE: Final = MEASURES["score"]

LEAGUES: Final[Mapping[SizeLeague, Any]] = MappingProxyType(
    {
        SizeLeague.SMALL: lazy_gettext("under 60"),
        SizeLeague.MEDIUM: lazy_gettext("60 to 200"),
        SizeLeague.LARGE: lazy_gettext("over 200"),
    }
)


def ordered(lines: Sequence[Standing], measure: Measure) -> list[Standing]:
    """Return the regions with a value, the best first; of equals the higher score."""
    told = [(value, one) for one in lines if (value := measure.value(one)) is not None]
    told.sort(key=lambda one: (-one[0], one[1].rank or 0, one[1].region))
    return [one for _, one in told]
