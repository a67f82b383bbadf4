"""In which ways questions are taken, and what each of them allows: one table."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

GRACE = timedelta(seconds=2)
"""How much later than the end of the time an answer may arrive: it was on its way."""


class Mode(StrEnum):
    """In which way an attempt takes its questions; the name on the ledger."""

    PRACTICE = "practice"
    CHECK = "check"
    PLACEMENT = "placement"
    MISTAKES = "mistakes"
    DAILY = "daily"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What a mode allows.

    In a ``sealed`` attempt nothing is said of an answer until the attempt is over, a question
    without an answer counts as a wrong one, and nothing else is answered meanwhile.
    """

    sealed: bool
    time_limit_s: int | None = None
    pass_ppm: int | None = None
    draw: int | None = None


RULES: dict[Mode, Rules] = {
    Mode.PRACTICE: Rules(sealed=False),
    Mode.CHECK: Rules(sealed=True, time_limit_s=900, pass_ppm=800_000, draw=10),
    Mode.PLACEMENT: Rules(sealed=True, time_limit_s=1800, draw=16),
    Mode.MISTAKES: Rules(sealed=False),
    Mode.DAILY: Rules(sealed=False),
}
"""The limits are those of a set that brings none of its own."""

SEALED = tuple(mode for mode, rules in RULES.items() if rules.sealed)
