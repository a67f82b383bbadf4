"""What can go wrong in the library."""

from typing import Any

from psot.errors import Conflict, Invalid, NotFound


class UnknownDocument(NotFound):
    """No such document, or none that readers get."""

    code = "unknown_document"


class NameTaken(Conflict):
    """The name belongs to a document of another pack."""

    code = "name_taken"


class EditedMeanwhile(Conflict):
    """Somebody saved the document since it was opened; ``body`` is what they left."""

    code = "edited_meanwhile"

    def __init__(self, message: Any, *, subject: str, body: dict[str, Any], sha256: str) -> None:
        super().__init__(message, subject=subject)
        self.body = body
        self.sha256 = sha256


class OutdatedDraft(Conflict):
    """Another version was published since the draft was begun."""

    code = "outdated_draft"


class NotInThisState(Conflict):
    """The document has no draft, is not in review, or is retired."""

    code = "not_in_this_state"


class OwnWork(Conflict):
    """Who wrote a version does not publish it."""

    code = "own_work"


class BadDocument(Invalid):
    """The row does not fit; ``fields`` says where."""

    code = "bad_document"


class BadPack(Invalid):
    """The folder is no pack that can be loaded; the message holds every reason."""

    code = "bad_pack"
