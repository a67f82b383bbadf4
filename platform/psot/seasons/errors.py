"""What can go wrong with seasons."""

from psot.errors import Conflict, Invalid, NotFound, Unavailable


class UnknownSeason(NotFound):
    """No such season, or it was never opened."""

    code = "unknown_season"


class NotYet(Conflict):
    """The moment has not come: a season opens at its first one and closes after its last."""

    code = "season_not_yet"


class SeasonIsClosed(Conflict):
    """The season was closed before; a protocol is written once."""

    code = "season_is_closed"


class NotReady(Conflict):
    """Something that belongs into the protocol is not counted yet."""

    code = "season_not_ready"


class NotConfirmed(Invalid):
    """What cannot be undone is confirmed by typing the season's name."""

    code = "season_not_confirmed"


class Busy(Unavailable):
    """So much was written at this moment that no clean cut was found; worth another try."""

    code = "ledger_busy"


class NoDraft(NotFound):
    """Nobody has drafted rules."""

    code = "no_draft"


class NoShadow(Conflict):
    """What a draft changes cannot be shown, or was not shown yet."""

    code = "no_shadow"
