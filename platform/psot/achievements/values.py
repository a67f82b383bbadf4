"""What achievements hand out: plain values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Held:
    """An achievement that a member has; ``seq`` is the fact it rests on, ``place`` leads there."""

    subject: str
    at: datetime
    seq: int
    place: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A member and one achievement.

    ``held`` holds one for each subject, the newest first; ``done`` of ``need`` deeds are there for
    the next one.
    """

    name: str
    held: tuple[Held, ...]
    done: int
    need: int
