"""What can go wrong on the operators' pages."""

from psot.errors import NotFound


class UnknownProjection(NotFound):
    """No projection of this name."""

    code = "unknown_projection"
