"""Every write of the course: entering, looking, answering, and what happens without the racer.

Each takes the session first and never commits: the acknowledgement follows the commit of its
caller. ``received_at`` is stamped first thing in the handler.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from content.quiz import grade
from events.competition import AnswerContradicted
from psot.course import allowance, echoes, probes
from psot.course.closing import close
from psot.course.errors import AnswerStands, NotShown, OffCourse, OptionInvalid, TakenOver
from psot.course.loading import load, load_all, save
from psot.course.models import Run, Task
from psot.course.rows import TaskRow
from psot.course.seats import fits, new_seat
from psot.course.sets import RaceSet, current, lane_of, race_set
from psot.course.situation import before_zero, situation
from psot.course.store import begin
from psot.course.way import RIGHT, WRONG, Way
from psot.ledger import append
from psot.races import queries
from psot.races.errors import NotEntered
from psot.races.lanes import Lane, lane, lanes
from psot.races.stages import KEYS_OPEN, LIVE
from psot.races.values import RaceView

__all__ = [
    "OPEN",
    "Answered",
    "Entered",
    "Heard",
    "answer",
    "away",
    "bring_up",
    "close",
    "contradict",
    "echo",
    "enter",
    "entered",
    "known",
    "let_in",
    "look",
    "take_out",
]

OPEN = LIVE | KEYS_OPEN
"""Stages of a race that lets its racers in."""


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A seat taken: its token for every further call, and where the racer is."""

    seat: str
    seat_no: int
    situation: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An answer taken: what it came to, whether it is told again, and where the racer is now."""

    outcome: str
    repeated: bool
    situation: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A probe that came back: its round trip, None where it is not ours, and the next probe."""

    rtt_ms: int | None
    probe: str


def enter(session: Session, *, race: UUID, member: UUID, now: datetime) -> Entered:
    """Take the racer's seat for this tab or device; the one that had it is out of it.

    Raises UnknownRace, NotEntered without a bib, OffCourse before zeroing.
    """
    way = _way(session, race, member, now)
    made = entered(way)
    save(session, [way])
    return made


def look(
    session: Session,
    *,
    race: UUID,
    member: UUID,
    seat: str,
    received_at: datetime,
    probe: str = "",
) -> dict[str, Any]:
    """Return where the racer is; the next task is stored and shown where it is due.

    ``probe`` is that of the last situation, sent back at once. Raises TakenOver beside `enter`'s.
    """
    way = _way(session, race, member, received_at)
    shown = looked(way, seat=seat, probe=probe)
    save(session, [way])
    return shown


def answer(
    session: Session,
    *,
    race: UUID,
    member: UUID,
    seat: str,
    task: int,
    option: str,
    received_at: datetime,
    probe: str = "",
) -> Answered:
    """Judge and store the answer to the task shown; the first answer wins.

    The same answer again gets the same outcome. An answer after the deadline is stored as late.
    Raises AnswerStands for another option, NotShown, OptionInvalid and what `look` raises.
    """
    way = _way(session, race, member, received_at)
    made = answered(way, seat=seat, task=task, option=option, probe=probe)
    save(session, [way])
    return made


def entered(way: Way) -> Entered:
    """Take the seat of ``way``, which the caller loads and saves; see `enter`."""
    seat, way.run.seat_sha256 = new_seat()
    way.run.seat_no += 1
    way.run.entered_at = way.run.entered_at or way.now
    return Entered(seat=seat, seat_no=way.run.seat_no, situation=_shown(way))


def looked(way: Way, *, seat: str, probe: str) -> dict[str, Any]:
    """Look at ``way``, which the caller loads and saves; see `look`."""
    _in_seat(way, seat)
    _measure(way, probe)
    return _shown(way)


def answered(way: Way, *, seat: str, task: int, option: str, probe: str) -> Answered:
    """Judge an answer on ``way``, which the caller loads and saves; see `answer`."""
    _in_seat(way, seat)
    row = next((one for one in way.tasks if one.number == task), None)
    if way.view.zero_at is None or row is None:
        raise NotShown(_("This task is not on your screen now."), subject=str(task))
    _measure(way, probe)
    chosen = next((of for shown, of in row.options if shown == option), None)
    if chosen is None:
        raise OptionInvalid(
            _("Choose from the options shown."),
            subject=str(task),
            fields={"option": [str(_("Choose from the options shown."))]},
        )
    if row.outcome is not None:
        return _again(way, row, chosen)
    if way.run.out or way.view.stage not in LIVE:
        raise OffCourse(_("The race is over for you."), subject=str(way.view.id))
    row.chosen = chosen
    right = grade(way.question(row), [chosen]).correct
    way.close(row, RIGHT if right else WRONG, way.now_ms)
    way.bring_up()
    return Answered(outcome=str(row.outcome), repeated=False, situation=_shown(way, last=row))


