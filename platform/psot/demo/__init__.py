"""The demo community: people, quizzes and a season's history, made the same way every time."""

from psot.demo.accounts import ACCOUNTS, Account

__all__ = ["ACCOUNTS", "Account"]
