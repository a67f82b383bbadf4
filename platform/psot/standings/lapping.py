"""Who was lapped and still is on the course: only the whole field shows it, so the boards tell it.

A lap that ended in time may be told late: its racer did not look, or an answer waited for a busy
database. So the course takes a racer out only when the moment is past any such delay, and after it
was brought up to that moment.
"""

from collections.abc import Callable, Iterable
from typing import Final

from sqlalchemy.orm import Session

from psot.course import operations as course
from psot.course.way import ANSWERS_WAIT_MS
from psot.database import Database
from psot.races.stages import Stage
from psot.races.values import RaceView
from scoring.biathlon import State
from scoring.biathlon.racer import Racer

SETTLED_AFTER_MS: Final = ANSWERS_WAIT_MS + 3_000
"""A lap that ended by then is told by then."""


class Lapped:
    """Who of one race was found lapped, and whom the course has taken out since."""

    def __init__(self) -> None:
        self._since_ms: dict[int, int] = {}
        self._taken: set[int] = set()

    def note(self, racers: Iterable[Racer]) -> None:
        """Keep what the boards say of ``racers`` now; a late fact may have cleared one."""
        for one in racers:
            bib = one.entry.bib
            if one.irm is State.LAP and one.out_ms is not None:
                self._since_ms[bib] = one.out_ms
            else:
                self._since_ms.pop(bib, None)
                self._taken.discard(bib)

    def due(self, moment_ms: int) -> dict[int, int]:
        """Return who is to be taken out at ``moment_ms`` of the race, and when they were lapped."""
        return {
            bib: out_ms
            for bib, out_ms in sorted(self._since_ms.items())
            if bib not in self._taken and moment_ms - out_ms >= SETTLED_AFTER_MS
        }

    def take_out(
        self,
        database: Database,
        view: RaceView,
        moment_ms: int,
        *,
        holds: Callable[[Session], bool],
    ) -> None:
        """Let the course take nothing more from those who are due; tried again after an error.

        Only as long as this process ``holds`` the race: another one may know of facts that clear
        somebody.
        """
        if view.stage is not Stage.RUNNING:
            return
        for bib, out_ms in self.due(moment_ms).items():
            with database.begin() as session:
                taken = holds(session) and _take_out(session, view, bib, out_ms)
            if taken:
                self._taken.add(bib)


def _take_out(session: Session, view: RaceView, bib: int, out_ms: int) -> bool:
    """Take a racer out, unless the course knew of something that the boards had not seen."""
    if course.bring_up(session, view.id, bib, view.moment(out_ms)):
        return False
    course.take_out(session, view.id, bib, State.LAP)
    return True
