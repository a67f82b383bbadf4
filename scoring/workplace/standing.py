"""Where a run stands: what has been shown of it, and what every first try was worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from scoring.workplace.course import Course, Key, Words
from scoring.workplace.fold import START, Effect, State

Action = Mapping[str, Any]

PRACTICE: Final = "practice"
CHECK: Final = "check"
MODES: Final = (PRACTICE, CHECK)

RIGHT: Final = "right"
PARTLY: Final = "partly"
WRONG: Final = "wrong"
NOTED: Final = "noted"
MISSED: Final = "missed"


class Refused(Exception):  # noqa: N818 - read as a sentence: raise Refused(...)
    """An action that cannot be; it changes nothing and is not kept.

    ``code``: malformed, unknown (there is no such thing), not_open, already (done before), ended,
    not_asked (no hazards are looked for), not_measured, too_long (a wait), no_hints, nothing_left
    (to hint at).
    """

    def __init__(self, code: str, subject: str = "") -> None:
        super().__init__(f"{code}: {subject}" if subject else code)
        self.code = code
        self.subject = subject


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a first try was worth."""

    earned: int
    """Points; below 0 for an error."""
    verdict: str
    given: Mapping[str, Any] = field(default_factory=dict)
    """The answer."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a rule makes of an action."""

    effects: tuple[Effect, ...]
    marks: Mapping[Key, Mark] = field(default_factory=dict)
    """By (kind of mark, id); those of a later try count for nothing."""
    critical: bool = False
    """Whether it ends the run."""
    why: Words | None = None
    """What is told when it ends the run."""


class Rule(Protocol):
    """What an action is worth; raises Refused."""

    def __call__(self, standing: "Standing", action: Action, /) -> Outcome:
        """Return what the action brings about."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A run so far; never changed, only followed by another."""

    course: Course
    mode: str
    at_ms: int = 0
    """When the last action was taken."""
    state: State = field(default_factory=lambda: START)
    """The fold of all effects: texts in both languages, opened tasks as ids."""
    marks: Mapping[Key, Mark] = field(default_factory=dict)
    open_ms: Mapping[Key, int] = field(default_factory=dict)
    """When each task that is open was opened."""
    done_min: Mapping[Key, int] = field(default_factory=dict)
    """Simulated minutes at which each step, by (procedure, step), was done."""

    @property
    def nth(self) -> int:
        """Actions taken."""
        taken: int = self.state["nth"]
        return taken

    @property
    def ended(self) -> str:
        """How it ended: finished, critical, stopped; empty while it goes on."""
        how: str = self.state["ended"]
        return how

    def told(self, verdict: str) -> str:
        """Return the verdict that may be told: in a check, none."""
        return NOTED if self.mode == CHECK else verdict

    def words(self, text: Words | None) -> Words | None:
        """Return the text that may be told: in a check, none."""
        return None if self.mode == CHECK else text

    def opened(self, kind: str, id_: str) -> None:
        """Raise Refused unless there is such a task, open."""
        if id_ not in getattr(self.course, kind):
            raise Refused("unknown", id_)
        if (kind, id_) not in self.open_ms:
            raise Refused("not_open", id_)
