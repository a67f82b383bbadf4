"""Drawing relay teams within regions, so that a relay is region against region."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scoring.biathlon.formats import Format


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who registered for a relay."""

    who: str
    region: str
    racer_class: str = "A"
    """``A`` or ``B``; counts in a mixed relay only."""


@dataclass(frozen=True, kw_only=True)
class DrawnTeam:
    """A team: its region, its number there from 1, and who races each leg."""

    region: str
    number: int
    legs: tuple[str, ...]


def draw_teams(
    format_: Format, candidates: Iterable[Candidate], secret: bytes
) -> tuple[tuple[DrawnTeam, ...], tuple[Candidate, ...]]:
    """As many full teams as each region can give, and who is left without a team.

    The order within a region is that of HMAC-SHA-256 of ``secret`` over the names, so that anybody
    who knows the secret can draw again and find the same. Where legs have classes, each leg is
    taken from its class; where a team is smaller than its legs, its racers take turns.
    """
    places = _seats(format_)
    waiting: dict[tuple[str, str | None], list[Candidate]] = defaultdict(list)
    for one in sorted(candidates, key=lambda each: _lot(secret, each)):
        waiting[one.region, one.racer_class if _classes(format_) else None].append(one)
    teams = []
    for region in sorted({region for region, _ in waiting}):
        number = 0
        while all(len(waiting[region, kind]) >= places.count(kind) for kind in set(places)):
            number += 1
            drawn = [waiting[region, kind].pop(0).who for kind in places]
            legs = tuple(drawn[leg % len(drawn)] for leg in range(len(format_.legs)))
            teams.append(DrawnTeam(region=region, number=number, legs=legs))
    left = sorted((one for each in waiting.values() for one in each), key=lambda each: each.who)
    return tuple(teams), tuple(left)


def _classes(format_: Format) -> bool:
    return any(leg.racer_class is not None for leg in format_.legs)


def _seats(format_: Format) -> list[str | None]:
    """The class of each racer of a team; None where any will do."""
    return [leg.racer_class for leg in format_.legs[: format_.team_size]]


def _lot(secret: bytes, one: Candidate) -> bytes:
    return hmac.new(secret, f"team:{one.who}".encode(), hashlib.sha256).digest()
