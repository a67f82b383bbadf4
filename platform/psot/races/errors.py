"""What can be wrong with a wish about a race."""

from psot.errors import Conflict, Forbidden, Invalid, NotFound


class UnknownRace(NotFound):
    """There is no such race for this reader."""

    code = "unknown_race"


class WrongStage(Conflict):
    """The race is at a stage that does not allow it."""

    code = "wrong_stage"


class NotEntered(Forbidden):
    """The member is not on the start list."""

    code = "not_entered"


class EditedElsewhere(Conflict):
    """Somebody else changed the race meanwhile."""

    code = "edited_elsewhere"


class RaceInvalid(Invalid):
    """A race cannot be so."""

    code = "race_invalid"


class NotReady(RaceInvalid):
    """Something is missing without which the race cannot go on to its next stage."""

    code = "race_not_ready"


class AnswerInvalid(Invalid):
    """An answer at the registration does not fit."""

    code = "registration_invalid"
