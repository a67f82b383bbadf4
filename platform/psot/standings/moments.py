"""Up to which moment each audience may see a race: the freeze, the delay, and what ends both."""

from dataclasses import dataclass
from datetime import datetime

from psot.races.stages import RESULTS, Stage
from psot.races.values import RaceView
from psot.standings.following import BEFORE_ANYTHING


@dataclass(frozen=True, kw_only=True)
class Moments:
    """Up to where the public sees a race, and where it stands, in ms after its zero."""

    moment_ms: int
    freeze_ms: int | None
    delay_ms: int
    frozen: bool

    @property
    def separate(self) -> bool:
        """Whether the public may at any moment see less than the jury."""
        return self.freeze_ms is not None or self.delay_ms > 0

    @property
    def until_ms(self) -> int | None:
        """The last fact that the public may know of; None: all of them."""
        caps = [] if self.freeze_ms is None else [self.freeze_ms]
        caps += [self.moment_ms - self.delay_ms] if self.delay_ms else []
        return min(caps, default=None)

    @property
    def shown_ms(self) -> int:
        """The moment at which the public sees the race."""
        until_ms = self.until_ms
        return self.moment_ms if until_ms is None else min(self.moment_ms, until_ms)


def moments(view: RaceView, now: datetime, latest_ms: int) -> Moments:
    """Return what the public may know at ``now``; ``latest_ms`` is the newest fact there is.

    A race with a protocol delays nothing any more, and an official one is not frozen; until then
    a frozen race waits for its organizer. A fact past the freeze freezes the race even
    where the clock of this process is a little late.
    """
    moment_ms = BEFORE_ANYTHING if view.zero_at is None else view.t_ms(now)
    official = view.stage is Stage.OFFICIAL
    freezes = not official and view.freeze_after_s is not None and view.unfrozen_at is None
    freeze_ms = (view.freeze_after_s or 0) * 1000 if freezes else None
    return Moments(
        moment_ms=moment_ms,
        freeze_ms=freeze_ms,
        delay_ms=0 if view.stage in RESULTS else view.spectator_delay_s * 1000,
        frozen=freeze_ms is not None and max(moment_ms, latest_ms) >= freeze_ms,
    )
