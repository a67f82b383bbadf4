"""The watch: looks through a race for what the jury should see, and closes what was seen.

Run while a race runs and once more at its lock. It opens cases and does nothing to anybody.
"""

import json
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.course import queries as course
from psot.jury import patterns
from psot.jury.errors import Decided, TermsInvalid, UnknownCase
from psot.jury.models import Case
from psot.jury.patterns import Answer, Finding
from psot.observability.logs import security_log
from psot.races import queries as races
from psot.races.values import RaceView
from psot.standings import queries as standings
from scoring.biathlon import Racer

LONGEST_VERDICT = 1000

# What is found again grows in its evidence while the jury has not closed it; later it stands.
_FOUND = text(
    """
    INSERT INTO race_cases AS kept (id, race, kind, subject, bibs, evidence, opened_at)
    SELECT gen_random_uuid(), :race, new.kind, new.subject, new.bibs, new.evidence, :now
    FROM json_to_recordset(CAST(:rows AS json)) AS new (
        kind text, subject text, bibs jsonb, evidence jsonb)
    ON CONFLICT (race, kind, subject) DO UPDATE
    SET bibs = excluded.bibs, evidence = excluded.evidence
    WHERE kept.closed_at IS NULL AND kept.evidence <> excluded.evidence
    RETURNING xmax = 0 AS opened
    """
)


def find(session: Session, race: UUID, now: datetime) -> int:
    """Open a case for everything worth a look; returns how many are new. Raises UnknownRace."""
    view = races.race(session, race)
    found = findings(session, view, now)
    if not found:
        return 0
    rows = [
        {
            "kind": one.kind,
            "subject": one.subject,
            "bibs": list(one.bibs),
            "evidence": dict(one.evidence),
        }
        for one in found
    ]
    told = session.execute(_FOUND, {"race": race, "now": now, "rows": json.dumps(rows)})
    return sum(told.scalars())


def findings(session: Session, view: RaceView, now: datetime) -> list[Finding]:
    """Return what the rules of `psot.jury.patterns` find in a race as it is now."""
    # The columns come in the order of `Answer`: of a large field it is a hundred thousand.
    answers = [Answer._make(one) for one in course.answers(session, view.id)]
    away = course.away(session, view.id, patterns.FOCUS_LOST)
    return [
        *patterns.too_fast(answers),
        *patterns.too_regular(answers),
        *patterns.same_wrong(answers),
        *patterns.contradicted(answers),
        *patterns.late(answers),
        *patterns.focus_lost(away),
        *patterns.outages(*_outages(session, view, now)),
    ]


def close(session: Session, case: UUID, *, verdict: str, by: UUID, now: datetime) -> None:
    """Close a case with a verdict in words. Raises UnknownCase, Decided, TermsInvalid."""
    row = session.get(Case, case, with_for_update=True)
    if row is None:
        raise UnknownCase(_("There is no such case."), subject=str(case))
    if row.closed_at is not None:
        raise Decided(_("This case is closed."), subject=str(case))
    verdict = verdict.strip()
    if not verdict or len(verdict) > LONGEST_VERDICT:
        message = _("Give a verdict of at most 1,000 characters.")
        raise TermsInvalid(message, subject=str(case), fields={"verdict": [str(message)]})
    row.verdict, row.closed_at, row.closed_by = verdict, now, by
    session.flush()
    security_log().info("case_closed", member=str(by), race=str(row.race), case=str(case))


def _outages(
    session: Session, view: RaceView, now: datetime
) -> tuple[list[tuple[int, int]], list[tuple[int, int, int]]]:
    gaps_ms = course.outages(session, view)
    if not gaps_ms or view.zero_at is None:
        return [], []
    end_ms = view.t_ms(view.locked_at or now)
    racers = standings.book(session, view.id).race().racers
    ways = [_way(one, end_ms) for one in racers if one.start_ms is not None and one.irm is None]
    return gaps_ms, ways


def _way(racer: Racer, end_ms: int) -> tuple[int, int, int]:
    ended_ms = end_ms if racer.leg_end_ms is None else racer.leg_end_ms
    return racer.entry.bib, racer.start_ms or 0, ended_ms
