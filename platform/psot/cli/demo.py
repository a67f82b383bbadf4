"""``psot demo``: the demo community."""

import click

from psot.cli.settings import load as settings


@click.group
def command() -> None:
    """The demo community: people, quizzes and a season's history to look at.

    Example: PSOT_DEMO=1 psot demo load
    """


@command.command
def load() -> None:
    """Load the demo community, once; a second time changes nothing.

    Example: PSOT_DEMO=1 psot demo load
    """
    from psot.demo import ACCOUNTS  # noqa: PLC0415
    from psot.demo.load import load as load_demo  # noqa: PLC0415 - the whole application

    load_demo(settings())
    for account in ACCOUNTS:
        click.echo(f"{account.role:<10} {account.email}  password: {account.password}")
