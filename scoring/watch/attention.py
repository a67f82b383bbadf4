"""Checks of attention: when one is due, and what of the time watched counts because of it.

The rule, for one member, one recording and one season:

* What is watched for the first time *waits*. Whatever is watched, of any recording and also
  again, moves the member's *pace* on; when it has come as far as a gap drawn in secret, a check is
  due in the recording now playing. Gaps are 3 to 16 minutes, so 50 minutes of watching hold three
  at least. Once a recording is played to its end with most of it seen, one more check is due; and
  again only after nearly all of it was watched again.
* A check is answered in time or it is missed. Whenever one is answered, and at least three
  quarters of all the recording's checks of the season are answered by then, everything that waits
  is *credited*.
* What was not credited waits on: answers to later checks bring the share back, and all of it with
  them. What is left when the season ends is lost.

What is credited stays credited.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scoring.watch.parameters import WATCHING, Parameters
from scoring.watch.spans import Span, Spans, length_ms, minus, union

_PERMILLE = 1000


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How far a member has watched towards the next check, over all recordings."""

    gap_ms: int
    """Watching after which the next check is due; nobody outside the server knows it."""
    watched_ms: int = 0

    @property
    def due(self) -> bool:
        """Whether a check is due."""
        return self.watched_ms >= self.gap_ms


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What one member watched of one recording in one season, and what became of it."""

    seen: Spans = ()
    waiting: Spans = ()
    """Seen and not credited."""
    credited: Spans = ()
    answered: int = 0
    missed: int = 0
    closings: int = 0
    """Checks asked at the end of the recording."""
    since_check_ms: int = 0
    """Watching of this recording since its last check, what was watched again included."""


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A sheet after a check, and the spans that it newly credited."""

    sheet: Sheet
    newly: Spans


@dataclass(frozen=True, kw_only=True)
class Account:
    """Where the milliseconds seen of a recording stand."""

    credited_ms: int
    pending_ms: int
    lost_ms: int


def fresh_pace(draw: bytes, *, carried_ms: int = 0, params: Parameters = WATCHING) -> Pace:
    """Return the pace towards a check at a moment that ``draw`` (8 secret bytes or more) chooses.

    ``carried_ms`` was watched beyond the gap before.
    """
    room = params.gap_to_ms - params.gap_from_ms + 1
    return Pace(
        gap_ms=params.gap_from_ms + int.from_bytes(draw[:8]) % room, watched_ms=max(0, carried_ms)
    )


def watch(
    sheet: Sheet, pace: Pace, accepted: Iterable[Span], *, cost_ms: int
) -> tuple[Sheet, Pace]:
    """Note what was ``accepted`` and took ``cost_ms`` of real time.

    The pace goes by media time, or by real time where that is more: slow playing is watching too.
    """
    played = tuple(accepted)
    went_ms = max(cost_ms, length_ms(played))
    noted = replace(
        sheet,
        seen=union(sheet.seen, played),
        waiting=union(sheet.waiting, minus(played, sheet.credited)),
        since_check_ms=sheet.since_check_ms + went_ms,
    )
    return noted, replace(pace, watched_ms=pace.watched_ms + went_ms)


def closing_due(
    sheet: Sheet, played: Iterable[Span], recording_ms: int, params: Parameters = WATCHING
) -> bool:
    """Tell whether the end of the recording was just ``played`` and a check there is due."""
    ended = any(end >= recording_ms - params.end_ms for _start, end in played)
    nearly_all = recording_ms * params.completed_permille // _PERMILLE
    enough = nearly_all if sheet.closings else min(params.closing_after_ms, recording_ms // 2)
    return (
        ended
        and bool(sheet.waiting)
        and sheet.since_check_ms >= enough
        and covered_permille(sheet.seen, recording_ms) >= params.completed_permille
    )


def ask(sheet: Sheet, *, closing: bool) -> Sheet:
    """Return the sheet once a check is asked, one at the end where ``closing``."""
    return replace(sheet, closings=sheet.closings + closing, since_check_ms=0)


def settle(sheet: Sheet, *, answered: bool, params: Parameters = WATCHING) -> Settled:
    """Return the sheet once its open check is answered or missed, and what that credited."""
    told = replace(sheet, answered=sheet.answered + answered, missed=sheet.missed + (not answered))
    asked = told.answered + told.missed
    if not answered or told.answered * _PERMILLE < asked * params.answered_permille:
        return Settled(sheet=told, newly=())
    counted = replace(told, waiting=(), credited=union(told.credited, told.waiting))
    return Settled(sheet=counted, newly=told.waiting)


def account(sheet: Sheet, *, season_over: bool = False) -> Account:
    """Return where the sheet's milliseconds stand; what still waits when a season ends is lost."""
    waits = length_ms(sheet.waiting)
    return Account(
        credited_ms=length_ms(sheet.credited),
        pending_ms=0 if season_over else waits,
        lost_ms=waits if season_over else 0,
    )


def covered_permille(spans: Iterable[Span], recording_ms: int) -> int:
    """Return the share of a recording that ``spans`` cover, rounded down.

    >>> covered_permille([(0, 500), (200, 900)], 1000)
    900
    """
    return length_ms(union(spans)) * _PERMILLE // recording_ms
