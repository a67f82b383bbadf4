"""What was answered, as plain JSON: lists of ids, pairs, texts, by the kind of question."""

import json
from typing import Any

Response = Any
"""JSON of the shape that the question's kind asks for (see the README of ``content``)."""


def canonical(response: Response) -> str:
    """Return ``response`` as JSON that is equal for equal answers: sorted keys, no spaces."""
    return json.dumps(response, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
