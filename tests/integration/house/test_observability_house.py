"""What the whole application tells about itself."""

import json

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from structlog.testing import capture_logs

from psot.observability.queues import QUEUES
from psot.worker import QUEUES as WORKED
from tests.web import Browser


def test_sockets_are_measured_beside_requests(app: Flask) -> None:
    client = app.test_client()
    client.get("/")

    page = client.get("/metrics").get_data(as_text=True)

    families = {one.name for one in text_string_to_metric_families(page)}
    assert {
        "psot_http_request_seconds",
        "psot_sockets_connected",
        "psot_socket_event_seconds",
        "psot_ledger_waiting_facts",
        "psot_ledger_dead_letters",
        "psot_queue_oldest_seconds",
    } <= families


def test_every_answer_carries_its_number_pages_files_and_errors_alike(client: Browser) -> None:
    for path in ("/", "/healthz", "/no-such-page", "/static/no-such-file", "/api/v1/nothing"):
        answer = client.get(path, headers={"X-Request-ID": "support-case-0042"})

        assert answer.headers["X-Request-ID"] == "support-case-0042"


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space in it", "<script>alert(1)"])
def test_a_number_that_is_not_well_formed_is_replaced(client: Browser, given: str) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given})

    assert answer.headers["X-Request-ID"] != given
    assert len(answer.headers["X-Request-ID"]) == 32


def test_the_queues_that_are_measured_are_those_that_are_worked() -> None:
    assert QUEUES == WORKED


def test_a_request_is_logged_by_its_route_never_by_its_address(client: Browser) -> None:
    with capture_logs() as lines:
        client.get("/no-such-page/with-a-one-time-secret")
        client.get("/healthz?token=another-secret")

    assert [one["endpoint"] for one in lines if one["event"] == "request"] == [
        "none",
        "observability.healthz",
    ]
    assert "secret" not in json.dumps(lines)
