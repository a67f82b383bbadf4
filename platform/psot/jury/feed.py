"""What an official race tells the ratings: who took part, clean bouts, and first answers.

Told once, in the transaction that makes the race official, and under keys that make a repetition
harmless. Practice and exhibition races tell nothing; medals have a board of their own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from events import Fact
from events.competition import ParticipationCredited, RaceQuestionAnswered, ShootingCleaned
from psot.course import queries as course
from psot.jury import queries
from psot.ledger import append_many
from psot.races import queries as races
from psot.races.values import RaceView

RIGHT_PPM = 1_000_000

Told = tuple[Fact, str, datetime]


def tell(session: Session, view: RaceView, protocol: Mapping[str, Any]) -> int:
    """Tell what the official ``protocol`` is worth to the ratings; returns how many facts."""
    if view.practice_of is not None or view.exhibition or view.zero_at is None:
        return 0
    members = {one.bib: one.member for one in races.start_list(session, view.id)}
    facts = [
        *_finished(view, protocol, members),
        *_cleaned(view, protocol, members),
        *_answered(session, view, members),
    ]
    append_many(session, facts)
    return len(facts)


def _finished(
    view: RaceView, protocol: Mapping[str, Any], members: Mapping[int, UUID]
) -> Iterator[Told]:
    """Yield the participation of everybody who ended their course without a mark, once each."""
    for bib, t_ms in _ends(protocol).items():
        fact = ParticipationCredited(race=view.id, member=members[bib], minutes=view.normed_minutes)
        yield fact, f"{view.id}:{fact.member}", _moment(view, t_ms)


def _cleaned(
    view: RaceView, protocol: Mapping[str, Any], members: Mapping[int, UUID]
) -> Iterator[Told]:
    """Yield every bout without a miss and without a spare round, of those who finished."""
    ends, bouts = _ends(protocol), Counter[int]()
    apart, clean = (" ", "0+0") if view.rules.spares else ("+", "0")
    for line in sorted(protocol["results"], key=lambda line: line["leg"]):
        for shooting in filter(None, line["shootings"].split(apart)):
            bib = line["bib"]
            bouts[bib] += 1
            if shooting == clean and bib in ends:
                fact = ShootingCleaned(race=view.id, member=members[bib], bout=bouts[bib])
                yield fact, f"{view.id}:{fact.member}:{fact.bout}", _moment(view, ends[bib])


def _ends(protocol: Mapping[str, Any]) -> dict[int, int]:
    """Return when everybody who ended their course without a mark did, by bib."""
    ended: dict[int, int] = {}
    out = set()
    for line in protocol["results"]:
        if line["irm"] is not None or line["finish_ms"] is None:
            out.add(line["bib"])
        else:
            ended[line["bib"]] = max(ended.get(line["bib"], 0), line["finish_ms"])
    return {bib: t_ms for bib, t_ms in ended.items() if bib not in out}


def _answered(session: Session, view: RaceView, members: Mapping[int, UUID]) -> Iterator[Told]:
    """Yield everybody's first meeting with each question that no jury voided."""
    voided = queries.voided(session, view.id)
    met: set[tuple[int, str]] = set()
    for task in course.tasks(session, view.id):
        if task.outcome is None or task.question in voided or (task.bib, task.question) in met:
            continue
        met.add((task.bib, task.question))
        ended_ms = task.shown_ms if task.ended_ms is None else task.ended_ms
        answered = task.chosen is not None
        response_ms = ended_ms - task.shown_ms if answered else task.limit_ms or 0
        fact = RaceQuestionAnswered(
            race=view.id,
            member=members[task.bib],
            question=task.question,
            question_version=task.version,
            score_ppm=RIGHT_PPM if task.outcome == "right" else 0,
            response_ms=response_ms,
        )
        key = f"{view.id}:{fact.member}:{task.question}"
        yield fact, key, _moment(view, ended_ms)


def _moment(view: RaceView, t_ms: int) -> datetime:
    if view.zero_at is None:
        raise ValueError(f"race {view.id} has no zero")
    return view.zero_at + timedelta(milliseconds=t_ms)
