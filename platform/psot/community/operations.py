"""Every write of the community, by their names; each takes the session first and never commits."""

from psot.community.deciding import accept, thank
from psot.community.moderating import dismiss, merge, report, restore, take_down
from psot.community.writing import answer, ask, change_answer, change_thread, look

__all__ = [
    "accept",
    "answer",
    "ask",
    "change_answer",
    "change_thread",
    "dismiss",
    "look",
    "merge",
    "report",
    "restore",
    "take_down",
    "thank",
]
