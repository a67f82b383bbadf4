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
    from psot import demo  # noqa: PLC0415 - the whole application is loaded when it is needed

    demo.load(settings())
    for account in demo.ACCOUNTS:
        click.echo(f"{account.role:<10} {account.email}  password: {account.password}")
