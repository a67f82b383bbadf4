"""What can go wrong in the ratings."""

from psot.errors import Conflict, Invalid, NotFound


class UnknownSeason(NotFound):
    """No such season, or it was not opened."""

    code = "unknown_season"


class SeasonIsOpen(Conflict):
    """The season was opened before."""

    code = "season_is_open"


class BadRules(Invalid):
    """A set of rules by which nobody could be rated; ``fields`` says what is wrong with each."""

    code = "bad_rules"


class UnknownFact(NotFound):
    """No such fact, or it did not count for this member."""

    code = "unknown_fact"
