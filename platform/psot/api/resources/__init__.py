"""The operations of the API, by chapter; importing a chapter declares its operations."""

from psot.api.resources import (
    attempts,
    course,
    ledger,
    me,
    quizzes,
    races,
    ratings,
    regions,
    results,
    standings,
    workplace,
)

__all__ = [
    "attempts",
    "course",
    "ledger",
    "me",
    "quizzes",
    "races",
    "ratings",
    "regions",
    "results",
    "standings",
    "workplace",
]
