"""What happened around a race: its life, its start list, its draw, its jury's office, its credit.

The course itself is told by `events.race`. A race is a random id; members appear by theirs only
where the fact is about a member of the community, never in a fact of the course.
"""

from uuid import UUID

from events.base import Fact, fact


@fact("psot.race.stage.entered.v1")
class StageEntered(Fact):
    """A race entered a ``stage`` of its life; ``by`` is None where the schedule did it."""

    race: UUID
    stage: str
    by: UUID | None


@fact("psot.race.member.registered.v1")
class RacerRegistered(Fact):
    """A member registered for a race, for the ``number``-th time (from 1)."""

    race: UUID
    member: UUID
    number: int


@fact("psot.race.member.withdrew.v1")
class RacerWithdrew(Fact):
    """A member took the ``number``-th registration back before the start list was made."""

    race: UUID
    member: UUID
    number: int


@fact("psot.race.start.listed.v1")
class StartListed(Fact):
    """The start list was made: so many ``racers``, and the SHA-256 of its canonical JSON."""

    race: UUID
    racers: int
    sha256: str


@fact("psot.race.draw.committed.v1")
class DrawCommitted(Fact):
    """Before the start: SHA-256 of the race's secret, of its question set and of its rules."""

    race: UUID
    secret_sha256: str
    questions_sha256: str
    rules_sha256: str


@fact("psot.race.draw.revealed.v1")
class DrawRevealed(Fact):
    """After the official protocol: the secret itself, in hexadecimal digits."""

    race: UUID
    secret: str


@fact("psot.race.outage.measured.v1")
class OutageMeasured(Fact):
    """The service did not answer between two moments after the race's zero."""

    race: UUID
    from_ms: int
    until_ms: int


@fact("psot.race.answer.contradicted.v1")
class AnswerContradicted(Fact):
    """A racer sent another option for a task that was answered; the first answer stands."""

    race: UUID
    bib: int
    task: int
    t_ms: int


@fact("psot.race.decision.applied.v1")
class DecisionApplied(Fact):
    """The jury applied a ``decision`` as a whole; its effects are facts of their own."""

    race: UUID
    decision: UUID
    by: UUID
    kind: str


@fact("psot.race.protest.lodged.v1")
class ProtestLodged(Fact):
    """A racer protested against the provisional results."""

    race: UUID
    protest: UUID
    bib: int


@fact("psot.race.protest.answered.v1")
class ProtestAnswered(Fact):
    """The jury answered a protest: ``upheld`` or not."""

    race: UUID
    protest: UUID
    by: UUID
    upheld: bool


@fact("psot.race.protocol.published.v1")
class ProtocolPublished(Fact):
    """A protocol was published, ``provisional`` or ``official``, with the SHA-256 of its JSON."""

    race: UUID
    stage: str
    sha256: str


@fact("psot.race.participation.credited.v1")
class ParticipationCredited(Fact):
    """A member finished an official race worth so many normed ``minutes`` of activity."""

    race: UUID
    member: UUID
    minutes: int


@fact("psot.race.shooting.cleaned.v1")
class ShootingCleaned(Fact):
    """A member closed all targets of a bout with as many shots, in an official race they finished.

    ``bout`` counts the member's bouts of the race from 1.
    """

    race: UUID
    member: UUID
    bout: int


@fact("psot.race.question.answered.v1")
class RaceQuestionAnswered(Fact):
    """A member's answer in a race, told when the race is official and no jury voided it.

    ``score_ppm`` is 1,000,000 for right and 0 for wrong; a late answer or none is wrong.
    ``response_ms`` is the server's time from showing to receiving, or the limit where none came.
    """

    race: UUID
    member: UUID
    question: str
    question_version: int
    score_ppm: int
    response_ms: int
