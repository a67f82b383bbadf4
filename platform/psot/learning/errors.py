"""What can go wrong in learning."""

from psot.errors import Conflict, Invalid, NotFound


class UnknownQuiz(NotFound):
    """No such quiz, or it is not published."""

    code = "unknown_quiz"


class UnknownAttempt(NotFound):
    """No such attempt of this member."""

    code = "unknown_attempt"


class AnswerStands(Conflict):
    """The question was answered before with other options: the first answer stands."""

    code = "answer_stands"


class NotShown(Conflict):
    """The question is not the one shown now, or it was changed since it was shown."""

    code = "question_not_shown"


class AlreadyPublished(Conflict):
    """The quiz is on the page already."""

    code = "already_published"


class NotPublished(Conflict):
    """The quiz is not on the page."""

    code = "not_published"


class ChoiceInvalid(Invalid):
    """What was chosen is no answer to the question."""

    code = "invalid_choice"
