"""What things are worth: points, and what is taken off."""

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, int]] = {"high": 10, "medium": 8, "low": 5}
"""A hazard that is found, by its risk."""
KIND: Final = 1
"""The right kind of a hazard."""
CONTROL: Final = 2
"""The right control of a hazard."""
STEP: Final = 3
MEASURED: Final = 2
"""The right instrument at the first try."""
CONCLUDED: Final = 2
WORN: Final = 2
"""Each thing that is needed and worn; as much is taken off for one that is forbidden."""
FLAW: Final = 2
"""Each flaw that is marked."""
MISMARKED: Final = -1
"""Each field that is marked wrongly; a document never earns less than nothing."""
DECISION: Final = 5

FALSE_ALARM: Final = -2
ORDER_ERROR: Final = -3
FORBIDDEN: Final = -5

PPM: Final = 1_000_000
HINT_PPM: Final = 50_000
"""Taken off for each hint."""
LATE_PPM: Final = 10_000
"""Taken off for each full tenth of the norm by which a run is late."""
LATE_MOST: Final = 10
"""Tenths that are counted at most."""
PASS_PPM: Final = 700_000
"""A finished run that earns this is passed."""

GRACE_MS: Final = 2_000
"""How much later than its time a decision may reach the judge: the way there takes a while."""
