"""What is wrong with a pack, said so that an editor can go and mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a pack can be used in spite of a problem."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing to mend."""

    file: str
    """Name relative to the folder of the pack."""
    subject: str
    """Question, quiz or topic it is in; empty for the file itself."""
    field: str
    """Field it is in, such as ``options.b``; empty for the whole."""
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = (self.file, self.subject, self.field)
        return ": ".join([*(part for part in where if part), self.message])


class PackError(Exception):
    """A pack that cannot be used; ``problems`` holds every reason, one line each."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
