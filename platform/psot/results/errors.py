"""What can be wrong with a wish about results."""

from psot.errors import Conflict, NotFound


class NotYet(Conflict):
    """The race has not come so far."""

    code = "not_yet"


class NoProtocol(NotFound):
    """The race has no such protocol."""

    code = "no_protocol"


class NoSeason(NotFound):
    """No race was ever run in this season."""

    code = "unknown_season"


class NotAPractice(NotFound):
    """The race is no practice race of this member."""

    code = "not_a_practice"
