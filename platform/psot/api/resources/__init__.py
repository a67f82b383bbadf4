"""The operations of the API, by chapter; importing a chapter declares its operations."""

from psot.api.resources import attempts, course, ledger, me, quizzes, ratings, regions

__all__ = ["attempts", "course", "ledger", "me", "quizzes", "ratings", "regions"]
