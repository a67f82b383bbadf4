"""The fold of the ratings: facts in any order and any batches end in the same rows.

First the facts become rows (`intake`): of two first answers the earlier stands, in a quiz or in a
race; of two calibrations the newer; a race is credited once, and so is a scenario in a season; what
was watched adds up; an answer or a question given to others counts once for ever. Then everything
that those rows could have changed is counted again (`recount`), and the regions take the difference
(`rosters`). Facts that come before their season is opened, or before its set of rules is published,
wait as rows.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from events.community import AnswerAccepted, PostRestored, PostTakenDown
from events.competition import ParticipationCredited, RaceQuestionAnswered
from events.learning import QuestionAnswered
from events.library import VersionPublished
from events.member import MemberMoved, MemberRegistered
from events.rating import RulesPublished, SeasonCalibrated, SeasonOpened
from events.recording import TimeCredited
from events.workplace import RunFinished
from psot.ledger import Projection, Recorded
from psot.ratings import contributions, credited, intake, rosters, rulesets
from psot.ratings.boards import publish
from psot.ratings.models import (
    AttemptRow,
    CalibrationRow,
    ContributionRow,
    DecisionRow,
    HomeRow,
    MemberRow,
    ParticipationRow,
    PracticeRow,
    RegionRow,
    RulesRow,
    SeasonRow,
    WatchedRow,
)
from psot.ratings.recount import everybody, recount
from psot.ratings.standards import standards

_TOUCHED = text(
    "SELECT member FROM rating_members"
    " WHERE season = :season AND member = ANY(CAST(:members AS uuid[]))"
)


def fold(session: Session, batch: Sequence[Recorded]) -> None:
    """Fold ``batch`` into the rating tables."""
    before, after = intake.settle(session, batch)
    opened = rulesets.keep_rules(session, batch) | intake.open_seasons(session, batch)
    calibrated = intake.keep_calibrations(session, batch)
    answered = intake.keep_answers(session, batch)
    raced = credited.keep_participations(session, batch)
    practised = credited.keep_practices(session, batch)
    watched = credited.keep_watched(session, batch)
    given = contributions.keep_contributions(session, batch)
    for standard in standards(session):
        season = standard.season
        if season in opened:
            roster = rosters.count_rosters(session, standard)
        else:
            roster = rosters.moved(before, after, standard)
        seen = watched.get(season, {})
        touched: intake.Fresh
        if season in opened | calibrated:
            touched = dict.fromkeys(everybody(session, season))
        else:
            # Races, runs and contributions are few, so whoever has one is counted anew.
            touched = answered.get(season, {}) | dict.fromkeys(raced.get(season, ()))
            touched |= dict.fromkeys(practised.get(season, ()))
            touched |= dict.fromkeys(given.get(season, ()))
            touched |= {member: [] for member in seen.keys() - touched.keys()}
            moved = _rated(session, season, after.keys() - touched.keys())
            touched |= {member: [] for member in moved}
        changed = recount(session, standard, touched, seen) if touched else {}
        rosters.add(session, season, (roster, changed))


def _rated(session: Session, season: str, members: Iterable[UUID]) -> list[UUID]:
    """Return those of ``members`` who have a row in ``season``."""
    asked = list(members)
    if not asked:
        return []
    return list(session.execute(_TOUCHED, {"season": season, "members": asked}).scalars())


RATINGS = Projection(
    name="ratings",
    version=5,
    facts=(
        MemberRegistered,
        MemberMoved,
        QuestionAnswered,
        RaceQuestionAnswered,
        ParticipationCredited,
        TimeCredited,
        RunFinished,
        AnswerAccepted,
        PostTakenDown,
        PostRestored,
        VersionPublished,
        RulesPublished,
        SeasonOpened,
        SeasonCalibrated,
    ),
    tables=(
        RulesRow,
        SeasonRow,
        CalibrationRow,
        HomeRow,
        AttemptRow,
        ParticipationRow,
        PracticeRow,
        WatchedRow,
        ContributionRow,
        DecisionRow,
        MemberRow,
        RegionRow,
    ),
    fold=fold,
    volatile=frozenset({"rating_seasons.epoch", "rating_members.version"}),
    publish=publish,
)
