"""Alive, ready, measured."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from redis import Redis
from rq import Queue, Worker
from rq.serializers import JSONSerializer
from sqlalchemy import text

from psot.config import Settings
from psot.database import Database
from psot.observability.queues import queue_states, worker_states
from tests.integration.observability.conftest import watched

NOWHERE_SQL = "postgresql://nobody@127.0.0.1:1/none"
NOWHERE_REDIS = "redis://127.0.0.1:1/0"


def a_waiting_fact(database: Database, *, age: timedelta, stopped: bool = False) -> None:
    """Leave one fact open for a projection called "ratings" since `age`."""
    with database.begin() as session:
        session.execute(
            text(
                "INSERT INTO ledger_consumers (projection, version, stopped_at)"
                " VALUES ('ratings', 3, CASE WHEN :stopped THEN now() END)"
            ),
            {"stopped": stopped},
        )
        seq = session.execute(
            text(
                "INSERT INTO ledger_facts (type, key, data, occurred_at, recorded_at)"
                " VALUES ('psot.test.happened.v1', 'k', '{}', now(), :at) RETURNING seq"
            ),
            {"at": datetime.now(UTC) - age},
        ).scalar_one()
        session.execute(
            text("INSERT INTO ledger_deliveries (projection, seq) VALUES ('ratings', :seq)"),
            {"seq": seq},
        )


def figures(page: str) -> dict[str, float]:
    """Return every sample of a Prometheus page by its name and labels."""
    return {
        f"{sample.name}{sorted(sample.labels.values())}": sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def test_a_process_is_alive_without_any_service(settings: Settings) -> None:
    app = watched(replace(settings, database_url=NOWHERE_SQL, redis_url=NOWHERE_REDIS))

    answer = app.test_client().get("/healthz")

    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_a_process_with_its_services_is_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    checks = answer.get_json()["checks"]
    assert set(checks) == {"database", "redis", "ledger"}
    assert all(one["ok"] and one["ms"] >= 0 for one in checks.values())


def test_without_redis_it_is_not_ready_and_says_why(settings: Settings) -> None:
    app = watched(replace(settings, redis_url=NOWHERE_REDIS))

    answer = app.test_client().get("/readyz")

    checks = answer.get_json()["checks"]
    assert answer.status_code == 503
    assert (checks["database"]["ok"], checks["redis"]["ok"]) == (True, False)
    app.extensions["psot.database"].close()


def test_without_the_database_it_is_not_ready_and_says_why(settings: Settings) -> None:
    app = watched(replace(settings, database_url=NOWHERE_SQL))

    answer = app.test_client().get("/readyz")

    checks = answer.get_json()["checks"]
    assert answer.status_code == 503
    assert (checks["database"]["ok"], checks["redis"]["ok"]) == (False, True)
    assert "nobody" not in answer.get_data(as_text=True)


def test_facts_that_nobody_folds_make_it_not_ready(client: FlaskClient, database: Database) -> None:
    a_waiting_fact(database, age=timedelta(minutes=5))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.get_json()["checks"]["ledger"]["oldest_s"] >= 300


def test_a_stopped_projection_keeps_nobody_else_from_working(
    client: FlaskClient, database: Database
) -> None:
    a_waiting_fact(database, age=timedelta(minutes=5), stopped=True)

    assert client.get("/readyz").status_code == 200


def test_metrics_tell_requests_ledger_and_queues(
    client: FlaskClient, database: Database, redis: Redis
) -> None:
    a_waiting_fact(database, age=timedelta(seconds=30))
    Queue("jobs", connection=redis, serializer=JSONSerializer).enqueue("psot.jobs.drain")
    client.get("/healthz")
    client.get("/api/broken")

    found = figures(client.get("/metrics").get_data(as_text=True))

    assert found["psot_http_request_seconds_count['200', 'GET', 'observability.healthz']"] == 1
    assert found["psot_http_faults_total['/api/broken']"] == 1
    assert found["psot_ledger_waiting_facts['ratings']"] == 1
    assert found["psot_ledger_oldest_waiting_seconds['ratings']"] >= 30
    assert found["psot_ledger_dead_letters['ratings']"] == 0
    assert found["psot_ledger_stopped['ratings']"] == 0
    assert found["psot_queue_jobs['jobs']"] == 1
    assert found["psot_queue_jobs['ledger']"] == 0
    assert found["psot_http_requests_in_flight[]"] == 1
    assert (found["psot_database_up[]"], found["psot_redis_up[]"]) == (1, 1)


@pytest.mark.parametrize(
    ("away", "up"),
    [({"redis_url": NOWHERE_REDIS}, (1, 0)), ({"database_url": NOWHERE_SQL}, (0, 1))],
)
def test_a_service_that_is_away_costs_only_its_own_figures(
    settings: Settings, away: dict[str, str], up: tuple[int, int]
) -> None:
    app = watched(replace(settings, **away))

    found = figures(app.test_client().get("/metrics").get_data(as_text=True))

    assert (found["psot_database_up[]"], found["psot_redis_up[]"]) == up
    app.extensions["psot.database"].close()
    app.extensions["psot.redis"].close()


def test_a_job_that_a_worker_takes_meanwhile_has_no_age(redis: Redis) -> None:
    queue = Queue("jobs", connection=redis, serializer=JSONSerializer)
    queue.enqueue("psot.jobs.drain").delete(remove_from_queue=False)

    (jobs,) = (one for one in queue_states(redis) if one.name == "jobs")

    assert (jobs.waiting, jobs.oldest_s) == (1, 0.0)


def test_a_worker_is_seen_with_its_queue(redis: Redis) -> None:
    queue = Queue("jobs", connection=redis, serializer=JSONSerializer)
    worker = Worker([queue], connection=redis, serializer=JSONSerializer)
    worker.register_birth()

    (seen,) = worker_states(redis)

    assert (seen.queues, seen.done, seen.failed) == (("jobs",), 0, 0)
    assert seen.heard_at is not None
    assert [one.workers for one in queue_states(redis)] == [0, 1]


def test_metrics_are_for_loopback_where_no_token_is_set(client: FlaskClient) -> None:
    stranger = client.get("/metrics", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    behind_a_proxy = client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"})

    nobody = client.get("/metrics", environ_overrides={"REMOTE_ADDR": ""})

    answers = (stranger, behind_a_proxy, nobody)
    assert [one.status_code for one in answers] == [403, 403, 403]


def test_metrics_are_for_the_token_where_one_is_set(settings: Settings) -> None:
    app = watched(replace(settings, metrics_token="the collector"))
    caller = app.test_client()

    right = caller.get("/metrics", headers={"Authorization": "Bearer the collector"})
    wrong = caller.get("/metrics", headers={"Authorization": "Bearer somebody"})
    none = caller.get("/metrics")

    assert (right.status_code, wrong.status_code, none.status_code) == (200, 403, 403)
    app.extensions["psot.database"].close()
    app.extensions["psot.redis"].close()


def test_a_method_somebody_invents_makes_no_series_of_its_own(app: Flask) -> None:
    caller = app.test_client()
    caller.open("/healthz", method="INVENTED")

    found = figures(caller.get("/metrics").get_data(as_text=True))

    assert "psot_http_request_seconds_count['405', 'OTHER', 'none']" in found
