"""What can go wrong with boards."""

from psot.errors import NotFound, Unavailable


class UnknownBoard(NotFound):
    """There is no such region, league or topic."""

    code = "unknown_board"


class NoHistory(NotFound):
    """There is no such member, or their places are not for others."""

    code = "no_history"


class BoardsAreLate(Unavailable):
    """Redis does not answer: places cannot be told."""

    code = "boards_are_late"
