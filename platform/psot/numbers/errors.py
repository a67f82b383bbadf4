"""What can go wrong with numbers."""

from psot.errors import NotFound


class UnknownFigure(NotFound):
    """There is no such figure."""

    code = "unknown_figure"
