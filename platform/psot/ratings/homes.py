"""Where a member stands in a season, as a pure rule over the member's homes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The region a member stands under, and whether its roster counts the member."""

    region: str = ""
    on_roster: bool = False


def standing(homes: Iterable[tuple[datetime, str]], starts_at: datetime) -> Standing:
    """Return the standing in the season that starts at ``starts_at``.

    The roster is frozen then: who joined earlier counts for the region chosen last before that
    moment. Who joined later is shown under the first region chosen and counts from the next season.

    >>> from datetime import UTC
    >>> start = datetime(2026, 10, 1, tzinfo=UTC)
    >>> standing([(datetime(2026, 11, 2, tzinfo=UTC), "RU-TYU")], start)
    Standing(region='RU-TYU', on_roster=False)
    """
    known = sorted(homes)
    before = [region for since, region in known if since < starts_at]
    if before:
        return Standing(region=before[-1], on_roster=True)
    return Standing(region=known[0][1]) if known else Standing()
