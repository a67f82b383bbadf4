"""``psot season``: open seasons of the ratings and take their shared figures."""

from contextlib import closing

import click

from psot.cli.settings import load


@click.group
def command() -> None:
    """Seasons of the ratings.

    Example: psot season open
    """


@command.command("open")
@click.argument("name", default="", metavar="[NAME]")
def open_(name: str) -> None:
    """Open the running quarter as a season, or the one called NAME.

    Example: psot season open 2027-Q1
    """
    from psot import clock  # noqa: PLC0415 - the whole application is loaded when it is needed
    from psot.ratings.operations import open_season  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    with closing(connect(load())) as made, made.database.begin() as session:
        season = open_season(session, now=clock.now(), name=name)
    click.echo(f"season {season.name} is open: {season.starts_on} and {season.weeks} weeks from it")


@command.command("list")
def list_() -> None:
    """List the seasons opened, the newest first.

    Example: psot season list
    """
    from psot.ratings.queries import seasons  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    with closing(connect(load())) as made, made.database.begin() as session:
        for one in seasons(session):
            click.echo(
                f"{one.name}  week {one.weeks_elapsed} of {one.calendar.weeks}"
                f"  mean {one.mean_ppm / 10_000:.2f} %  calibration {one.calibration}"
            )


@command.command
def calibrate() -> None:
    """Take the figures that all members share now; the scheduler does it by itself.

    Example: psot season calibrate
    """
    from psot.ratings.jobs import calibrate_seasons  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    with closing(connect(load())) as made:
        changed = calibrate_seasons(made.database)
    click.echo(f"{changed} season(s) have new figures")
