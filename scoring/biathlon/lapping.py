"""Who was lapped, by the ends of the laps.

A crew (a racer, or a team with its legs in a row) is lapped when the leader ends lap n + 1 before
the crew ends lap n: a whole lap lies between them. Only ends that were recorded decide: a lap whose
end nobody has on record tells nothing, and who was never seen on the course is not lapped.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from scoring.biathlon.racer import Racer

_K = TypeVar("_K", bound=Hashable)


def lapped(
    crews: Mapping[_K, Sequence[Racer]], pardons_ms: Mapping[_K, int | None]
) -> dict[_K, int]:
    """The moment each lapped crew was lapped.

    ``pardons_ms`` says until when a crew was reinstated: laps lost before do not count.
    """
    ends = {key: _lap_ends(crew) for key, crew in crews.items() if any(one.seen for one in crew)}
    found: dict[_K, int] = {}
    for lap in range(max(map(len, ends.values()), default=0) - 1):
        running = [key for key in ends if key not in found]
        this = [end for key in running if (end := ends[key][lap]) is not None]
        following = [end for key in running if (end := ends[key][lap + 1]) is not None]
        if not this or not following:
            continue
        first_ms = min(following)
        for key in running:
            pardoned_ms = pardons_ms.get(key)
            if pardoned_ms is not None and first_ms <= pardoned_ms:
                continue
            if _behind(ends[key], lap, first_ms):
                found[key] = first_ms
    return found


def _lap_ends(crew: Sequence[Racer]) -> list[int | None]:
    return [one.lap_end_ms(lap) for one in crew for lap in range(1, one.course.laps + 1)]


def _behind(ends: Sequence[int | None], lap: int, first_ms: int) -> bool:
    """Whether a crew had not ended the lap at ``first_ms``; not where only later ends are known."""
    end_ms = ends[lap]
    if end_ms is None:
        return all(later is None for later in ends[lap + 1 :])
    return end_ms > first_ms
