"""What can go wrong in the virtual workplace."""

from psot.errors import Conflict, Forbidden, Invalid, NotFound


class UnknownScenario(NotFound):
    """No such scenario, or none that is played in this mode."""

    code = "unknown_scenario"


class UnknownRun(NotFound):
    """No such run, or not this member's."""

    code = "unknown_run"


class UnknownClass(NotFound):
    """No such class, or not this trainer's; or no open one with this code."""

    code = "unknown_class"


class UnknownProp(NotFound):
    """No such model among those that the operator added."""

    code = "unknown_prop"


class UnsoundProp(Invalid):
    """The operator laid down a file that is no model which can be shown."""

    code = "unsound_prop"


class BadAction(Invalid):
    """What was sent is no action."""

    code = "bad_action"


class ActionRefused(Conflict):
    """The action cannot be done here and now; nothing was kept. ``reason`` is the rules' code."""

    code = "refused"

    def __init__(self, message: object, *, reason: str, subject: str = "") -> None:
        super().__init__(message, subject=subject)
        self.reason = reason


class ActionStands(Conflict):
    """Another action was taken under this number: it stands."""

    code = "action_stands"


class Gap(Conflict):
    """The action's number is not the next one: the page goes on from where the run stands."""

    code = "gap"


class RunOver(Conflict):
    """The run has ended."""

    code = "run_over"


class RunGoesOn(Conflict):
    """The run has not ended, so nothing is told yet."""

    code = "run_goes_on"


class Paused(Conflict):
    """The trainer has paused the class: the clock stands still."""

    code = "paused"


class ClassClosed(Conflict):
    """The trainer has closed the class."""

    code = "class_closed"


class NotATrainer(Forbidden):
    """The class belongs to another trainer."""

    code = "not_a_trainer"
