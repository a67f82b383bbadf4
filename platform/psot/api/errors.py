"""What can go wrong with tokens and with the API's own rules."""

from psot.errors import Conflict, Forbidden, NotFound, PsotError, Unauthenticated


class BadToken(Unauthenticated):
    """The token is none of ours, has expired, was revoked, or its member is no more."""

    code = "bad_token"


class TokenNeeded(Unauthenticated):
    """Changes through the API need a token: the session of a browser only reads."""

    code = "token_needed"


class ScopeMissing(Forbidden):
    """The token was not made for this."""

    code = "scope_missing"


class ScopeNotYours(Forbidden):
    """A member asked for a scope that their roles do not give."""

    code = "scope_not_yours"


class UnknownToken(NotFound):
    """No such token of this member."""

    code = "unknown_token"


class TooManyTokens(Conflict):
    """The member has as many tokens as anybody may."""

    code = "too_many_tokens"


class NotJson(PsotError):  # noqa: N818 - read as a sentence: raise NotJson(...)
    """The body is not JSON."""

    code = "unsupported_media_type"
    status = 415


class NoRatingYet(NotFound):
    """The member has not answered anything in this season."""

    code = "no_rating_yet"


class UnknownProjection(NotFound):
    """No projection of this name."""

    code = "unknown_projection"
