"""From rows to what the pages show."""

from datetime import datetime

from psot.workplace.models import Class, Run
from psot.workplace.values import ClassView, RunView


def run_view(row: Run) -> RunView:
    """Return a run."""
    return RunView(
        id=row.id,
        member=row.member,
        scenario=row.scenario,
        version=row.version,
        mode=row.mode,
        seed=row.seed,
        number=row.number,
        minutes=row.minutes,
        group=row.group,
        started_at=row.started_at,
        taken=row.taken,
        done=row.done,
        found=row.found,
        ended_at=row.ended_at,
        how=row.how,
        score_ppm=row.score_ppm,
        duration_ms=row.duration_ms,
    )


def class_view(row: Class, members: int = 0) -> ClassView:
    """Return a class."""
    return ClassView(
        id=row.id,
        code=row.code,
        scenario=row.scenario,
        version=row.version,
        mode=row.mode,
        seed=row.seed,
        trainer=row.trainer,
        opened_at=row.opened_at,
        paused_at=row.paused_at,
        pauses=[
            (datetime.fromisoformat(began), datetime.fromisoformat(ended))
            for began, ended in row.pauses
        ],
        point=row.point,
        closed_at=row.closed_at,
        members=members,
    )
