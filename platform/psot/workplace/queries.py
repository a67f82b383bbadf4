"""What the pages and other rooms ask about scenarios, runs and classes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from content import scenarios as forms
from psot.library import queries as library
from psot.library.values import ScenarioView
from psot.members.queries import WHOEVER_ASKS, public_names
from psot.workplace import judging
from psot.workplace.ending import group_of
from psot.workplace.errors import UnknownClass, UnknownRun, UnknownScenario
from psot.workplace.models import Class, Deed, Run, Stretch, Tally
from psot.workplace.timing import elapsed_ms
from psot.workplace.values import PASSED_FROM_PPM, ClassView, Listed, Missed, RunView
from psot.workplace.views import class_view, run_view
from scoring import workplace as rules

_NEXT = text("SELECT nextval('workplace_boards')")
HAS_OPEN_RUN = exists().where(Run.member == WHOEVER_ASKS, Run.ended_at.is_(None))
"""Whether whoever asks has begun a run that goes on."""
ERRORS = ("order", "forbidden", "mismarked")
"""Outcomes that are counted in other outcomes, or that need nobody to have missed anything."""


def scenario(session: Session, id_: str) -> ScenarioView:
    """Return a published scenario. Raises UnknownScenario."""
    found = library.scenarios(session).get(id_)
    if found is None:
        raise UnknownScenario(gettext("There is no such scenario."), subject=id_)
    return found


def listed(session: Session, *, member: UUID | None, topic: str = "") -> list[Listed]:
    """Return the published scenarios, of a topic where one is named, with the member's own runs."""
    mine = _standing(session, member) if member else {}
    return [
        Listed(scenario=one, **mine.get(one.id, {}))
        for one in library.scenarios(session).values()
        if not topic or topic in one.topics
    ]


def runs(session: Session, *, member: UUID, scenario: str) -> list[RunView]:
    """Return the member's runs of a scenario, the newest first."""
    rows = session.scalars(
        select(Run)
        .where(Run.member == member, Run.scenario == scenario)
        .order_by(Run.number.desc())
    )
    return [run_view(row) for row in rows]


def run(session: Session, *, member: UUID, run: UUID) -> RunView:
    """Return the member's run. Raises UnknownRun."""
    row = session.scalar(select(Run).where(Run.id == run, Run.member == member))
    if row is None:
        raise UnknownRun(gettext("There is no such run."), subject=str(run))
    return run_view(row)


def run_page(session: Session, found: RunView, *, language: str, now: datetime) -> dict[str, Any]:
    """Return what the page of a run is given: ``Run`` of the front end's types.ts."""
    row = session.get_one(Run, found.id)
    group = group_of(session, row)
    of_scenario = library.scenario(session, found.scenario, found.version).row
    answers = [
        {
            "nth": one.nth,
            "effects": told(of_scenario, one.effects, seed=found.seed, language=language),
        }
        for one in deeds(session, found.id)
    ]
    if found.how == "stopped":
        answers = [*answers[:-1], _stopped(found, answers[-1:])]
    return {
        "run": str(found.id),
        "mode": found.mode,
        "scenario": forms.public(of_scenario, seed=found.seed, language=language),
        "answers": answers,
        "elapsed_ms": elapsed_ms(found, now, group),
        "board": group.board if group else "",
    }


def told(
    row: Mapping[str, Any],
    effects: Sequence[Mapping[str, Any]],
    *,
    seed: int,
    language: str,
) -> list[dict[str, Any]]:
    """Return effects as a page gets them."""
    return forms.told(effects, row, seed=seed, language=language)


def deeds(session: Session, run: UUID) -> list[Deed]:
    """Return the actions of a run in their order."""
    return list(session.scalars(select(Deed).where(Deed.run == run).order_by(Deed.nth)))


def way(session: Session, run: UUID) -> list[list[float]]:
    """Return the way that was walked in a run, by its moments."""
    rows = session.scalars(select(Stretch.points).where(Stretch.run == run))
    points = {point[0]: point for row in rows for point in row}
    return [points[at_ms] for at_ms in sorted(points)]


def group(session: Session, id_: UUID) -> ClassView:
    """Return a class. Raises UnknownClass."""
    row = session.get(Class, id_)
    if row is None:
        raise UnknownClass(gettext("There is no such class."), subject=str(id_))
    members = session.scalar(select(func.count()).select_from(Run).where(Run.group == id_))
    return class_view(row, members or 0)


