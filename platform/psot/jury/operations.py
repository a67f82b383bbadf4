"""Every write of the jury. Each takes the session first and never commits.

All of a race's rulings pass one lock, so that what was shown is what is applied.
"""

from psot.jury.decisions import apply, drop, refresh, stage, undo
from psot.jury.protests import answer, lodge
from psot.jury.protocols import publish
from psot.jury.watch import close, find

__all__ = [
    "answer",
    "apply",
    "close",
    "drop",
    "find",
    "lodge",
    "publish",
    "refresh",
    "stage",
    "undo",
]
