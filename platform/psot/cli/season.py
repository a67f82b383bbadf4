"""``psot season``: open, close and check seasons of the ratings, and take their shared figures."""

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
    """Open the running quarter as a season, or the one called NAME, and freeze its rosters.

    A quarter that has not begun opens by itself at its first moment.

    Example: psot season open 2027-Q1
    """
    from psot import clock  # noqa: PLC0415 - the whole application is loaded when it is needed
    from psot.runtime import connect  # noqa: PLC0415
    from psot.seasons.errors import NotYet  # noqa: PLC0415
    from psot.seasons.operations import open_season, plan  # noqa: PLC0415

    with closing(connect(load())) as made, made.database.begin() as session:
        try:
            season = open_season(session, now=clock.now(), name=name)
        except NotYet:
            season = plan(session, name, now=clock.now())
            click.echo(f"season {season.name} opens by itself on {season.starts_on}")
            return
    click.echo(f"season {season.name} is open: {season.starts_on} and {season.weeks} weeks from it")


@command.command
@click.argument("name")
def close(name: str) -> None:
    """Close the season called NAME for ever: write its protocol and put the hash on the ledger.

    Example: psot season close 2026-Q4
    """
    from psot import clock  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415
    from psot.seasons.operations import close as seal  # noqa: PLC0415
    from psot.seasons.operations import take_last_figures  # noqa: PLC0415

    click.confirm(f"Nothing undoes this. Close season {name}?", abort=True)
    with closing(connect(load())) as made:
        with made.database.begin() as session:
            fresh = take_last_figures(session, name, now=clock.now())
        if fresh:
            raise click.ClickException(
                "its last figures have just been taken: try again when they are counted"
            )
        with made.database.begin() as session:
            row = seal(session, name, confirmed=name, now=clock.now())
    click.echo(f"season {name} is closed, SHA-256 {row.sha256}")


@command.command
@click.argument("name")
def verify(name: str) -> None:
    """Check the protocol of the closed season NAME against the ledger; 1 where it does not hold.

    The facts are folded once more, up to the entry that the protocol names.

    Example: psot season verify 2026-Q4
    """
    from psot.runtime import connect  # noqa: PLC0415
    from psot.seasons.checking import verify as checked  # noqa: PLC0415

    with closing(connect(load())) as made:
        found = checked(made.database, name)
    for told, holds in (
        (f"the protocol has the hash of the ledger, {found.sha256}", found.sealed),
        ("the places have the hash of the protocol", found.lines),
        ("the ledger comes to the same protocol", found.recomputed),
    ):
        click.echo(f"{'yes' if holds else 'NO '}  {told}")
    if not found.same_rules:
        click.echo("it was written by another version of the ratings, so figures may differ")
    if not found.holds:
        raise SystemExit(1)


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
