"""Questions, their grading, and the packs they come in."""

from content.quiz.acts import Act, Norm
from content.quiz.checks import row_problems
from content.quiz.drawing import draw_questions
from content.quiz.grading import PPM, Grade, PartGrade, grade
from content.quiz.kinds import (
    Accepted,
    Area,
    Case,
    Cloze,
    Gap,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    ShortText,
    TrueFalse,
)
from content.quiz.lesson_files import write_lesson
from content.quiz.loader import built_in_pack, load_pack
from content.quiz.names import Names
from content.quiz.packs import (
    Draw,
    Lesson,
    Memo,
    Pack,
    PackFile,
    Plan,
    PlanStep,
    Quiz,
    QuizMode,
    SelfCheck,
    Step,
    Term,
    Topic,
)
from content.quiz.pictures import picture_faults
from content.quiz.problems import PackError, Problem, Severity
from content.quiz.questions import (
    UNKNOWN_DAY,
    Key,
    MultipleChoice,
    Option,
    Picture,
    PublicQuestion,
    Question,
    SingleChoice,
    Source,
    Verified,
)
from content.quiz.responses import InvalidChoice, Refusal, Response, canonical
from content.quiz.rows import KINDS, read_question, write_question

__all__ = [
    "KINDS",
    "PPM",
    "UNKNOWN_DAY",
    "Accepted",
    "Act",
    "Area",
    "Case",
    "Cloze",
    "Draw",
    "Gap",
    "Grade",
    "Hotspot",
    "InvalidChoice",
    "Key",
    "Lesson",
    "Matching",
    "Memo",
    "MultipleChoice",
    "Names",
    "Norm",
    "Numeric",
    "Option",
    "Ordering",
    "Pack",
    "PackError",
    "PackFile",
    "PartGrade",
    "Picture",
    "Plan",
    "PlanStep",
    "Problem",
    "PublicQuestion",
    "Question",
    "Quiz",
    "QuizMode",
    "Refusal",
    "Response",
    "SelfCheck",
    "Severity",
    "ShortText",
    "SingleChoice",
    "Source",
    "Step",
    "Term",
    "Topic",
    "TrueFalse",
    "Verified",
    "built_in_pack",
    "canonical",
    "draw_questions",
    "grade",
    "load_pack",
    "picture_faults",
    "read_question",
    "row_problems",
    "write_lesson",
    "write_question",
]
