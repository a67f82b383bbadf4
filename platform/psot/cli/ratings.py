"""``psot ratings``: a season's rating out of a file, the fairness of rules, the proof of ours."""

import json
from contextlib import closing

import click

from psot.cli.files import text_of

BAR = 15
"""Characters of a full bar."""


@click.group
def command() -> None:
    """The rules of the rating, to try and to check.

    Example: psot ratings score season.json
    """


@command.command
@click.argument("file")
def score(file: str) -> None:
    """Print the rating of the season written down in FILE (- is standard input).

    FILE is one season as JSON; the figures are printed as JSON, unrounded. Nothing else is read:
    no database, no settings. A file that does not fit ends as one line naming the field, and exit
    code 1.

    \b
    {"season": {"weeks": 13, "mu": 0.62},
     "members": [{"id": "a", "region": "RU-TYU", "weeks_min": [90, 45, 90],
                  "attempts": [{"facility": 0.7, "score": 1}]}],
     "regions": [{"code": "RU-TYU", "roster": 40}]}

    weeks counts the weeks begun; mu is the season mean; a facility of null is one not known yet.
    Any parameter of the rating may stand beside mu, such as full_week_min or prior_weight. Sums
    are over the members given, the size of a region is its roster.

    Example: psot ratings score season.json
    """  # noqa: D301 - \b keeps the lines of the example apart
    from scoring.rating import Malformed, read_season, score_season  # noqa: PLC0415 - when needed

    try:
        document = read_season(text_of(file))
    except Malformed as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(json.dumps(score_season(document), ensure_ascii=False, indent=2))


@command.command
@click.option("--seasons", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--members", type=click.IntRange(1000, 100_000), default=10_000, show_default=True)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same table."
)
def simulate(seasons: int, members: int, seed: int) -> None:
    """Compare seven ways to rank regions in made-up seasons whose truth is known.

    A fair way follows the quality of a region, which nobody sees, and not its size: the first
    figure should be near 1, the second near 0. Sizes are those of the 85 regions.

    Example: psot ratings simulate --seasons 50
    """
    from psot.ratings.simulation import simulate as found  # noqa: PLC0415 - when it is needed

    outcomes = found(seasons=seasons, members=members, seed=seed)
    width = max(len(one.way) for one in outcomes)
    click.echo(f"{'':{width}}  follows quality        follows size")
    for one in outcomes:
        click.echo(
            f"{one.way:{width}}  {one.with_quality:5.2f} {_bar(one.with_quality)}"
            f"  {one.with_size:5.2f} {_bar(one.with_size)}".rstrip()
        )
    click.echo(f"{members:,} members, 85 regions, mean of {seasons} seasons from seed {seed}")


@command.command
def verify() -> None:
    """Recompute every rating from the ledger and compare it with all that is kept of it.

    The tables with what the facts come to, row by row and by SHA-256; the sums of the regions with
    those of their members; the ranking in Redis with the stored ratings. Prints what differs and
    exits with 1 if anything does. Changes nothing; may run beside the live system.

    Example: psot ratings verify
    """
    from psot.cli.settings import load  # noqa: PLC0415 - the whole application, when it is needed
    from psot.ratings.verification import verify as compared  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    differ = 0
    with closing(connect(load())) as made:
        for one in compared(made.database, made.redis):
            differ += one.differ
            word = "equal" if not one.differ else f"{one.differ:,} DIFFER"
            click.echo(f"{one.what}: {one.rows:,} rows, {word}")
            for example in one.examples:
                click.echo(f"    {example}")
    if differ:
        raise click.ClickException(
            f"{differ:,} rows differ: psot ledger rebuild ratings mends them"
        )


def _bar(share: float) -> str:
    """Draw a correlation; a negative one is as strong as a positive one."""
    return f"{'█' * round(BAR * abs(share)):{BAR}}"
