"""What can go wrong in the community."""

from psot.errors import Conflict, Forbidden, Invalid, NotFound


class UnknownThread(NotFound):
    """No such question, or it is not on the page for this reader."""

    code = "unknown_thread"


class UnknownAnswer(NotFound):
    """No such answer to this question, or it is not on the page."""

    code = "unknown_answer"


class NotYours(Forbidden):
    """Only its author, the asker or an expert may do this."""

    code = "not_yours"


class PostDiffers(Conflict):
    """The same form was sent before with other words: the first ones stand."""

    code = "post_differs"


class ExpertDecided(Conflict):
    """An expert accepted an answer; only an expert accepts another one."""

    code = "expert_decided"


class TooManyAnswers(Conflict):
    """A question takes no more than so many answers."""

    code = "too_many_answers"


class CannotMerge(Conflict):
    """These two questions cannot be made one."""

    code = "cannot_merge"


class BadPost(Invalid):
    """What was written is too short or too long, or names no topic."""

    code = "bad_post"
