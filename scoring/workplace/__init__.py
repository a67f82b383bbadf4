"""The virtual workplace: what a run through a scenario is worth, judged action by action."""

from scoring.workplace.acting import Judgement, act, begin, judge, stop
from scoring.workplace.best import best_actions
from scoring.workplace.course import Course, read_course
from scoring.workplace.fold import START, fold
from scoring.workplace.points import PASS_PPM
from scoring.workplace.score import Part, Score
from scoring.workplace.standing import MODES, Refused

__all__ = [
    "MODES",
    "PASS_PPM",
    "START",
    "Course",
    "Judgement",
    "Part",
    "Refused",
    "Score",
    "act",
    "begin",
    "best_actions",
    "fold",
    "judge",
    "read_course",
    "stop",
]
