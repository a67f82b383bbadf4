"""What the members of each region are like as a whole: for a duty that keeps it, never for a page.

Every function here walks over all members of a season.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

_BINS = text(
    """
    SELECT region, rating_milli / :width_milli AS bin, count(*)::int AS members
    FROM rating_members WHERE season = :season AND on_roster
    GROUP BY region, bin ORDER BY region, bin
    """
)
_FIRST = text(
    """
    SELECT region, array_agg(member ORDER BY place) AS members FROM (
        SELECT region, member,
               row_number() OVER (PARTITION BY region ORDER BY rating_milli DESC, member) AS place
        FROM rating_members WHERE season = :season AND on_roster AND rating_milli > 0
    ) AS placed WHERE place <= :at_most GROUP BY region
    """
)
_TOPICS = text(
    """
    SELECT m.region, t.topic, count(DISTINCT a.member)::int AS members, count(*) AS answers,
           round(avg(a.score_ppm))::int AS score_ppm
    FROM rating_attempts a
    JOIN rating_members m USING (season, member)
    JOIN unnest(CAST(:questions AS text[]), CAST(:topics AS text[])) AS t (question, topic)
        USING (question)
    WHERE a.season = :season AND m.on_roster
    GROUP BY m.region, t.topic
    """
)


@dataclass(frozen=True, kw_only=True)
class TopicAnswers:
    """First answers of a region's roster in one topic: how many members, answers, how right."""

    region: str
    topic: str
    members: int
    answers: int
    score_ppm: int


def distribution(session: Session, season: str, *, width_milli: int) -> dict[str, dict[int, int]]:
    """Return how many members of each region's roster have a rating in each band, by its number."""
    found: dict[str, dict[int, int]] = {}
    rows = session.execute(_BINS, {"season": season, "width_milli": width_milli})
    for region, band, members in rows:
        found.setdefault(region, {})[band] = members
    return found


def leaders(session: Session, season: str, *, at_most: int) -> dict[str, list[UUID]]:
    """Return the first few members of each region's roster, the best first."""
    rows = session.execute(_FIRST, {"season": season, "at_most": at_most})
    return {row.region: row.members for row in rows}


def topics(session: Session, season: str, topic_of: Mapping[str, str]) -> list[TopicAnswers]:
    """Return the first answers of each region by the topic that ``topic_of`` gives a question."""
    rows = session.execute(
        _TOPICS,
        {"season": season, "questions": list(topic_of), "topics": list(topic_of.values())},
    )
    return [
        TopicAnswers(
            region=row.region,
            topic=row.topic,
            members=row.members,
            answers=row.answers,
            score_ppm=row.score_ppm,
        )
        for row in rows
    ]
