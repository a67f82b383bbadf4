"""Our own reader of xAPI statements: what version 1.0.3 says of those parts that we use."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlparse
from uuid import UUID

Part = Mapping[str, Any]

DURATION = re.compile(r"PT(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
PARTS = {
    "": {"id", "actor", "verb", "object", "result", "context", "timestamp", "version"},
    "actor": {"objectType", "name", "mbox", "mbox_sha1sum", "openid", "account"},
    "verb": {"id", "display"},
    "object": {"objectType", "id", "definition"},
    "result": {"score", "success", "completion", "response", "duration", "extensions"},
    "context": {"registration", "platform", "language", "extensions", "contextActivities"},
}
"""The names that may stand in a statement and in its parts."""


def faults(statement: Part) -> list[str]:
    """Return what is wrong with a statement; nothing where all is well."""
    named = {"": statement} | {name: statement.get(name, {}) for name in PARTS if name}
    return [
        *(f"{name} has no {one}" for name, one in _missing(named)),
        *(
            f"{name} knows no {one}"
            for name, part in named.items()
            for one in part.keys() - PARTS[name]
        ),
        *(f"{where} is null" for where in _nulls(statement, "")),
        *(said for said, wrong in _checks(statement).items() if wrong),
    ]


def _missing(named: Mapping[str, Part]) -> list[tuple[str, str]]:
    needed = {"": ("actor", "verb", "object"), "verb": ("id",), "object": ("id",)}
    return [
        (name, one) for name, all_of in needed.items() for one in all_of if one not in named[name]
    ]


def _checks(told: Part) -> dict[str, bool]:
    actor, result, context = told["actor"], told.get("result", {}), told.get("context", {})
    ways = {"mbox", "mbox_sha1sum", "openid", "account"} & actor.keys()
    extensions = [*context.get("extensions", {}), *result.get("extensions", {})]
    scaled = result.get("score", {}).get("scaled", 0)
    return {
        "an actor is told in exactly one way": len(ways) != 1,
        "an account has its home page": not _is_iri(actor.get("account", {}).get("homePage", "")),
        "ids are UUIDs": not all(map(_is_uuid, (told["id"], context["registration"]))),
        "verb, object and extensions are named by addresses": not all(
            map(_is_iri, (told["verb"].get("id", ""), told["object"].get("id", ""), *extensions))
        ),
        "words have their language": not all(
            map(LANGUAGE.fullmatch, told["verb"].get("display", {}))
        ),
        "a scaled score is from -1 to 1": not -1 <= scaled <= 1,
        "a duration is ISO 8601": not DURATION.fullmatch(result.get("duration", "PT0S")),
        "a moment has its offset": datetime.fromisoformat(told["timestamp"]).tzinfo is None,
        "the version is 1.0": not str(told["version"]).startswith("1.0."),
    }


def _nulls(part: Any, where: str) -> list[str]:
    if isinstance(part, Mapping):
        # What stands in an extension is nobody's business but its own.
        inner = {name: one for name, one in part.items() if name != "extensions"}
        return [each for name, one in inner.items() for each in _nulls(one, f"{where}/{name}")]
    return [where] if part is None else []


def _is_iri(text: str) -> bool:
    parts = urlparse(text)
    return bool(parts.scheme and parts.netloc)


def _is_uuid(text: str) -> bool:
    return str(UUID(text)) == text.lower()
