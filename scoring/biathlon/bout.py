"""One bout on the range: five targets, the shots at them, and what still stands."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shot:
    """One shot as it was fired (``hit``) and as it counts (``counted``; a voided question hits)."""

    t_ms: int
    hit: bool
    counted: bool


@dataclass(slots=True, kw_only=True)
class Bout:
    """A bout, from the entry of the range to its exit and out of the penalty loop."""

    lap: int
    position: str
    targets: int
    spares: int
    entered_ms: int
    shown_ms: int
    """When the first question was shown; the entry where that is not known."""
    shots: list[Shot] = field(default_factory=list)
    left_early: bool = False
    """Whether the racer moved on with shots left."""
    loops: int = 0
    """How often the racer was seen to leave the penalty loop."""
    loop_exit_ms: int | None = None

    @property
    def over(self) -> bool:
        """Whether no shot is left: all targets hit, or all rounds fired, or the racer moved on.

        The outcomes as fired decide, not as counted: a question voided later moves no shot into
        another bout.
        """
        if self.left_early or self.fired < self.targets:
            return self.left_early
        every = self.fired == self.targets + self.spares
        return every or sum(shot.hit for shot in self.shots) == self.targets

    @property
    def fired(self) -> int:
        """Shots fired, spare rounds included."""
        return len(self.shots)

    @property
    def spares_used(self) -> int:
        """Spare rounds fired."""
        return max(0, self.fired - self.targets)

    @property
    def misses(self) -> int:
        """Targets shot at that still stand; a shot that was never fired is no miss.

        >>> bout = Bout(lap=1, position="P", targets=5, spares=3, entered_ms=0, shown_ms=0)
        >>> for hit in (True, False, False, True, True, True):
        ...     bout.shots.append(Shot(0, hit, hit))
        >>> bout.misses, bout.spares_used, bout.over
        (1, 1, False)
        """
        hits = sum(shot.counted for shot in self.shots)
        return max(0, min(self.fired, self.targets) - hits)

    @property
    def notation(self) -> str:
        """The misses, with spare rounds used where the format has them: ``1`` or ``0+3``."""
        return f"{self.misses}+{self.spares_used}" if self.spares else str(self.misses)

    @property
    def exit_ms(self) -> int | None:
        """When the racer left the range, by the last shot; None while shots are left."""
        return self.shots[-1].t_ms if self.over and self.shots else None


def shootings(bouts: list[Bout]) -> str:
    """All bouts of a racer in the notation of the sport.

    Without spare rounds the bouts are joined by ``+``, as in ``0+1+0+2``; with them each bout is
    ``misses+spares`` and a space stands between, as in ``0+3 1+3``.
    """
    joint = " " if any(bout.spares for bout in bouts) else "+"
    return joint.join(bout.notation for bout in bouts)
