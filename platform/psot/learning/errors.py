"""What can go wrong in learning."""

from psot.errors import Conflict, Invalid, NotFound


class UnknownQuiz(NotFound):
    """No such quiz, or it is not published."""

    code = "unknown_quiz"


class UnknownQuestion(NotFound):
    """No such question, or none in that version."""

    code = "unknown_question"


class UnknownAttempt(NotFound):
    """No such attempt of this member."""

    code = "unknown_attempt"


class AnswerStands(Conflict):
    """The question was answered before otherwise: the first answer stands."""

    code = "answer_stands"


class NotShown(Conflict):
    """The question is not the one shown now."""

    code = "question_not_shown"


class TimeIsUp(Conflict):
    """The answer came after the end of the time, or the attempt is over."""

    code = "time_is_up"


class CheckRunning(Conflict):
    """A check of this member is under way; ``subject`` is its attempt."""

    code = "check_running"


class NothingToAsk(Conflict):
    """There is no question to make a set of."""

    code = "nothing_to_ask"


class AlreadyPublished(Conflict):
    """The quiz is on the page already."""

    code = "already_published"


class NotPublished(Conflict):
    """The quiz is not on the page."""

    code = "not_published"


class ChoiceInvalid(Invalid):
    """What was sent is no answer to the question."""

    code = "invalid_choice"
