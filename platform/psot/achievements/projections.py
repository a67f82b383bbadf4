"""The fold of achievements: facts in any order and any batches end in the same rows.

What a batch tells is merged into the deeds; where a deed holds, what its member has earned by all
deeds of that achievement is counted anew.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from events.community import AnswerAccepted
from events.competition import ParticipationCredited, ShootingCleaned
from events.learning import AttemptFinished, QuestionAnswered
from events.library import VersionPublished
from events.recording import TimeCredited
from events.workplace import RunFinished
from psot.achievements.models import DeedRow, EarnedRow
from psot.ledger import Projection, Recorded
from scoring.achievements import BY_NAME, Deed, deeds, earned, holds, merged

Key = tuple[UUID, str, str, str]
Group = tuple[UUID, str, str]

_KNOWN = text(
    """
    SELECT d.* FROM achievements_deeds d
    JOIN unnest(CAST(:members AS uuid[]), CAST(:awards AS text[]), CAST(:subjects AS text[]),
                CAST(:keys AS text[])) AS asked (member, award, subject, key)
        USING (member, award, subject, key)
    """
)
_KEEP = text(
    """
    INSERT INTO achievements_deeds (member, award, subject, key, amount, score_ppm, at, seq, by,
                                    place)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        member uuid, award text, subject text, key text, amount bigint, score_ppm int,
        at timestamptz, seq bigint, by text, place text)
    ON CONFLICT (member, award, subject, key) DO UPDATE
    SET amount = excluded.amount, score_ppm = excluded.score_ppm, at = excluded.at,
        seq = excluded.seq, by = excluded.by, place = excluded.place
    """
)
_GROUPS = text(
    """
    SELECT d.* FROM achievements_deeds d
    JOIN unnest(CAST(:members AS uuid[]), CAST(:awards AS text[]), CAST(:subjects AS text[]))
        AS asked (member, award, subject) USING (member, award, subject)
    """
)
_EARN = text(
    """
    INSERT INTO achievements_earned (member, award, subject, earned_at, seq, place)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        member uuid, award text, subject text, earned_at timestamptz, seq bigint, place text)
    ON CONFLICT (member, award, subject) DO UPDATE
    SET earned_at = excluded.earned_at, seq = excluded.seq, place = excluded.place
    """
)


def fold(session: Session, batch: Sequence[Recorded]) -> None:
    """Fold ``batch`` into the tables of achievements."""
    told = _told(batch)
    if not told:
        return
    for row in session.execute(_KNOWN, _columns(told, ("members", "awards", "subjects", "keys"))):
        one = deed_of(row)
        told[*one.group, one.key] = merged(one, told[*one.group, one.key])
    _write(session, _KEEP, [asdict(one) for one in told.values()])
    _earn(session, {one.group for one in told.values() if holds(BY_NAME[one.award], one)})


def deed_of(row: Row[Any] | DeedRow) -> Deed:
    """Return the deed that stands in ``row``."""
    return Deed(
        member=row.member,
        award=row.award,
        subject=row.subject,
        key=row.key,
        amount=row.amount,
        score_ppm=row.score_ppm,
        at=row.at,
        seq=row.seq,
        by=row.by,
        place=row.place,
    )


def _told(batch: Iterable[Recorded]) -> dict[Key, Deed]:
    told: dict[Key, Deed] = {}
    for recorded in batch:
        for one in deeds(recorded.fact, recorded.occurred_at, recorded.seq):
            key = *one.group, one.key
            told[key] = merged(told[key], one) if key in told else one
    return told


def _earn(session: Session, groups: set[Group]) -> None:
    """Write down what each of ``groups`` has earned by all its deeds."""
    if not groups:
        return
    found: dict[Group, list[Deed]] = defaultdict(list)
    for row in session.execute(_GROUPS, _columns(groups, ("members", "awards", "subjects"))):
        one = deed_of(row)
        found[one.group].append(one)
    rows = []
    for (member, award, subject), done in found.items():
        made = earned(BY_NAME[award], done)
        if made is not None:
            rows.append(
                {
                    "member": member,
                    "award": award,
                    "subject": subject,
                    "earned_at": made.at,
                    "seq": made.seq,
                    "place": made.place,
                }
            )
    _write(session, _EARN, rows)


def _columns(rows: Iterable[tuple[Any, ...]], names: tuple[str, ...]) -> dict[str, list[Any]]:
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def _write(session: Session, statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(statement, {"rows": json.dumps(rows, default=str)})


ACHIEVEMENTS = Projection(
    name="achievements",
    version=1,
    facts=(
        ShootingCleaned,
        ParticipationCredited,
        AnswerAccepted,
        AttemptFinished,
        QuestionAnswered,
        RunFinished,
        TimeCredited,
        VersionPublished,
    ),
    tables=(DeedRow, EarnedRow),
    fold=fold,
)
