"""What can go wrong with regions."""

from psot.errors import NotFound


class UnknownRegion(NotFound):
    """No such region."""

    code = "unknown_region"


class UnknownSeason(NotFound):
    """No such season, or it was not opened."""

    code = "unknown_season"


class NoRoster(NotFound):
    """The region has nobody on its roster, so there is nothing to print."""

    code = "no_roster"
