"""What can go wrong on the course."""

from psot.errors import Conflict, Invalid


class TakenOver(Conflict):
    """Another tab or device of the racer has the seat now."""

    code = "taken_over"


class AnswerStands(Conflict):
    """The task was answered before with another option: the first answer stands."""

    code = "answer_stands"


class NotShown(Conflict):
    """The task is not the one that is shown."""

    code = "task_not_shown"


class OptionInvalid(Invalid):
    """The task has no such option."""

    code = "option_invalid"


class OffCourse(Conflict):
    """The race is not open to racers now."""

    code = "off_course"
