"""JSON: the canonical body, whose SHA-256 is the published hash, and names kept apart from it."""

import json

from psot.races.proof import canonical
from psot.results.protocols import Sheet


def body(sheet: Sheet) -> bytes:
    """Return exactly the bytes that were hashed."""
    return canonical(sheet.body)


def write(sheet: Sheet) -> bytes:
    """Return the protocol with its hash; ``names`` hold only those who agreed to be named."""
    about = {
        "stage": sheet.stage.value,
        "sha256": sheet.sha256,
        "published_at": sheet.published_at.isoformat(),
        "names": {str(one.person.bib): one.person.name for one in sheet.lines if one.person.name},
    }
    head = json.dumps(about, ensure_ascii=False)[:-1].encode()
    return head + b', "protocol": ' + body(sheet) + b"}\n"
