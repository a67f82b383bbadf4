"""The figures of the rules of watching, in one place."""

from dataclasses import dataclass

_MINUTE = 60_000


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What the rules of watching are measured by; times are milliseconds, shares permille."""

    most_speed_permille: int = 2000
    """Fastest playing that counts; what is played faster is paid for as if it were this fast."""
    most_saved_ms: int = 5 * _MINUTE
    """Real time that may wait for its report: a connection lost for longer is not made up for."""
    gap_from_ms: int = 3 * _MINUTE
    """Shortest watching between two checks of attention."""
    gap_to_ms: int = 16 * _MINUTE
    """Longest watching between two checks: three of them always fit into 50 minutes."""
    open_ms: int = _MINUTE
    """How long a check waits for its answer, in real time."""
    closing_open_ms: int = 3 * _MINUTE
    """How long the check at the end of a recording waits."""
    closing_after_ms: int = 20_000
    """Watching of a recording since its last check before one at its end is worth it."""
    answered_permille: int = 750
    """Share of a recording's checks to be answered before what was watched counts."""
    completed_permille: int = 900
    """Share of a recording to be seen in a season for it to be completed."""
    end_ms: int = 2000
    """How near to its end a recording has been played to the end."""


WATCHING = Parameters()
"""The rules in force."""
