"""What draws and judges need and what never changes while a race is on: kept in this process."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from content.quiz import Question
from psot.races import queries
from psot.races.values import RaceView
from scoring.biathlon import Format

RACES = 32
"""How many races' sets a process keeps."""


@dataclass(frozen=True, kw_only=True)
class RaceSet:
    """The rules, the questions by pool, and the secret of a race; it prints neither."""

    format: Format = field(repr=False)
    pools: Mapping[str, Mapping[str, Question]] = field(repr=False)
    secret: bytes = field(repr=False)


_kept: OrderedDict[tuple[UUID, str], RaceSet] = OrderedDict()


def race_set(session: Session, view: RaceView) -> RaceSet:
    """Return the set of a race; the commitment names the version of it that is kept."""
    key = view.id, f"{view.secret_sha256}{view.questions_sha256}{view.rules_sha256}"
    found = _kept.get(key)
    if found is None:
        pools: dict[str, dict[str, Question]] = {}
        for one in queries.question_set(session, view.id):
            pools.setdefault(one.kind, {})[one.question.id] = one.question
        found = RaceSet(format=view.rules, pools=pools, secret=queries.secret(session, view.id))
        _kept[key] = found
    _kept.move_to_end(key)
    while len(_kept) > RACES:
        _kept.popitem(last=False)
    return found
