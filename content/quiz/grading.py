"""The one place where an answer is judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from content.quiz.questions import Question, SingleChoice

PPM = 1_000_000


class InvalidChoice(ValueError):  # noqa: N818 - an error that names what it is about
    """A choice that is no answer to the question: nothing, too much, or an unknown option."""


@dataclass(frozen=True, kw_only=True)
class Grade:
    """What an answer is worth."""

    score_ppm: int
    """0 to 1,000,000."""
    correct: bool
    """Whether it is right in full."""


def grade(question: Question, chosen: Iterable[str]) -> Grade:
    """Judge the option ids ``chosen``, in any order; a repeated one counts once.

    The score is the share of right options chosen less the share of wrong ones chosen, at least
    zero: choosing everything earns as little as choosing nothing, and a guess earns nothing on
    average beyond luck. With one right option that is all or nothing. Half a millionth is
    rounded to even. Raises InvalidChoice for what is not an answer.
    """
    picked = frozenset(chosen)
    if not picked:
        raise InvalidChoice("Choose an answer.")
    if unknown := picked - question.option_ids:
        raise InvalidChoice(f"This question has no option {', '.join(sorted(unknown))}.")
    if isinstance(question, SingleChoice) and len(picked) > 1:
        raise InvalidChoice("Choose one answer only.")
    wrong = question.option_ids - question.correct
    share = Fraction(len(picked & question.correct), len(question.correct)) - Fraction(
        len(picked & wrong), len(wrong)
    )
    return Grade(score_ppm=max(0, round(share * PPM)), correct=picked == question.correct)
