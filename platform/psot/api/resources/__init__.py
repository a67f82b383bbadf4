"""The operations of the API, by chapter; importing a chapter declares its operations."""

from psot.api.resources import (
    achievements,
    attempts,
    course,
    ledger,
    me,
    numbers,
    quizzes,
    races,
    ratings,
    regions,
    results,
    standings,
    workplace,
)

__all__ = [
    "achievements",
    "attempts",
    "course",
    "ledger",
    "me",
    "numbers",
    "quizzes",
    "races",
    "ratings",
    "regions",
    "results",
    "standings",
    "workplace",
]
