"""The questions and quizzes of the start pack, keys included, as tests know them beforehand."""

from functools import cache

from content.quiz import Pack, Question, load_pack
from tests.content import START


@cache
def the_pack() -> Pack:
    """The pack that is in every database of the tests."""
    return load_pack(START)


def the_question(id_: str) -> Question:
    """A question of it by its id."""
    return the_pack().questions[id_]