def away(session: Session, *, race: UUID, member: UUID, seat: str, received_at: datetime) -> None:
    """Count that the racer's page lost the focus. Raises what `look` raises."""
    way = _way(session, race, member, received_at)
    _in_seat(way, seat)
    way.run.away += 1
    save(session, [way])


# -- inside -----------------------------------------------------------------------------------


def _lane(session: Session, race: UUID, member: UUID) -> tuple[RaceView, Lane]:
    view = current(session, race)
    found = lane_of(session, view, member)
    if found is None:
        raise NotEntered(_("You are not on the start list of this race."), subject=str(race))
    return view, found


def _way(session: Session, race: UUID, member: UUID, now: datetime) -> Way:
    view, found = _lane(session, race, member)
    if view.stage not in OPEN:
        raise OffCourse(_("The race is not open to racers now."), subject=view.title)
    return load(session, view, found, now)


def _in_seat(way: Way, seat: str) -> None:
    if not fits(seat, way.run.seat_sha256):
        raise TakenOver(_("You went on racing in another tab or on another device."))


def _again(way: Way, row: TaskRow, chosen: str) -> Answered:
    """Answer for a task that is over: the same answer, a late one, or another one."""
    known = row.chosen if row.chosen is not None else row.late_chosen
    if known is None:
        # Its deadline passed without an answer: this one is late, and kept for the jury.
        way.answer_late(row, chosen)
    elif known != chosen:
        raise AnswerStands(
            _("You answered this task before, otherwise: the first answer stands."),
            subject=str(row.number),
        )
    return Answered(
        outcome=row.outcome or "", repeated=known is not None, situation=_shown(way, last=row)
    )


def contradict(
    session: Session, *, race: UUID, member: UUID, task: int, received_at: datetime
) -> None:
    """Put on record that a racer sent another option for an answered task, at most once a task.

    The caller does it in a transaction of its own: the refused answer rolled its own back.
    """
    view = queries.race(session, race)
    found = lane(session, race, member=member)
    row = (
        None if found is None else session.get(Task, (race, found.bib, task), with_for_update=True)
    )
    if row is None or found is None or view.zero_at is None:
        return
    row.contradicted += 1
    if row.contradicted == 1:
        fact = AnswerContradicted(race=race, bib=found.bib, task=task, t_ms=view.t_ms(received_at))
        append(session, fact, key=f"{race}:{found.bib}:{task}", occurred_at=received_at)


def _measure(way: Way, probe: str) -> None:
    known = echoes.taken(way.view.id, way.lane.bib)
    rtt_ms = probes.rtt_ms(way.race_set.secret, way.lane.bib, probe, way.now) if probe else None
    for one in known if rtt_ms is None else [*known, rtt_ms]:
        way.run.rtts_ms = allowance.with_rtt(way.run.rtts_ms, one)


def known(session: Session, *, race: UUID, member: UUID) -> tuple[RaceSet, Lane]:
    """Return what an echo needs, for a process that does not remember it. Raises NotEntered."""
    view, found = _lane(session, race, member)
    return race_set(session, view), found


def echo(of: tuple[RaceSet, Lane], *, race: UUID, probe: str, received_at: datetime) -> Heard:
    """Measure the round trip of a probe that came back, and give the next one; writes nothing."""
    secret, bib = of[0].secret, of[1].bib
    rtt_ms = probes.rtt_ms(secret, bib, probe, received_at)
    if rtt_ms is not None:
        echoes.keep(race, bib, rtt_ms)
    return Heard(rtt_ms=rtt_ms, probe=probes.make(secret, bib, received_at))


def _shown(way: Way, *, last: TaskRow | None = None) -> dict[str, Any]:
    if way.view.zero_at is None:
        return before_zero(way.view, way.run, way.race_set.secret, way.now)
    way.ask()
    return situation(way, last=last)


def bring_up(session: Session, race: UUID, bib: int, moment: datetime) -> bool:
    """Tell what had happened to a racer by ``moment``; whether anything of it was not told yet."""
    view = queries.race(session, race)
    ways = load_all(session, view, lanes(session, race, [bib]), moment)
    save(session, ways)
    return any(way.news.facts for way in ways)


def take_out(session: Session, race: UUID, bib: int, mark: str) -> None:
    """Take nothing more from a racer who was disqualified or lapped; ``mark`` is DSQ or LAP.

    A racer who never came does not get in any more either.
    """
    run = session.get(Run, (race, bib), with_for_update=True)
    if run is None:
        for one in lanes(session, race, [bib]):
            begin(session, race, one)
        run = session.get(Run, (race, bib), with_for_update=True)
    if run is not None and not run.out:
        run.out, run.due_ms, run.state = mark, None, mark


def let_in(session: Session, race: UUID, bib: int) -> None:
    """Let a racer who was taken out go on."""
    run = session.get(Run, (race, bib), with_for_update=True)
    if run is not None:
        run.out = ""
