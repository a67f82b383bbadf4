"""The law that content rests on: acts, and single statements of them."""

from dataclasses import dataclass
from datetime import date

from content.quiz.names import Names
from content.quiz.questions import Verified


@dataclass(frozen=True, kw_only=True)
class Act:
    """A law, order or standard, and how long it is in force."""

    id: str
    title: Names
    """How it is cited, such as «Приказ Минтруда от 28.12.2021 № 926»."""
    short: str
    """The shortest name that people know it by, such as «926»."""
    kind: str
    """``code``, ``law``, ``decree``, ``order``, ``standard`` or ``letter``."""
    checked: date
    """Day on which it was last looked up."""
    urls: tuple[str, ...]
    number: str = ""
    issued: date | None = None
    """Day on which it was issued."""
    about: Names | None = None
    """What it is about."""
    in_force_from: date | None = None
    valid_until: date | None = None
    """Last day known on which it is in force; None when no end is known."""
    repealed_by: str = ""
    """What ended it; empty while nothing did."""
    note: Names | None = None
    """What a reader has to know about its validity."""

    def is_past(self, today: date) -> bool:
        """Tell whether its last known day is over."""
        return self.valid_until is not None and self.valid_until < today


@dataclass(frozen=True, kw_only=True)
class Norm:
    """A legal statement in our words, and where it stands."""

    id: str
    topic: str
    text: str
    act: str
    """Id of the act."""
    ref: str
    """Place in it."""
    verified: Verified
    urls: tuple[str, ...]
    checked: date
    """Day on which it was last compared with the act."""
    also_seen_on: tuple[str, ...] = ()
