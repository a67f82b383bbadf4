"""The worker runs what the allow-list names, as JSON, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue
from rq.job import Callback, Job
from rq.serializers import JSONSerializer

from psot import jobs
from psot.config import Settings
from psot.ledger.bell import JOB, Bell
from psot.runtime import Runtime, connect
from psot.worker import AllowedJob, work


@pytest.fixture
def made(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Runtime]:
    runtime = connect(
        Settings(database_url=database_url, redis_url=redis_url, data_dir=tmp_path, demo=True)
    )
    yield runtime
    runtime.close()


def outcome(redis: Redis, job: Job) -> tuple[str, str]:
    fetched = AllowedJob.fetch(job.id, connection=redis, serializer=JSONSerializer)
    latest = fetched.latest_result()
    status = fetched.get_status(refresh=True)
    return str(status.value if status else ""), (latest.exc_string or "") if latest else ""


def test_the_bells_job_is_on_the_list() -> None:
    assert JOB in jobs.ALLOWED


def test_an_allowed_job_is_done(made: Runtime, redis: Redis) -> None:
    Bell(redis).ring()
    queue = Queue("ledger", connection=redis, serializer=JSONSerializer)
    (job,) = queue.jobs

    work(made, "ledger", burst=True)

    assert not queue.jobs
    assert job.id not in queue.failed_job_registry.get_job_ids()


@pytest.mark.parametrize(
    ("name", "arguments"), [("os.getcwd", ()), (JOB, (1,)), ("psot.jobs.nothing", ())]
)
def test_anything_else_is_refused(
    made: Runtime, redis: Redis, name: str, arguments: tuple[int, ...]
) -> None:
    queue = Queue("ledger", connection=redis, serializer=JSONSerializer)
    job = queue.enqueue(name, *arguments)

    work(made, "ledger", burst=True)

    status, error = outcome(redis, job)
    assert (status, "RefusedJob" in error) == ("failed", True)


def test_a_job_with_a_callback_is_refused(made: Runtime, redis: Redis) -> None:
    queue = Queue("ledger", connection=redis, serializer=JSONSerializer)
    job = queue.enqueue(JOB, on_success=Callback(print))

    work(made, "ledger", burst=True)

    status, error = outcome(redis, job)
    assert (status, "RefusedJob" in error) == ("failed", True)


def test_a_pickled_job_is_not_even_read(made: Runtime, redis: Redis) -> None:
    queue = Queue("ledger", connection=redis)
    job = queue.enqueue("os.getcwd")

    work(made, "ledger", burst=True)

    assert job.id not in queue.finished_job_registry.get_job_ids()
