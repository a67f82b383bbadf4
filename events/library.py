"""What happened to what is learned: versions published, documents put away and brought back."""

from uuid import UUID

from events.base import Fact, fact


@fact("psot.library.version.published.v1")
class VersionPublished(Fact):
    """Readers get ``version`` of a document from now on; earlier ones can still be read by number.

    ``author`` wrote it and ``reviewer`` let it pass; None stands for the folder of a ``pack``.
    ``sha256`` is the digest of the row in canonical JSON.
    """

    kind: str
    name: str
    pack: str
    version: int
    sha256: str
    author: UUID | None
    reviewer: UUID | None


@fact("psot.library.document.retired.v1")
class DocumentRetired(Fact):
    """A document is no longer offered; what was learned from its ``version`` stays as it is."""

    kind: str
    name: str
    version: int
    editor: UUID | None


@fact("psot.library.document.restored.v1")
class DocumentRestored(Fact):
    """A retired document is offered again, in its ``version``."""

    kind: str
    name: str
    version: int
    editor: UUID | None
