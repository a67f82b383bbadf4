"""What rankings kept elsewhere need to follow the ratings: who changed, and sums by topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select, text
from sqlalchemy.orm import Session

from psot.ratings.models import MemberRow, SeasonRow
from psot.ratings.rules import Standard
from scoring.rating import EffectivenessSums

# What left the rating has no weight here either.
_BY_TOPIC = text(
    """
    SELECT a.member, t.topic, sum(w.weight_ppm)::bigint AS weight_ppm,
           sum(w.weight_ppm * a.score_ppm)::bigint AS weighted_ppm2
    FROM rating_attempts a
    JOIN unnest(CAST(:asked AS text[]), CAST(:topics AS text[])) AS t (question, topic)
        USING (question)
    LEFT JOIN unnest(CAST(:measured AS text[]), CAST(:weights_ppm AS bigint[]))
        AS q (question, weight_ppm) USING (question)
    LEFT JOIN unnest(CAST(:out AS text[]), CAST(:out_versions AS int[]))
        AS o (question, question_version) USING (question, question_version)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN o.question IS NULL THEN coalesce(q.weight_ppm, :unknown_ppm)
               ELSE 0 END AS weight_ppm) AS w
    WHERE a.season = :season AND a.member = ANY(CAST(:members AS uuid[]))
    GROUP BY a.member, t.topic
    """
)


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A member whose row is newer than a version; ``region`` is empty while none is known."""

    member: UUID
    region: str
    rating_milli: int
    version: int


def epoch_of(session: Session, season: str) -> int:
    """Return the epoch of an opened season: new whenever its ratings were made again."""
    return session.get_one(SeasonRow, season).epoch


def changed(session: Session, season: str, *, version: int, at_most: int) -> list[Changed]:
    """Return the members changed after ``version``, the longest ago first."""
    rows = session.execute(
        select(MemberRow.member, MemberRow.region, MemberRow.rating_milli, MemberRow.version)
        .where(MemberRow.season == season, MemberRow.version > version)
        .order_by(MemberRow.version)
        .limit(at_most)
    )
    return [Changed(**row._asdict()) for row in rows]


def topic_sums(
    session: Session, standard: Standard, members: Sequence[UUID], topics: Mapping[str, str]
) -> dict[tuple[UUID, str], EffectivenessSums]:
    """Return the sums of first answers by member and topic; ``topics`` names each question's.

    They are of questions only: a scenario is about several topics at once.
    """
    rows = session.execute(
        _BY_TOPIC,
        {
            "season": standard.season,
            "members": list(members),
            "asked": list(topics),
            "topics": list(topics.values()),
            "measured": list(standard.measured),
            "weights_ppm": [standard.weight_ppm(one) for one in standard.measured],
            "unknown_ppm": standard.unknown_weight_ppm,
            "out": [question for question, _ in standard.editions_out],
            "out_versions": [version for _, version in standard.editions_out],
        },
    )
    return {
        (row.member, row.topic): EffectivenessSums(
            weight_ppm=row.weight_ppm, weighted_score_ppm2=row.weighted_ppm2
        )
        for row in rows
    }


def places(season: str, week: int) -> Select[str, UUID, int, int, int, int]:
    """Return the query of everybody's place in ``season`` now, marked with ``week``.

    It walks over all members: for a note once in a while, never for a page.
    """
    order: ColumnElement[int] = func.rank().over(order_by=MemberRow.rating_milli.desc())
    total: ColumnElement[int] = func.count().over()
    return select(
        literal(season), MemberRow.member, literal(week), order, total, MemberRow.rating_milli
    ).where(MemberRow.season == season)