def group_of_run(session: Session, run: RunView) -> ClassView | None:
    """Return the class of a run."""
    return None if run.group is None else group(session, run.group)


def classes(session: Session, *, trainer: UUID, scenario: str = "") -> list[ClassView]:
    """Return a trainer's classes, the newest first."""
    wanted = select(Class).where(Class.trainer == trainer).order_by(Class.opened_at.desc())
    if scenario:
        wanted = wanted.where(Class.scenario == scenario)
    rows = session.scalars(wanted.limit(50)).all()
    counts = {
        row[0]: row[1]
        for row in session.execute(
            select(Run.group, func.count())
            .where(Run.group.in_([one.id for one in rows]))
            .group_by(Run.group)
        )
    }
    return [class_view(one, counts.get(one.id, 0)) for one in rows]


def board_rows(session: Session, found: ClassView) -> tuple[int, dict[str, Any]]:
    """Return the rows of a class's board and their number: a later call's is higher.

    The number is taken before the rows are read, so the highest one saw every change before it.
    """
    as_of = session.execute(_NEXT).scalar_one()
    found = group(session, found.id)
    rows: dict[str, Any] = {
        "control": {
            "paused": found.paused_at is not None,
            "point": found.point,
            "closed": found.closed_at is not None,
        }
    }
    course = judging.course(session, found.scenario, found.version, found.seed)
    parts = judging.parts(course)
    taken = session.scalars(select(Run).where(Run.group == found.id).order_by(Run.started_at)).all()
    names = public_names(session, [one.member for one in taken])
    for one in taken:
        name = names.get(one.member)
        rows[str(one.id)] = {
            "name": (name.name or f"№ {name.number}") if name else "—",
            "done": min(one.done, parts),
            "parts": parts,
            "found": min(one.found, len(course.hazards)),
            "score_ppm": one.score_ppm,
            "ended": one.how,
        }
    return int(as_of), rows


def misses(session: Session, scenario: str) -> list[Missed]:
    """Return how often each part of a scenario was missed or wrong, the worst first."""
    rows = session.scalars(select(Tally).where(Tally.scenario == scenario)).all()
    ended = sum(row.runs for row in rows if not row.kind)
    found = [
        # Of what is a mistake to report, every ended run could have made it.
        Missed(
            kind=row.kind,
            id=row.part,
            runs=ended if row.kind == "false_alarm" else row.runs,
            missed=row.missed,
        )
        for row in rows
        if row.kind and row.kind not in ERRORS
    ]
    return sorted(found, key=lambda one: (-one.share, one.kind, one.id))


def ended_runs(session: Session, scenario: str) -> int:
    """Return how many ended runs of a scenario are in the map of misses."""
    found = session.get(Tally, (scenario, "", ""))
    return found.runs if found else 0


def figures(session: Session) -> dict[str, tuple[int, int]]:
    """Return by scenario how many runs have ended, and their mean score in millionths."""
    rows = session.scalars(select(Tally).where(Tally.kind == ""))
    return {row.scenario: (row.runs, row.score_ppm // row.runs) for row in rows}


def score_of(session: Session, found: RunView) -> rules.Judgement:
    """Return the judgement of a run, its end included."""
    judgement = judging.judgement(session, session.get_one(Run, found.id))
    if found.how and not judgement.ended:
        judgement, _ = rules.stop(judgement, found.duration_ms or 0)
    return judgement


def _standing(session: Session, member: UUID) -> dict[str, dict[str, Any]]:
    rows = session.execute(
        select(Run.id, Run.scenario, Run.score_ppm, Run.how, Run.ended_at)
        .where(Run.member == member)
        .order_by(Run.started_at)
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        mine = found.setdefault(row.scenario, {"runs": 0, "best_ppm": None, "open_run": None})
        if row.ended_at is None:
            mine["open_run"] = row.id
            continue
        mine["runs"] += 1
        if row.score_ppm is not None and row.score_ppm > (mine["best_ppm"] or -1):
            mine["best_ppm"] = row.score_ppm
        if row.how == "finished" and (row.score_ppm or 0) >= PASSED_FROM_PPM:
            mine["passed"] = True
    return found


def _stopped(found: RunView, last: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the last answer of a run that was left, with its end."""
    effects = last[0]["effects"] if last else []
    ended = [
        {"t": "scored", "score_ppm": found.score_ppm},
        {"t": "ended", "how": found.how, "text": ""},
    ]
    return {"nth": found.taken, "effects": [*effects, *ended]}
