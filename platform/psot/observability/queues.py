"""What waits in the queues of the workers, and who works on them. Reads Redis only."""

from dataclasses import dataclass
from datetime import UTC, datetime

from redis import Redis
from rq import Queue, Worker
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker

from psot import clock
from psot.ledger import bell

# One queue for the bell of the ledger, one for all other work; each worker listens to one.
QUEUES = (bell.QUEUE, "jobs")


@dataclass(frozen=True, kw_only=True)
class QueueState:
    """One queue: jobs ``waiting``, age in s of the first of them, ``failed`` ones, ``workers``."""

    name: str
    waiting: int
    oldest_s: float
    failed: int
    workers: int


@dataclass(frozen=True, kw_only=True)
class WorkerState:
    """One worker: its short ``name``, its ``queues``, what it does, jobs done, last heartbeat."""

    name: str
    queues: tuple[str, ...]
    state: str
    done: int
    failed: int
    heard_at: datetime | None


def queue_states(redis: "Redis") -> list[QueueState]:
    """Return the state of every queue of this release; raises RedisError."""
    return [_queue_state(redis, name) for name in QUEUES]


def worker_states(redis: "Redis") -> list[WorkerState]:
    """Return every worker that is registered and has not fallen silent; raises RedisError."""
    found = Worker.all(connection=redis, serializer=JSONSerializer)
    return sorted((_worker_state(one) for one in found), key=lambda one: (one.queues, one.name))


def _queue_state(redis: "Redis", name: str) -> QueueState:
    queue = Queue(name, connection=redis, serializer=JSONSerializer)
    return QueueState(
        name=name,
        waiting=queue.count,
        oldest_s=_oldest_s(queue),
        failed=queue.failed_job_registry.count,
        workers=Worker.count(connection=redis, queue=queue),
    )


def _oldest_s(queue: Queue) -> float:
    first = queue.get_job_ids(0, 1)
    if not first:
        return 0.0
    try:
        job = Job.fetch(first[0], connection=queue.connection, serializer=JSONSerializer)
    except NoSuchJobError:  # a worker took it meanwhile
        return 0.0
    since = _aware(job.enqueued_at)
    return max(0.0, (clock.now() - since).total_seconds()) if since else 0.0


def _worker_state(worker: BaseWorker) -> WorkerState:
    return WorkerState(
        name=worker.name[:12],
        queues=tuple(worker.queue_names()),
        state=str(worker.get_state()),
        done=int(worker.successful_job_count or 0),
        failed=int(worker.failed_job_count or 0),
        heard_at=_aware(worker.last_heartbeat),
    )


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)
