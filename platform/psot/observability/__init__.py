"""What the house says about itself: request ids, logs, metrics, health, errors told one way."""

from flask import Flask

from psot.observability import faults, health, metrics, request_ids
from psot.observability.request_ids import request_id

__all__ = ["install", "request_id"]


def install(app: Flask) -> None:
    """Watch ``app``; installed first of all, so that it sees what every later door refuses."""
    request_ids.install(app)
    metrics.install(app)
    faults.install(app)
    app.register_blueprint(health.blueprint)
