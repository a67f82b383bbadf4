"""What can go wrong in the officials' room."""

from psot.errors import Invalid, NotFound


class NotYourRegion(NotFound):
    """There is no such region, or it is not this official's."""

    code = "not_your_region"


class UnknownInvitation(NotFound):
    """There is no such invitation, or it is not of this official's region."""

    code = "unknown_invitation"


class UnfitInvitation(Invalid):
    """What an invitation is called, or how long it holds, does not fit."""

    code = "unfit_invitation"


class NoFigures(NotFound):
    """There is no such table of figures, or not yet."""

    code = "no_figures"
