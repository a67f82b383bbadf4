"""Questions, their grading, and the packs they come in."""

from content.quiz.grading import Grade, InvalidChoice, grade
from content.quiz.loader import built_in_pack, load_pack
from content.quiz.packs import Memo, Names, Pack, Quiz, Topic
from content.quiz.problems import PackError, Problem
from content.quiz.questions import (
    Key,
    MultipleChoice,
    Option,
    PublicQuestion,
    Question,
    SingleChoice,
    Source,
    Verified,
)
from content.quiz.responses import Response, canonical

__all__ = [
    "Grade",
    "InvalidChoice",
    "Key",
    "Memo",
    "MultipleChoice",
    "Names",
    "Option",
    "Pack",
    "PackError",
    "Problem",
    "PublicQuestion",
    "Question",
    "Quiz",
    "Response",
    "SingleChoice",
    "Source",
    "Topic",
    "Verified",
    "built_in_pack",
    "canonical",
    "grade",
    "load_pack",
]
