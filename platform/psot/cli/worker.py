"""``psot worker``: one RQ worker on one queue."""

import click

from psot.cli.settings import load


@click.command
@click.argument("queue", type=click.Choice(("ledger", "jobs")), default="ledger")
@click.option("--burst", is_flag=True, help="End when the queue is empty.")
def command(queue: str, *, burst: bool) -> None:
    """Work on QUEUE until SIGTERM; the job at hand is finished first.

    `ledger` delivers facts to ratings and boards, `jobs` does everything else. Start as many as
    you like on any number of machines.

    Example: psot worker ledger
    """
    from psot import worker  # noqa: PLC0415 - RQ and SQLAlchemy are loaded when they are needed
    from psot.observability import logs  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    settings = load()
    logs.configure(settings.log_level)
    worker.work(connect(settings), queue, burst=burst)
