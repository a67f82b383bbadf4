"""The jury's decisions as the boards take them in: whole, or not yet."""

from sqlalchemy.orm import Session

from psot.races import queries as races
from psot.races.values import RaceView
from scoring.biathlon import RaceFact


class Rulings:
    """Holds the jury's facts of one race back until all that it told are here.

    A decision is told at once, but a batch of the log may end in its middle, and nobody is to see
    half a decision.
    """

    def __init__(self) -> None:
        self.held: list[RaceFact] = []
        self._met = 0

    def whole(self, session: Session, view: RaceView, facts: list[RaceFact]) -> list[RaceFact]:
        """Return what of ``facts``, and of those held back, the boards may show."""
        rulings = [one for one in facts if hasattr(one, "decision")]
        self._met += len(rulings)
        self.held += rulings
        plain: list[RaceFact] = [one for one in facts if not hasattr(one, "decision")]
        if not self.held or self._met < races.jury_told(session, view.id):
            return plain
        released, self.held = self.held, []
        return [*plain, *released]
