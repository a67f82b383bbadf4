"""The sums of a region, as a value that can be added and taken away exactly."""

from dataclasses import dataclass

from scoring.rating import RegionSums


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What members of a region add to it: heads on the roster, active ones, and their figures."""

    members: int = 0
    active: int = 0
    activity_ppb: int = 0
    qualified: int = 0
    effectiveness_ppb: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            members=self.members + other.members,
            active=self.active + other.active,
            activity_ppb=self.activity_ppb + other.activity_ppb,
            qualified=self.qualified + other.qualified,
            effectiveness_ppb=self.effectiveness_ppb + other.effectiveness_ppb,
        )

    def __neg__(self) -> "Sums":
        return Sums(
            members=-self.members,
            active=-self.active,
            activity_ppb=-self.activity_ppb,
            qualified=-self.qualified,
            effectiveness_ppb=-self.effectiveness_ppb,
        )

    @property
    def rule(self) -> RegionSums:
        """Return them as the pure rule takes them."""
        return RegionSums(
            members=self.members,
            activity_ppb=self.activity_ppb,
            qualified=self.qualified,
            effectiveness_ppb=self.effectiveness_ppb,
        )


NOTHING = Sums()
