"""What can be wrong with a wish of the jury or to the jury."""

from psot.errors import Conflict, Forbidden, Invalid, NotFound


class UnknownCase(NotFound):
    """There is no such case."""

    code = "unknown_case"


class UnknownProtest(NotFound):
    """There is no such protest."""

    code = "unknown_protest"


class UnknownDecision(NotFound):
    """There is no such decision."""

    code = "unknown_decision"


class TermsInvalid(Invalid):
    """A decision cannot be so."""

    code = "terms_invalid"


class ProtestInvalid(Invalid):
    """A protest or its answer cannot be so."""

    code = "protest_invalid"


class NotARacer(Forbidden):
    """Only racers of the race may protest."""

    code = "not_a_racer"


class WindowClosed(Conflict):
    """Protests are taken between the provisional protocol and the end of the window."""

    code = "window_closed"


class Decided(Conflict):
    """It was decided before."""

    code = "decided"


class OffStage(Conflict):
    """The race is at a stage in which the jury cannot do this."""

    code = "off_stage"


class NotTakenIn(Conflict):
    """The standings have not taken in everything that happened yet."""

    code = "not_taken_in"


class RaceMoved(Conflict):
    """The race changed since the difference was shown; nothing was applied."""

    code = "race_moved"


class StillOpen(Conflict):
    """A protest without an answer or a staged decision stands in the way."""

    code = "still_open"
