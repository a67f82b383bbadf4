"""The sums of a region, as a value that can be added and taken away exactly."""

from dataclasses import dataclass

from scoring.rating import RegionSums, Squares


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What members of a region add to it: heads on the roster, active ones, and their figures.

    The squares tell how much the members differ; see `scoring.rating.squared_ppm2`.
    """

    members: int = 0
    active: int = 0
    activity_ppb: int = 0
    qualified: int = 0
    effectiveness_ppb: int = 0
    activity_ppm2: int = 0
    effectiveness_ppm2: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            members=self.members + other.members,
            active=self.active + other.active,
            activity_ppb=self.activity_ppb + other.activity_ppb,
            qualified=self.qualified + other.qualified,
            effectiveness_ppb=self.effectiveness_ppb + other.effectiveness_ppb,
            activity_ppm2=self.activity_ppm2 + other.activity_ppm2,
            effectiveness_ppm2=self.effectiveness_ppm2 + other.effectiveness_ppm2,
        )

    def __neg__(self) -> "Sums":
        return Sums(
            members=-self.members,
            active=-self.active,
            activity_ppb=-self.activity_ppb,
            qualified=-self.qualified,
            effectiveness_ppb=-self.effectiveness_ppb,
            activity_ppm2=-self.activity_ppm2,
            effectiveness_ppm2=-self.effectiveness_ppm2,
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

    @property
    def squares(self) -> Squares:
        """Return the squares as the pure rule takes them."""
        return Squares(activity_ppm2=self.activity_ppm2, effectiveness_ppm2=self.effectiveness_ppm2)


NOTHING = Sums()
