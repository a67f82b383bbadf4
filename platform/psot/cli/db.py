"""``psot db``: the schema, both ways, and whether it fits this release."""

import click
from alembic.util.exc import CommandError

from psot import migrations
from psot.cli.settings import load


@click.group
def command() -> None:
    """Bring the database up or down, or compare it with this release.

    Example: psot db upgrade
    """


@command.command
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Migrate up to REVISION, the newest by default.

    Example: psot db upgrade
    """
    migrations.upgrade(load().database_url, revision)
    click.echo(f"The database is at {revision}.")


@command.command
@click.argument("revision")
@click.confirmation_option(prompt="This drops tables and what is in them. Go on?")
def downgrade(revision: str) -> None:
    """Migrate down to REVISION; `base` removes everything.

    Example: psot db downgrade 0001 --yes
    """
    migrations.downgrade(load().database_url, revision)
    click.echo(f"The database is at {revision}.")


@command.command
def check() -> None:
    """Fail unless the database is at the newest migration and equals the models.

    Example: psot db check
    """
    try:
        migrations.check(load().database_url)
    except CommandError as error:
        raise click.ClickException(str(error)) from error
    click.echo("The database fits this release.")
