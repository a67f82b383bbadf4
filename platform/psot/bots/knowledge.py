"""What bots know: the content pack, as anybody could learn it by heart. Never the database."""

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from typing import Any

from content.quiz import SingleChoice, built_in_pack

PACK = "start"


@cache
def by_heart() -> Mapping[str, str]:
    """Return the text of the right option by the text of the question."""
    return {
        one.text: next(option.text for option in one.options if option.id in one.correct)
        for one in built_in_pack(PACK).questions.values()
        if isinstance(one, SingleChoice)
    }


def choose(
    text: str, options: Sequence[Mapping[str, Any]], *, right: bool, random: Random
) -> Mapping[str, Any]:
    """Return an option of the question ``text``: the right one or a wrong one, if it is known.

    Of a question that is in no pack any option.
    """
    known = by_heart().get(text)
    fitting = [one for one in options if known and (one["text"] == known) == right]
    return random.choice(fitting or list(options))
