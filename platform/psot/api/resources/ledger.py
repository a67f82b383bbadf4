"""The ledger, for operators."""

from typing import Any, cast

from flask import current_app
from flask_babel import gettext
from redis import Redis
from redis.exceptions import RedisError

from psot.api import scopes
from psot.api.contract import operation
from psot.api.errors import UnknownProjection
from psot.api.identity import caller
from psot.api.schemas.ledger import LedgerSchema, ReplayBody, ReplayedSchema
from psot.api.words import N_
from psot.database import transaction
from psot.ledger.replay import replay
from psot.ledger.stats import dead_letters, lags, stats
from psot.observability.logs import security_log
from psot.observability.queues import QueueState, queue_states


@operation(
    "/ledger",
    group="ledger",
    summary=N_("The state of the ledger"),
    about=N_("Facts by type, the lag of each projection, the queues, and dead letters."),
    answer=LedgerSchema,
    scope=scopes.OPERATE,
)
def ledger() -> dict[str, Any]:
    """Return the ledger at a glance."""
    with transaction() as session:
        known, dead = stats(session), dead_letters(session)
    return {
        "facts": known.facts,
        "projections": known.lags,
        "queues": _queues(),
        "dead_letters": dead,
    }


@operation(
    "/ledger/dead-letters/replay",
    group="ledger",
    method="POST",
    summary=N_("Replay dead letters"),
    about=N_("Opens them again; a worker tries each as if for the first time."),
    answer=ReplayedSchema,
    body=ReplayBody,
    scope=scopes.OPERATE,
    errors=(404,),
)
def replay_dead_letters(body: dict[str, Any]) -> dict[str, int]:
    """Open dead letters again."""
    projection = body["projection"]
    with transaction() as session:
        if projection not in {one.projection for one in lags(session)}:
            raise UnknownProjection(gettext("There is no such projection."), subject=projection)
        opened = replay(session, projection, body.get("seqs"))
    security_log().info(
        "dead_letters_replayed", member=str(caller().id), projection=projection, opened=opened
    )
    return {"opened": opened}


def _queues() -> list[QueueState] | None:
    try:
        return queue_states(cast("Redis", current_app.extensions["psot.redis"]))
    except RedisError:
        return None
