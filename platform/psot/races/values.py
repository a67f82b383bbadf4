"""What other rooms and pages see of a race: values without a key and without the secret."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, Protocol
from uuid import UUID

from content import regions
from psot.races.stages import KEYS_OPEN, Stage
from scoring.biathlon import Format, load_format

MS = timedelta(milliseconds=1)

EXPERIENCES: Final = ("newcomer", "experienced")
EMPLOYERS: Final = (
    "large_company",
    "small_company",
    "public_body",
    "education",
    "service_provider",
    "self_employed",
)
"""Types of employer; a racer may leave it open ("")."""
CLASS_RULES: Final[Mapping[str, Callable[[], frozenset[str]]]] = MappingProxyType(
    {
        "region": lambda: frozenset(regions.by_code()),
        "experience": lambda: frozenset(EXPERIENCES),
        "employer": lambda: frozenset(EMPLOYERS),
    }
)
"""What a class can go by, and the answers there are."""


@dataclass(frozen=True, kw_only=True)
class RaceView:
    """A race as anybody may know it who may see it at all. See `psot.races.models.Race`."""

    id: UUID
    title: str
    description: str
    format: str
    options: Mapping[str, Any]
    stage: Stage
    public: bool
    season: str
    zone: str
    announces_at: datetime | None
    registers_at: datetime | None
    zeroes_at: datetime | None
    starts_at: datetime | None
    closes_at: datetime | None
    freeze_after_s: int | None
    unfrozen_at: datetime | None
    spectator_delay_s: int
    protest_hours: int
    normed_minutes: int
    from_race: UUID | None
    practice_of: UUID | None
    practice_member: UUID | None
    exhibition: bool
    version: int
    secret_sha256: str
    questions_sha256: str
    rules_sha256: str
    zero_at: datetime | None
    locked_at: datetime | None
    provisional_at: datetime | None
    official_at: datetime | None

    @cached_property
    def rules(self) -> Format:
        """The format with this race's options."""
        return load_format(self.format, dict(self.options))

    @property
    def keys_open(self) -> bool:
        """Whether right options and explanations may be seen."""
        return self.stage in KEYS_OPEN

    @property
    def protests_until(self) -> datetime | None:
        """When the protest window closes; None before the provisional protocol."""
        if self.provisional_at is None:
            return None
        return self.provisional_at + timedelta(hours=self.protest_hours)

    def t_ms(self, moment: datetime) -> int:
        """``moment`` after the race's zero, in whole milliseconds; needs a race that started."""
        if self.zero_at is None:
            raise ValueError(f"race {self.id} has no zero yet")
        return (moment - self.zero_at) // MS

    def moment(self, t_ms: int) -> datetime:
        """When it was ``t_ms`` after the race's zero; needs a race that started."""
        if self.zero_at is None:
            raise ValueError(f"race {self.id} has no zero yet")
        return self.zero_at + t_ms * MS

    def frozen_ms(self, now: datetime) -> int | None:
        """The moment of the race at which the public board stands still; None: it does not.

        It stands still until the organizer lets it go on, at the latest until the race is official.
        """
        open_again = self.unfrozen_at is not None or self.stage is Stage.OFFICIAL
        if self.freeze_after_s is None or open_again or self.zero_at is None:
            return None
        freeze_ms = self.freeze_after_s * 1000
        return freeze_ms if self.t_ms(now) >= freeze_ms else None


class Answers(Protocol):
    """Whoever has answered what classes go by: a racer, or a registration."""

    @property
    def region(self) -> str:
        """The code of a region."""

    @property
    def experience(self) -> str:
        """One of `EXPERIENCES`."""

    @property
    def employer(self) -> str:
        """One of `EMPLOYERS`, or ""."""


@dataclass(frozen=True, kw_only=True)
class Racer:
    """A line of the start list: who races under which number. ``member`` never leaves the server.

    ``name`` is by consent, else "" and the page says "Member <number>".
    """

    member: UUID
    bib: int
    team: str | None
    region: str
    experience: str
    employer: str
    time_percent: int
    name: str
    number: int


@dataclass(frozen=True, kw_only=True)
class StartLine:
    """One racer on one leg; see `psot.races.models.Start`."""

    bib: int
    leg: int
    team: str | None
    start_ms: int | None
    ended_ms: int | None


@dataclass(frozen=True, kw_only=True)
class ClassView:
    """A class of a race; see `psot.races.models.RaceClass`."""

    code: str
    title: str
    rule: str
    values: tuple[str, ...]

    def holds(self, racer: Answers) -> bool:
        """Whether ``racer`` belongs to the class."""
        return getattr(racer, self.rule) in self.values
