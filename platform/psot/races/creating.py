"""Making races and changing them, until their start list is made."""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from psot.database import new_id
from psot.library import queries as library
from psot.races import checking, planning
from psot.races.errors import RaceInvalid, WrongStage
from psot.races.models import Pool, Race, RaceClass
from psot.races.pools import KINDS
from psot.races.queries import view
from psot.races.rows import locked, touch
from psot.races.stages import EDITABLE, Stage
from psot.races.values import CLASS_RULES, ClassView, RaceView

SECRET_BYTES: Final = 32
CLASS_CODE: Final = re.compile(r"[a-z0-9-]{1,24}")
"""A class's code is a part of the name of its board."""
DIFFICULTIES: Final = (1, 2, 3)
USUAL_POOLS: Final[Mapping[str, tuple[Collection[str], Collection[int]]]] = {
    "station": ((), ()),
    "P": ((), ()),
    "S": ((), (2, 3)),
}
"""The pools of a new race: all topics; standing is the harder shooting."""


def create(
    session: Session,
    *,
    by: UUID | None,
    title: str,
    format: str,  # noqa: A002 - the word of the field
    options: Mapping[str, Any] | None = None,
    now: datetime,
    **fields: Any,
) -> RaceView:
    """Make a draft with the usual pools; ``fields`` are those of `checking.FIELDS`.

    Raises RaceInvalid naming every field that does not fit; an option is named as the rules name
    it, such as ``options.laps``.
    """
    row = Race(
        id=new_id(),
        created_by=by,
        created_at=now,
        secret=secrets.token_bytes(SECRET_BYTES),
        stage=Stage.DRAFT,
        **_BLANK,
    )
    given = {"title": title, "format": format, "options": options or {}, **fields}
    checking.apply(session, row, given)
    session.add(row)
    session.flush()
    _write_pools(session, row.id, USUAL_POOLS)
    session.refresh(row)
    planning.plan(session, row, now)
    return view(row)


def copy(
    session: Session, race_id: UUID, *, by: UUID | None, now: datetime, title: str = ""
) -> RaceView:
    """Make a draft like another race: its rules, pools, classes and limits, but no moments."""
    pattern = locked(session, race_id)
    kept = checking.FIELDS - {*checking.MOMENTS, "title", "format", "options", "exhibition"}
    made = create(
        session,
        by=by,
        title=title or pattern.title,
        format=pattern.format,
        options=pattern.options,
        now=now,
        **{name: getattr(pattern, name) for name in kept},
    )
    pools = session.scalars(select(Pool).where(Pool.race == race_id))
    _write_pools(session, made.id, {one.kind: (one.topics, one.difficulties) for one in pools})
    for one in session.scalars(select(RaceClass).where(RaceClass.race == race_id)):
        session.add(
            RaceClass(
                race=made.id,
                code=one.code,
                title=one.title,
                rule=one.rule,
                values=one.values,
                position=one.position,
            )
        )
    session.flush()
    return made


def edit(
    session: Session,
    race_id: UUID,
    *,
    version: int,
    by: UUID | None,  # noqa: ARG001 - who edits is in the log of requests; drafts tell no facts
    now: datetime,
    **fields: Any,
) -> RaceView:
    """Change ``fields`` of a race that is still at ``version``.

    With the start list made, only what nobody committed to can change; later nothing: then it is
    the jury's. Raises EditedElsewhere, WrongStage and RaceInvalid.
    """
    row = locked(session, race_id)
    if row.stage == Stage.ZEROING and fields.keys() <= checking.UNCOMMITTED:
        pass
    else:
        _editable(row)
    touch(row, version)
    before = row.starts_at, row.remind_minutes
    checking.apply(session, row, fields)
    if (row.starts_at, row.remind_minutes) != before and _ahead(row, now):
        row.reminded_at = None
    session.flush()
    planning.plan(session, row, now)
    return view(row)


def set_pools(
    session: Session,
    race_id: UUID,
    pools: Mapping[str, tuple[Collection[str], Collection[int]]],
    *,
    version: int | None = None,
) -> None:
    """Let tasks of each kind come from (topics, difficulties); empty means all.

    Raises WrongStage once the set is frozen, EditedElsewhere and RaceInvalid.
    """
    row = locked(session, race_id)
    _editable(row)
    wrong = {
        kind: [str(_("Choose from the topics and difficulties there are."))]
        for kind, (topics, levels) in pools.items()
        if kind not in KINDS
        or not set(topics) <= library.topics(session).keys()
        or not set(levels) <= set(DIFFICULTIES)
    }
    if wrong:
        raise RaceInvalid(_("Something in this race does not fit."), fields=wrong)
    touch(row, version)
    _write_pools(session, race_id, pools)


def set_classes(
    session: Session,
    race_id: UUID,
    classes: Iterable[ClassView],
    *,
    version: int | None = None,
) -> None:
    """Let the race have these classes, in this order. Raises as `set_pools` does."""
    row = locked(session, race_id)
    _editable(row)
    wanted = list(classes)
    wrong: dict[str, list[str]] = {}
    for number, one in enumerate(wanted):
        known = CLASS_RULES.get(one.rule)
        if not CLASS_CODE.fullmatch(one.code) or one.code in {x.code for x in wanted[:number]}:
            wrong[f"classes.{number}.code"] = [str(_("Give each class a short name of its own."))]
        if not one.title.strip():
            wrong[f"classes.{number}.title"] = [str(_("Give the class a title."))]
        if known is None or not one.values or not set(one.values) <= known():
            wrong[f"classes.{number}.values"] = [str(_("Choose who belongs to the class."))]
    if wrong:
        raise RaceInvalid(_("Something in this race does not fit."), fields=wrong)
    touch(row, version)
    session.execute(delete(RaceClass).where(RaceClass.race == race_id))
    for position, one in enumerate(wanted):
        session.add(
            RaceClass(
                race=race_id,
                code=one.code,
                title=one.title.strip(),
                rule=one.rule,
                values=list(one.values),
                position=position,
            )
        )
    session.flush()


def _editable(row: Race) -> None:
    if Stage(row.stage) not in EDITABLE or row.practice_of is not None:
        raise WrongStage(
            _("The start list is made: from now on only the jury changes something."),
            subject=row.stage,
        )


def _ahead(row: Race, now: datetime) -> bool:
    return row.starts_at is None or row.starts_at > now


def _write_pools(
    session: Session,
    race_id: UUID,
    pools: Mapping[str, tuple[Collection[str], Collection[int]]],
) -> None:
    for kind, (topics, levels) in pools.items():
        session.merge(
            Pool(race=race_id, kind=kind, topics=sorted(topics), difficulties=sorted(levels))
        )
    session.flush()


_BLANK: Final[Mapping[str, Any]] = {
    "description": "",
    "public": True,
    "season": "",
    "zone": "Europe/Moscow",
    "spectator_delay_s": 0,
    "protest_hours": 24,
    "remind_minutes": 60,
    "normed_minutes": 20,
    "exhibition": False,
}
"""What a new race is where nothing is said."""
