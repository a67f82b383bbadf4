"""``psot scheduler``: what has to happen again and again."""

import signal
from threading import Event

import click

from psot.cli.settings import load


@click.command
def command() -> None:
    """Do what is due (find undelivered facts, take calibrations) until SIGTERM.

    Several share the races between them.

    Example: psot scheduler
    """
    from psot import scheduler  # noqa: PLC0415 - SQLAlchemy is loaded when it is needed
    from psot.observability import logs  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    settings = load()
    logs.configure(settings.log_level)
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    scheduler.work(connect(settings), stopping)
