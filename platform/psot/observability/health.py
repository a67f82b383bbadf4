"""Three doors for machines: alive, ready, measured."""

import ipaddress
import secrets
import time
from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, current_app, jsonify, request
from flask_babel import gettext
from prometheus_client import exposition
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from psot.config import Settings
from psot.database import transaction
from psot.errors import Forbidden
from psot.ledger.stats import lags
from psot.observability.metrics import EXTENSION, Metrics

blueprint = Blueprint("observability", __name__)

# A fact that waited so long for a running projection means that no worker is at work.
OLDEST_FACT_LIMIT_S = 60.0

FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that this process serves requests; asks nobody else."""
    return _answer({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say whether PostgreSQL and Redis answer and facts are folded, each with its time in ms.

    503 while one of them is not well.
    """
    checks = {name: _checked(check) for name, check in CHECKS.items()}
    ready = all(one["ok"] for one in checks.values())
    response = _answer({"status": "ready" if ready else "not ready", "checks": checks})
    response.status_code = 200 if ready else 503
    return response


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give all figures to Prometheus; raises Forbidden for anybody else."""
    if not _may_measure():
        raise Forbidden(gettext("Metrics are for the collector."))
    kept: Metrics = current_app.extensions[EXTENSION]
    encode, content_type = exposition.choose_encoder(request.headers.get("Accept", ""))
    return Response(
        encode(kept.registry), content_type=content_type, headers={"Cache-Control": "no-store"}
    )


def _database() -> dict[str, Any]:
    with transaction() as session:
        session.execute(text("SELECT 1"))
    return {"ok": True}


def _redis() -> dict[str, Any]:
    cast("Redis", current_app.extensions["psot.redis"]).ping()
    return {"ok": True}


def _ledger() -> dict[str, Any]:
    with transaction() as session:
        found = lags(session)
    oldest_s = max((one.oldest_s for one in found if one.stopped_at is None), default=0.0)
    return {"ok": oldest_s <= OLDEST_FACT_LIMIT_S, "oldest_s": round(oldest_s, 1)}


CHECKS: dict[str, Callable[[], dict[str, Any]]] = {
    "database": _database,
    "redis": _redis,
    "ledger": _ledger,
}


def _checked(check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    start = time.perf_counter()
    try:
        result = check()
    except (SQLAlchemyError, RedisError) as error:
        result = {"ok": False, "error": type(error).__name__}
    return result | {"ms": round((time.perf_counter() - start) * 1000, 1)}


def _may_measure() -> bool:
    settings: Settings = current_app.extensions["psot.settings"]
    if settings.metrics_token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(given.encode(), settings.metrics_token.encode())
    # A proxy on this machine also comes from loopback, but says for whom.
    if any(name in request.headers for name in FORWARDED) and not settings.proxy_hops:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _answer(content: dict[str, Any]) -> Response:
    response: Response = jsonify(content)
    response.headers["Cache-Control"] = "no-store"
    return response
