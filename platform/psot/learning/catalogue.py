"""What can be published: the quizzes and questions of the pack that comes with PSOT."""

from content.quiz import Pack, Question, Quiz, built_in_pack

PACK = "start"


def pack() -> Pack:
    """Return the pack in use, read once per process."""
    return built_in_pack(PACK)


def quiz(slug: str) -> Quiz | None:
    """Return the quiz called ``slug``, or None."""
    return pack().quizzes.get(slug)


def question(id_: str) -> Question:
    """Return the question ``id_``, its key included; raises KeyError."""
    return pack().questions[id_]
