"""The list of questions: which of them, in which order, which page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from psot.items.queries import Item
from scoring.items import Flag

PER_PAGE: Final = 50
LONGEST_SEARCH: Final = 100
ABSENT: Final = "absent"
"""Asked for instead of a flag: what has left the rating."""
FLAGGED: Final = "any"
"""Asked for instead of a flag: whatever has one."""

SORTS: Mapping[str, Callable[[Item], Any]] = {
    "question": lambda one: one.question,
    "answers": lambda one: one.answers,
    "facility": lambda one: one.facility,
    "deviation": lambda one: one.standard_deviation,
    "discrimination": lambda one: one.widest and one.widest.figures.discrimination_index,
    "efficiency": lambda one: one.widest and one.widest.figures.discriminative_efficiency,
    "weight": lambda one: one.widest and one.widest.effective_weight,
    "time": lambda one: one.median_ms,
}
"""What the list is ordered by, each way; what is not known stands last."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an editor asked to see."""

    search: str = ""
    topic: str = ""
    flag: str = ""
    quiz: str = ""
    every_version: bool = False
    sort: str = "question"
    falling: bool = False
    page: int = 1

    @classmethod
    def of(cls, args: "MultiDict[str, str]") -> "Wanted":
        """Read an address; what makes no sense is as if it was not said."""
        sort, falling = args.get("sort", "question"), False
        if sort.startswith("-"):
            sort, falling = sort[1:], True
        page = args.get("page", "1")
        return cls(
            search=args.get("q", "").strip()[:LONGEST_SEARCH],
            topic=args.get("topic", "")[:LONGEST_SEARCH],
            flag=args.get("flag", "") if args.get("flag", "") in FILTERS else "",
            quiz=args.get("quiz", "")[:LONGEST_SEARCH],
            every_version=args.get("versions") == "all",
            sort=sort if sort in SORTS else "question",
            falling=falling,
            page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,  # noqa: PLR2004 - digits
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything could be hidden."""
        return any((self.search, self.topic, self.flag, self.quiz))

    def address(self, **changed: Any) -> dict[str, Any]:
        """Return the arguments of the address that says this, but for what is ``changed``."""
        falling = "-" if self.falling else ""
        told = {
            "q": self.search,
            "topic": self.topic,
            "flag": self.flag,
            "quiz": self.quiz,
            "versions": "all" if self.every_version else "",
            "sort": f"{falling}{self.sort}" if self.sort != "question" or falling else "",
            **changed,
        }
        return {name: value for name, value in told.items() if value}


FILTERS: Final = frozenset({"", ABSENT, FLAGGED, *(one.value for one in Flag)})


def chosen(found: Sequence[Item], wanted: Wanted) -> list[Item]:
    """Return what was asked for, in the order asked for."""
    words = wanted.search.casefold().split()
    kept = [one for one in found if _fits(one, wanted, words)]
    key = SORTS[wanted.sort]
    known = [one for one in kept if key(one) is not None]
    unknown = [one for one in kept if key(one) is None]
    return sorted(known, key=key, reverse=wanted.falling) + unknown


def _fits(one: Item, wanted: Wanted, words: Sequence[str]) -> bool:
    topics = one.asked.topics if one.asked else ()
    whole = f"{one.question} {one.text}".casefold()
    return (
        (wanted.every_version or one.is_newest)
        and (not wanted.topic or wanted.topic in topics)
        and (not wanted.quiz or any(test.quiz == wanted.quiz for test in one.tests))
        and _has(one, wanted.flag)
        and all(word in whole for word in words)
    )


def _has(one: Item, flag: str) -> bool:
    if flag == ABSENT:
        return one.absent is not None
    if flag == FLAGGED:
        return bool(one.flags)
    return not flag or Flag(flag) in one.flags
