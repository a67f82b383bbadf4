"""``psot ratings``: a season's rating out of a file, and which rule ranks regions fairly."""

import json

import click

from psot.cli.files import text_of


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
