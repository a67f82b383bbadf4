"""What happened in the virtual workplace. Times are whole milliseconds since the run began.

As xAPI statements: started is ``initialized``, acted is ``interacted``, a finished run is
``completed`` with a score, ``passed`` or ``failed`` besides, and ``terminated`` where it was broken
off; outside simulators report with the same verbs.
"""

from uuid import UUID

from events.base import Fact, fact


@fact("psot.workplace.run.started.v1")
class RunStarted(Fact):
    """A member entered a scenario.

    ``version`` is the scenario's in the library, ``mode`` practice or check, ``number`` counts this
    member's runs of the scenario from 1; ``seed`` decides what is present. ``group`` is the class
    that a trainer opened, None outside one.
    """

    member: UUID
    run: UUID
    scenario: str
    version: int
    mode: str
    seed: int
    number: int
    group: UUID | None


@fact("psot.workplace.acted.v1")
class Acted(Fact):
    """A member did something; a run is judged anew from these alone.

    ``nth`` counts the actions of the run from 1 without gaps; ``action`` is canonical JSON.
    """

    member: UUID
    run: UUID
    scenario: str
    nth: int
    at_ms: int
    action: str


@fact("psot.workplace.run.finished.v1")
class RunFinished(Fact):
    """A run ended: finished by the member, by a critical error (critical), or left (stopped).

    ``score_ppm`` is 0 to 1,000,000. ``minutes`` is the scenario's norm: what a finished run counts
    for, however long it took; 0 where it was not finished.
    """

    member: UUID
    run: UUID
    scenario: str
    version: int
    mode: str
    number: int
    how: str
    score_ppm: int
    duration_ms: int
    minutes: int
