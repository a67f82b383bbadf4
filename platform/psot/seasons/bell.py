"""The bell of the shadow: one job that says that a draft waits to be tried. It carries nothing."""

from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

QUEUE = "jobs"
JOB = "psot.jobs.try_rules"
TIMEOUT_S = 1800


def ring(redis: "Redis") -> None:
    """Ask a worker for the shadow that waits. Raises RedisError."""
    Queue(QUEUE, connection=redis, serializer=JSONSerializer).enqueue(
        JOB, result_ttl=0, failure_ttl=3600, job_timeout=TIMEOUT_S
    )
