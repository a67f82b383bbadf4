"""What was answered, as plain JSON: lists of ids, pairs, texts, by the kind of question."""

import json
from enum import StrEnum
from typing import Any

Response = Any
"""JSON of the shape that the question's kind asks for (see the README of ``content``)."""


class Refusal(StrEnum):
    """Why a response is no answer, for those who say it in another language."""

    NOTHING = "nothing"
    """Nothing was answered."""
    SHAPE = "shape"
    """It is of another shape than the kind of question asks for."""
    UNKNOWN = "unknown"
    """It names something that the question does not have."""
    TOO_MANY = "too_many"
    """More was chosen than can be right."""
    TOO_LONG = "too_long"
    """The text is longer than a short answer."""
    INCOMPLETE = "incomplete"
    """An order that leaves items out, or repeats one."""
    NUMBER = "number"
    """No number that people write."""


class InvalidChoice(ValueError):  # noqa: N818 - an error that names what it is about
    """A response that is no answer to the question; it can be given again."""

    def __init__(self, message: str, refusal: Refusal = Refusal.SHAPE, *, part: str = "") -> None:
        super().__init__(message)
        self.refusal = refusal
        self.part = part
        """Part of a case that it is about; empty for the whole question."""


def canonical(response: Response) -> str:
    """Return ``response`` as JSON that is equal for equal answers: sorted keys, no spaces."""
    return json.dumps(response, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def ids_in(response: Response) -> list[str]:
    """Return the ids that ``response`` lists; raises InvalidChoice."""
    if not isinstance(response, list | tuple | set | frozenset):
        raise InvalidChoice("Choose from the list.")
    return [_text(one) for one in response]


def pairs_in(response: Response) -> dict[str, str]:
    """Return the ids that ``response`` gives to ids; raises InvalidChoice."""
    if not isinstance(response, dict):
        raise InvalidChoice("Give each place its answer.")
    return {_text(place): _text(one) for place, one in response.items()}


def known(ids: list[str], allowed: frozenset[str], what: str) -> frozenset[str]:
    """Return ``ids``, each of them ``allowed``; raises InvalidChoice."""
    picked = frozenset(ids)
    if unknown := sorted(picked - allowed):
        names = ", ".join(one[:20] for one in unknown[:5])
        raise InvalidChoice(f"This question has no {what} {names}.", Refusal.UNKNOWN)
    return picked


def something(response: Any) -> None:
    """Raise InvalidChoice for an empty answer."""
    if not response:
        raise InvalidChoice("Choose an answer.", Refusal.NOTHING)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidChoice("Choose from what is shown.")
    return value
