"""What can go wrong in reading."""

from psot.errors import Conflict, Invalid, NotFound


class UnknownLesson(NotFound):
    """No such topic, or its lesson is not published."""

    code = "unknown_lesson"


class UnknownPlace(NotFound):
    """Nothing of that kind and name is published."""

    code = "unknown_place"


class TooManyBookmarks(Conflict):
    """A member keeps no more than so many."""

    code = "too_many_bookmarks"


class ProgressInvalid(Invalid):
    """What a page said of the reader's progress makes no sense."""

    code = "invalid_progress"
