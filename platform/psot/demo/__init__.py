"""The demo community: people, quizzes and a season's history, made the same way every time."""

from psot.demo.accounts import ACCOUNTS, Account
from psot.demo.load import load

__all__ = ["ACCOUNTS", "Account", "load"]
