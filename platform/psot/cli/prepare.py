"""``psot prepare``: what has to be true of the database before anything serves."""

import click

from psot.cli.settings import load


@click.command
def command() -> None:
    """Bring the database and the library to this version; in demo mode load the community once.

    The Procfile's `release` line: run it after every deployment, before the rest starts.

    Example: PSOT_DEMO=1 psot prepare
    """
    from alembic.util.exc import CommandError  # noqa: PLC0415 - loaded when needed

    from psot import clock, migrations  # noqa: PLC0415
    from psot.ledger.consumers import enrol  # noqa: PLC0415
    from psot.library.start import described, load_start  # noqa: PLC0415
    from psot.projections import CATALOGUE  # noqa: PLC0415
    from psot.recordings.operations import load_packaged  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    settings = load()
    try:
        migrations.upgrade(settings.database_url)
    except CommandError as error:  # a database that a newer release has already migrated
        raise click.ClickException(f"The database does not fit this release: {error}") from error
    made = connect(settings)
    started_over = enrol(made.database, CATALOGUE)
    brought = load_start(made.database)
    with made.database.begin() as session:
        recorded = load_packaged(session, now=clock.now())
    made.close()
    click.echo("the database is up to date")
    click.echo(described(brought))
    for name in recorded:
        click.echo(f"recording {name}: published")
    for name in started_over:
        click.echo(f"projection {name} is new or changed: it will be folded again from the ledger")
    if settings.demo:
        from psot.demo.load import load as load_demo  # noqa: PLC0415

        load_demo(settings)
