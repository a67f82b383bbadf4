"""An import between its report and the editor's agreement: kept in Redis, for half an hour."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from redis import Redis

from content.exchange import Imported
from psot.library.rows import Row

KEPT_S = 1800


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What an editor has brought and not agreed to yet."""

    token: UUID
    rows: Sequence[Row]
    report: Mapping[str, Any]
    """As `content.exchange.LossReport.as_json` gives it."""
    files: Mapping[str, bytes]


def keep(redis: Redis, editor: UUID, token: UUID, imported: Imported) -> None:
    """Keep an import for its editor; the one kept before gives way to it."""
    document = {
        "token": str(token),
        "rows": imported.rows,
        "report": imported.report.as_json(),
        "files": {name: b64encode(data).decode() for name, data in imported.files.items()},
    }
    data = zlib.compress(json.dumps(document, ensure_ascii=False).encode())
    redis.set(_key(editor), data, ex=KEPT_S)


def look(redis: Redis, editor: UUID, token: UUID) -> Waiting | None:
    """Return the import with this token, or None where it waits no more."""
    found = _read(cast("bytes | None", redis.get(_key(editor))))
    return found if found and found.token == token else None


def take(redis: Redis, editor: UUID, token: UUID) -> Waiting | None:
    """Return the import and stop keeping it: of two who ask at once, one gets it."""
    if look(redis, editor, token) is None:
        return None
    return _read(cast("bytes | None", redis.getdel(_key(editor))))


def _read(data: bytes | None) -> Waiting | None:
    if data is None:
        return None
    document = json.loads(zlib.decompress(data))
    return Waiting(
        token=UUID(document["token"]),
        rows=document["rows"],
        report=document["report"],
        files={name: b64decode(text) for name, text in document["files"].items()},
    )


def _key(editor: UUID) -> str:
    return f"psot:library:import:{editor}"
