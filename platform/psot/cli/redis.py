"""``psot redis``: the embedded Redis-protocol server, in the foreground."""

import os

import click

from psot.config import Settings
from psot.embedded.folder import DataFolder


@click.command
def command() -> None:
    """Become the embedded Valkey of the data folder; `psot up` runs it where REDIS_URL is not set.

    Example: PSOT_DATA_DIR=.data psot redis
    """
    folder = DataFolder.at(Settings.from_environment(os.environ).data_dir)
    server = folder.valkey
    server.initialise()
    argv = server.program().argv
    os.execv(argv[0], argv)  # noqa: S606 - without a shell on purpose
