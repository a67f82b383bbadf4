"""The worker's door: RQ with JSON jobs from the allow-list, one queue per worker.

One queue, so that RQ moves a job safely from the queue to the worker. The work-horse is a fork of
this process, which itself opens no database connection.
"""

from typing import Any

import structlog
from redis import Redis
from rq import Queue, Worker
from rq.job import Job
from rq.serializers import JSONSerializer

from psot import jobs
from psot.runtime import Runtime, enter

QUEUES = ("ledger", "jobs")

_log = structlog.get_logger()


class RefusedJob(PermissionError):  # noqa: N818 - read as a sentence: raise RefusedJob(...)
    """A job that names something off the allow-list, or brings callbacks or arguments."""


class AllowedJob(Job):
    """A job that runs only what `jobs.ALLOWED` lists: the queue cannot name arbitrary code."""

    def perform(self) -> Any:
        """Run the allowed function; raises RefusedJob for everything else."""
        function = jobs.ALLOWED.get(self.func_name or "")
        callbacks = (self._success_callback_name, self._failure_callback_name)
        if function is None or self.args or self.kwargs or any(callbacks):
            self._success_callback_name = self._failure_callback_name = None
            _log.error("job_refused", job=self.id, function=self.func_name)
            raise RefusedJob(self.func_name)
        return function()


def work(made: Runtime, queue: str, *, burst: bool = False) -> None:
    """Work on ``queue`` until stopped; with ``burst``, until it is empty."""
    enter(made)
    # A connection of its own: RQ waits on it for minutes.
    connection = Redis.from_url(made.settings.redis_url)
    worker = Worker(
        [Queue(queue, connection=connection, serializer=JSONSerializer)],
        connection=connection,
        serializer=JSONSerializer,
        job_class=AllowedJob,
        log_job_description=False,
    )
    worker.work(burst=burst, logging_level="WARNING", with_scheduler=queue == "jobs")
