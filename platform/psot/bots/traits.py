"""What a bot is like: everything drawn from the seed, so that a field of bots can be had again.

| trait | distribution |
|---|---|
| ``skill`` | chance of a right answer: normal, mean 0.78, deviation 0.14, kept in 0.30 to 0.98 |
| ``pace_s`` | median seconds for a prone shot: lognormal, median 5, sigma 0.35, kept in 1.5 to 14 |
| one response | lognormal around the pace (station x 1.5, standing x 1.2), sigma 0.35 |
| ``delay_ms`` | one way on the network: lognormal, median 25, sigma 0.8, kept under 600 |
| one delay | the bot's, x a lognormal jitter of sigma 0.3 |
| ``over_http`` | one of ten has no websocket |
| ``drops`` | chance per answer that the connection is lost: exponential, mean 0.01, at most 0.2 |
| ``away_s`` | how long it then stays away: uniform, 0.5 to 4 s |
| ``devices`` | chance per answer to go on with another device: one of twenty bots, 0.08 |
| ``asleep`` | chance per answer to let the time run out: exponential, mean 0.008, at most 0.2 |

Another ``speed`` divides responses and absences, not the network.
"""

import math
from dataclasses import dataclass
from random import Random

KINDS = {"station": 1.5, "P": 1.0, "S": 1.2}
"""How much longer a task of a kind takes than a prone shot."""


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What one bot is like; see the table above."""

    skill: float
    pace_s: float
    delay_ms: float
    over_http: bool
    drops: float
    devices: float
    asleep: float

    @classmethod
    def drawn(cls, random: Random) -> "Traits":
        """Return the traits that ``random`` gives."""
        return cls(
            skill=_kept(random.gauss(0.78, 0.14), 0.30, 0.98),
            pace_s=_kept(random.lognormvariate(math.log(5), 0.35), 1.5, 14),
            delay_ms=min(600, random.lognormvariate(math.log(25), 0.8)),
            over_http=random.random() < 0.1,  # noqa: PLR2004 - the table says so
            drops=min(0.2, random.expovariate(1 / 0.01)),
            devices=0.08 if random.random() < 0.05 else 0.0,  # noqa: PLR2004 - the table says so
            asleep=min(0.2, random.expovariate(1 / 0.008)),
        )

    def response_s(self, random: Random, kind: str, speed: float) -> float:
        """Return how long this answer takes, in seconds."""
        median_s = self.pace_s * KINDS.get(kind, 1.0)
        return random.lognormvariate(math.log(median_s), 0.35) / speed

    def delay_s(self, random: Random) -> float:
        """Return how long this message travels, in seconds."""
        return min(1.0, self.delay_ms * random.lognormvariate(0, 0.3) / 1000)


def _kept(value: float, least: float, most: float) -> float:
    return min(most, max(least, value))
