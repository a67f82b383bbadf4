"""What can go wrong in the ratings."""

from psot.errors import Conflict, NotFound


class UnknownSeason(NotFound):
    """No such season, or it was not opened."""

    code = "unknown_season"


class UnknownRegion(NotFound):
    """No such region."""

    code = "unknown_region"


class SeasonIsOpen(Conflict):
    """The season was opened before."""

    code = "season_is_open"
