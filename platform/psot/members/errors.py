"""What can go wrong in an account."""

from psot.errors import Conflict, Invalid, NotFound


class NoSuchMember(NotFound):
    """No member answers to this id or address."""

    code = "no_such_member"


class EmailTaken(Conflict):
    """Another member has this address."""

    code = "email_taken"


class BadInvitation(NotFound):
    """The invitation was used, has expired, or never was."""

    code = "bad_invitation"


class UnfitDetails(Invalid):
    """A detail of the account does not fit."""

    code = "unfit_details"
