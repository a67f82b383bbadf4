"""``psot prepare``: what has to be true of the database before anything serves."""

import click

from psot.cli.settings import load


@click.command
def command() -> None:
    """Bring the database to this version and, in demo mode, load the demo community once.

    The Procfile's `release` line: run it after every deployment, before the rest starts.

    Example: PSOT_DEMO=1 psot prepare
    """
    from psot import migrations  # noqa: PLC0415 - SQLAlchemy is loaded when it is needed

    settings = load()
    migrations.upgrade(settings.database_url)
    click.echo("the database is up to date")
    if settings.demo:
        from psot import demo  # noqa: PLC0415

        demo.load(settings)
