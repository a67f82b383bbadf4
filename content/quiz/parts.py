"""From a row of a pack's file to its value; the row holds against its schema."""

from datetime import date
from typing import Any

from content.quiz.acts import Act, Norm
from content.quiz.names import Names
from content.quiz.packs import Draw, Memo, Plan, PlanStep, Quiz, QuizMode, SelfCheck, Step, Term
from content.quiz.questions import Verified

Row = dict[str, Any]


def act(row: Row) -> Act:
    """Return an act of ``acts.yaml``."""
    return Act(
        id=row["id"],
        title=Names(**row["title"]),
        short=row["short"],
        kind=row["kind"],
        number=row.get("number", ""),
        issued=_day(row.get("date")),
        about=_names(row.get("about")),
        in_force_from=_day(row.get("in_force_from")),
        valid_until=_day(row["valid_until"]),
        repealed_by=row.get("repealed_by", ""),
        checked=date.fromisoformat(row["checked"]),
        note=_names(row.get("note")),
        urls=tuple(row["urls"]),
    )


def norm(row: Row, topic: str) -> Norm:
    """Return a legal statement of ``norms/<topic>.yaml``."""
    return Norm(
        id=row["id"],
        topic=topic,
        text=row["text"],
        act=row["act"],
        ref=row["ref"],
        verified=Verified(row["verified"]),
        urls=tuple(row["urls"]),
        also_seen_on=tuple(row.get("also_seen_on", ())),
        checked=date.fromisoformat(row["checked"]),
    )


def quiz(row: Row) -> Quiz:
    """Return a quiz of ``quizzes.yaml``."""
    return Quiz(
        slug=row["slug"],
        version=row["version"],
        topic=row.get("topic"),
        title=Names(**row["title"]),
        intro=Names(**row["intro"]),
        questions=tuple(row.get("questions", ())),
        draw=tuple(_draw(one) for one in row.get("draw", ())),
        mode=QuizMode(row.get("mode", QuizMode.PRACTICE)),
        time_limit_s=row.get("time_limit_s"),
        pass_percent=row.get("pass_percent"),
    )


def memo(row: Row) -> Memo:
    """Return a memo of ``memos.yaml``."""
    return Memo(
        title=Names(**row["title"]), text=Names(**row["text"]), sources=tuple(row["sources"])
    )


def term(row: Row) -> Term:
    """Return a word of ``glossary.yaml``."""
    return Term(
        id=row["id"],
        term=Names(**row["term"]),
        text=Names(**row["text"]),
        norm=row.get("norm", ""),
    )


def plan(row: Row) -> Plan:
    """Return a learning plan of ``plans.yaml``."""
    return Plan(
        id=row["id"],
        version=row["version"],
        title=Names(**row["title"]),
        intro=Names(**row["intro"]),
        renew_months=row.get("renew_months"),
        steps=tuple(_step(one) for one in row["steps"]),
    )


def self_check(row: Row) -> SelfCheck:
    """Return a test of ``checks.yaml``."""
    return SelfCheck(question=row["question"], response=row["response"], score_ppm=row["score_ppm"])


def _draw(row: Row) -> Draw:
    return Draw(
        topics=tuple(row["topics"]),
        count=row["count"],
        kinds=tuple(row.get("kinds", ())),
        difficulties=tuple(row.get("difficulties", ())),
    )


def _step(row: Row) -> PlanStep:
    return PlanStep(
        topic=row["topic"],
        do=tuple(Step(one) for one in row.get("do", (Step.LESSON, Step.PRACTICE))),
        quiz=row.get("quiz"),
        within_days=row.get("within_days"),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _names(row: dict[str, str] | None) -> Names | None:
    return None if row is None else Names(**row)
