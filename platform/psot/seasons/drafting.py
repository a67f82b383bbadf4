"""Every write of rules for seasons to come: a draft, the wish for its shadow, its publication."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from psot.observability.logs import security_log
from psot.ratings.errors import BadRules
from psot.ratings.operations import publish_rules
from psot.ratings.publishing import mistakes
from psot.ratings.queries import newest_season
from psot.ratings.rulesets import FIRST_OWN, newest_rules, parameters_of
from psot.seasons import trying
from psot.seasons.errors import NoDraft, NoShadow
from psot.seasons.models import DraftRow, ShadowRow
from scoring.rating import figures_of

Figures = Mapping[str, Sequence[int]]


def save(session: Session, changed: Figures, *, by: UUID, now: datetime) -> None:
    """Keep the newest rules with what is ``changed`` as the draft. Raises BadRules.

    A shadow of another draft says nothing any more and is forgotten.
    """
    newest = newest_rules(session)
    figures = figures_of(parameters_of(session, newest)) | {
        name: tuple(one) for name, one in changed.items()
    }
    wrong = mistakes(figures)
    if wrong:
        fields = {name: [str(one) for one in said] for name, said in wrong.items()}
        raise BadRules(_("These rules cannot hold."), fields=fields)
    row = {"figures": figures, "saved_by": by, "saved_at": now}
    session.execute(
        upsert(DraftRow)
        .values(version=max(newest + 1, FIRST_OWN), **row)
        .on_conflict_do_update(index_elements=["version"], set_=row)
    )
    session.execute(delete(ShadowRow))


def discard(session: Session) -> None:
    """Forget the draft and its shadow."""
    session.execute(delete(DraftRow))
    session.execute(delete(ShadowRow))


def ask_shadow(session: Session, *, now: datetime) -> None:
    """Ask for the running season as it would be under the draft; a worker counts it.

    Raises NoDraft, and NoShadow where no season is open to try it on.
    """
    draft = _draft(session)
    season = newest_season(session)
    if season is None:
        raise NoShadow(_("No season is open to try these rules on."))
    session.execute(delete(ShadowRow))
    session.add(
        ShadowRow(
            version=draft.version,
            figures=draft.figures,
            season=season.name,
            asked_at=now,
            done=0,
            total=0,
            finished_at=None,
            result=None,
        )
    )


def publish(session: Session, *, reason: str, by: UUID, now: datetime) -> int:
    """Publish the draft for the seasons opened from now on; returns its version.

    Raises NoDraft, BadRules, and NoShadow while its effect on the running season was not shown.
    """
    draft = _draft(session)
    shown = trying.shadow(session)
    if newest_season(session) is not None and (shown is None or not shown.finished):
        raise NoShadow(_("Let the shadow show first what these rules change."))
    version = publish_rules(session, draft.figures, reason, now)
    discard(session)
    security_log().info("rules_published", version=version, member=str(by))
    return version


def _draft(session: Session) -> DraftRow:
    draft = trying.draft(session)
    if draft is None:
        raise NoDraft(_("There is no draft of rules."))
    return draft
