"""What can go wrong in items."""

from psot.errors import NotFound


class UnknownItem(NotFound):
    """No such question, in the library or among the answers."""

    code = "unknown_item"


class UnknownTest(NotFound):
    """Nobody has finished such a test."""

    code = "unknown_test"
