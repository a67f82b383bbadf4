"""The facts of the ledger behind each line of a rating."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy.orm import Session

import events
from events.community import AnswerAccepted
from events.competition import ParticipationCredited, RaceQuestionAnswered
from events.learning import QuestionAnswered
from events.library import VersionPublished
from events.recording import TimeCredited
from events.workplace import RunFinished
from psot.ledger.reading import Entry, entry, told, told_of
from psot.ratings.contributions import ANSWER, QUESTION, Contribution
from psot.ratings.derivations import AnswerLine, Opened, PracticeLine, RaceLine, RecordingLine
from psot.ratings.rules import week_at
from scoring.rating import Season

MEANINGS: Mapping[type[events.Fact], LazyString] = {
    QuestionAnswered: lazy_gettext("You answered a question."),
    RaceQuestionAnswered: lazy_gettext("You answered a question in a race."),
    RunFinished: lazy_gettext("You ended a scenario of the virtual enterprise."),
    ParticipationCredited: lazy_gettext("You finished a race that counts."),
    TimeCredited: lazy_gettext("You were credited time of a recording."),
    AnswerAccepted: lazy_gettext("Your answer to a colleague was accepted."),
    VersionPublished: lazy_gettext("A question of yours was approved."),
}
"""What counts in a rating, and what each fact says to its member."""
OWN_KINDS = tuple(kind for kind in MEANINGS if kind is not VersionPublished)
"""Those that name the member as such; a question's approval names its author."""


Line = AnswerLine | RaceLine | PracticeLine | RecordingLine | Contribution
Place = tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The numbers on the ledger of what made a rating."""

    seqs: Mapping[Place, tuple[int, ...]]

    def of(self, line: Line) -> tuple[int, ...]:
        """Return the seqs of the facts behind ``line``, the earliest recorded first."""
        return self.seqs.get(_place_of_line(line), ())


def evidence(session: Session, season: Season, member: UUID, opened: Opened) -> Evidence:
    """Return the facts behind everything that ``opened`` holds."""
    found: dict[Place, list[int]] = defaultdict(list)
    kept = told_of(session, member, OWN_KINDS, since=season.starts_at, before=season.ends_at)
    if any(one.kind == QUESTION for one in opened.contributions):
        # Questions are approved seldom enough to read every approval of this author.
        author = {"kind": QUESTION, "version": 1, "author": str(member)}
        kept += told(session, VersionPublished, **author)
    for one in kept:
        if _counts(one.fact):
            place = _FACTS[type(one.fact)](one.fact, week_at(one.occurred_at)[1])
            found[place].append(one.seq)
    return Evidence(seqs={place: tuple(seqs) for place, seqs in found.items()})


def own_fact(session: Session, seq: int, member: UUID) -> Entry | None:
    """Return the fact at ``seq`` where it is one that counted for ``member``; None for others."""
    found = entry(session, seq)
    if found is None or not _counts(found.fact):
        return None
    if isinstance(found.fact, OWN_KINDS):
        return found if getattr(found.fact, "member", None) == member else None
    if isinstance(found.fact, VersionPublished) and found.fact.kind == QUESTION:
        return found if found.fact.author == member else None
    return None


def _counts(fact: events.Fact) -> bool:
    """Tell whether a fact of its kind counts: what an asker accepts alone earns nothing."""
    return not isinstance(fact, AnswerAccepted) or fact.by_expert


def _place_of_line(line: Line) -> Place:
    return _LINES[type(line)](line)


def _of_answer(line: AnswerLine) -> Place:
    if line.scenario:
        return (RunFinished, line.attempt)
    kind = QuestionAnswered if line.race is None else RaceQuestionAnswered
    return (kind, line.attempt, line.question)


def _of_contribution(line: Contribution) -> Place:
    return (AnswerAccepted if line.kind == ANSWER else VersionPublished, line.object)


_LINES: Mapping[type, Callable[[Any], Place]] = {
    AnswerLine: _of_answer,
    RaceLine: lambda line: (ParticipationCredited, line.race),
    PracticeLine: lambda line: (RunFinished, line.run),
    RecordingLine: lambda line: (TimeCredited, line.recording, line.week),
    Contribution: _of_contribution,
}
_FACTS: Mapping[type, Callable[[Any, int], Place]] = {
    QuestionAnswered: lambda fact, _: (QuestionAnswered, fact.attempt, fact.question),
    RaceQuestionAnswered: lambda fact, _: (RaceQuestionAnswered, fact.race, fact.question),
    RunFinished: lambda fact, _: (RunFinished, fact.run),
    ParticipationCredited: lambda fact, _: (ParticipationCredited, fact.race),
    TimeCredited: lambda fact, week: (TimeCredited, fact.recording, week),
    AnswerAccepted: lambda fact, _: (AnswerAccepted, str(fact.answer)),
    VersionPublished: lambda fact, _: (VersionPublished, fact.name),
}
