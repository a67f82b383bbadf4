"""The commitment of a race: hashes that anybody can compute again with a few lines of code.

Canonical JSON: keys sorted, no blanks, UTF-8 as it is, whole numbers only. Before the start three
SHA-256 are published: of the 32 raw bytes of the secret, of the question set and of the rules. When
the race is official the secret itself follows, and with it every draw can be done once more.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from psot.races.questions import FrozenQuestion, freeze
from scoring.biathlon import Format


def canonical(value: object) -> bytes:
    """Return ``value`` as canonical JSON.

    >>> canonical({"b": [1, None], "a": "лыжи"}).decode()
    '{"a":"лыжи","b":[1,null]}'
    """
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def sha256(value: object) -> str:
    """Return the SHA-256 of the canonical JSON of ``value``, in hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def secret_sha256(secret: bytes) -> str:
    """Return the SHA-256 of a race's raw secret, in hexadecimal digits."""
    return hashlib.sha256(secret).hexdigest()


def rules_document(rules: Format) -> dict[str, Any]:
    """Return everything a race's rules depend on, as plain data: what ``rules_sha256`` is of."""
    document: dict[str, Any] = json.loads(canonical(asdict(rules)))
    return document


def questions_document(questions: Iterable[FrozenQuestion]) -> list[dict[str, Any]]:
    """Return a question set as plain data, keys included: what ``questions_sha256`` is of."""
    ordered = sorted(questions, key=lambda one: (one.kind, one.question.id))
    return [{"kind": one.kind, "question": freeze(one.question)} for one in ordered]
