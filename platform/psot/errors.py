"""One family of errors; each room derives its own, the door translates them once.

``message`` is a sentence in the member's language (a lazy translation will do), ``subject`` names
what it is about. A page shows it with its status, the API and the sockets as one JSON shape.
"""

from typing import Any, ClassVar


class PsotError(Exception):
    """Something a caller did or met that has one clear sentence and one HTTP status."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400

    def __init__(self, message: Any, *, subject: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.subject = subject

    def __str__(self) -> str:
        """Return the sentence, with its subject where one is named."""
        return f"{self.message} ({self.subject})" if self.subject else str(self.message)


class NotFound(PsotError):  # noqa: N818 - read as a sentence: raise NotFound(...)
    """There is no such thing, or not for this caller."""

    code = "not_found"
    status = 404


class Forbidden(PsotError):  # noqa: N818
    """The caller is known and may not."""

    code = "forbidden"
    status = 403


class Unauthenticated(PsotError):  # noqa: N818
    """The caller is not known and has to sign in."""

    code = "sign_in_required"
    status = 401


class Conflict(PsotError):  # noqa: N818
    """The request contradicts what is already recorded."""

    code = "conflict"
    status = 409


class Invalid(PsotError):  # noqa: N818
    """The input does not fit; ``fields`` maps a field to its messages."""

    code = "invalid"
    status = 422

    def __init__(
        self, message: Any, *, subject: str = "", fields: dict[str, list[str]] | None = None
    ) -> None:
        super().__init__(message, subject=subject)
        self.fields = fields or {}


class TooMany(PsotError):  # noqa: N818
    """Too often; worth another try after ``retry_after_s`` seconds."""

    code = "too_many"
    status = 429

    def __init__(self, message: Any, *, subject: str = "", retry_after_s: int = 1) -> None:
        super().__init__(message, subject=subject)
        self.retry_after_s = retry_after_s


class Unavailable(PsotError):  # noqa: N818
    """A service behind us does not answer; nothing was accepted."""

    code = "unavailable"
    status = 503
