"""Which questions somebody gets of a quiz that draws them."""

from collections.abc import Iterable
from hashlib import sha256

from content.quiz.packs import Quiz
from content.quiz.questions import Question


def draw_questions(quiz: Quiz, pool: Iterable[Question], seed: str) -> tuple[Question, ...]:
    """Return the questions of ``quiz`` for ``seed``: the same seed and pool, the same questions.

    A quiz with a list asks it in its order. A quiz with draws takes from each pool those whose
    digests with the seed are least, never one twice, and asks them in the order of their
    digests. Where a pool is too small it gives what it has.
    """
    by_id = {one.id: one for one in pool}
    if quiz.questions:
        return tuple(by_id[id_] for id_ in quiz.questions if id_ in by_id)
    ranked = sorted(by_id.values(), key=lambda one: _rank(seed, quiz.slug, one.id))
    taken: dict[str, Question] = {}
    for draw in quiz.draw:
        free = [one for one in ranked if one.id not in taken and draw.takes(one)]
        taken.update((one.id, one) for one in free[: draw.count])
    return tuple(one for one in ranked if one.id in taken)


def _rank(seed: str, slug: str, id_: str) -> bytes:
    return sha256(f"{seed}\n{slug}\n{id_}".encode()).digest()
