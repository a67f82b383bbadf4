"""``psot race``: a race's protocol out of its facts."""

import json
from pathlib import Path
from uuid import UUID

import click

from psot.cli.files import text_of


@click.group
def command() -> None:
    """Races of the biathlon.

    Example: psot race score race.json
    """


@command.command
@click.argument("file")
@click.option(
    "--until-ms",
    type=click.IntRange(min=0),
    help="The protocol at this moment after the race's zero instead of after everything.",
)
def score(file: str, until_ms: int | None) -> None:
    """Print the protocol of the race written down in FILE (- is standard input).

    FILE is one race as JSON; the protocol is printed as JSON. Nothing else is read: no database,
    no settings. A file that does not fit ends as one line naming the field, and exit code 1.

    \b
    {"format": "sprint",
     "options": {"stations": 1},
     "entries": [{"bib": 1, "team": null, "leg": 1, "start_ms": 0},
                 {"bib": 2, "team": null, "leg": 1, "start_ms": 30000}],
     "facts": [{"t_ms": 61234, "bib": 1, "kind": "station_passed"},
               {"t_ms": 70000, "bib": 1, "kind": "shot", "hit": true},
               {"t_ms": 99000, "bib": 2, "kind": "dnf"},
               {"t_ms": 400000, "bib": 1, "kind": "finished"},
               {"t_ms": 500000, "bib": 1, "kind": "adjust", "ms": -2500}]}

    Kinds: station_passed, fell, shot (with hit), penalty_loop_done, lap_done, exchange, finished,
    dns, dnf, dsq, adjust (with ms), reinstated, question_voided (with question and no bib).
    t_ms counts from the race's zero. The whole form is in scoring/biathlon/README.md.

    Example: psot race score race.json
    """  # noqa: D301 - \b keeps the lines of the example apart
    from scoring.biathlon import (  # noqa: PLC0415 - the rules are loaded when they are needed
        Malformed,
        protocol,
        read_race,
        written,
    )

    try:
        found = protocol(read_race(text_of(file)).race(until_ms))
    except Malformed as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(json.dumps(written(found), ensure_ascii=False, indent=2))


@command.command
@click.option("--racers", type=click.IntRange(1, 9999), default=200, show_default=True)
@click.option("--format", "format_", default="sprint", show_default=True, help="A format's name.")
@click.option(
    "--speed",
    type=click.FloatRange(0.1, 20),
    default=1.0,
    show_default=True,
    help="Bots think so many times faster, and the holds of the race are as much shorter.",
)
@click.option("--race", "race_id", type=click.UUID, help="A race there is, instead of a new one.")
@click.option("--seed", type=int, default=1, show_default=True, help="What the bots are like.")
@click.option("--base-url", help="Where the product is; by default PSOT_BASE_URL.")
@click.option(
    "--account",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every acknowledged answer here, one JSON object a line.",
)
def simulate(
    *,
    racers: int,
    format_: str,
    speed: float,
    race_id: UUID | None,
    seed: int,
    base_url: str | None,
    account: Path | None,
) -> None:
    """Let bots race through the sockets and pages of the running product.

    Without --race a public exhibition race is made, which starts as soon as all bots are there.
    A race that is named takes the bots while its registration is open, and is started by its
    schedule or its organizer. How often bots are right, how fast, how far away, and when they lose
    their connection follows from --seed; platform/psot/bots/traits.py tells how it is drawn.

    Example: psot race simulate --racers 50 --format sprint --speed 4
    """
    from psot.bots import simulation  # noqa: PLC0415 - the whole application
    from psot.cli.settings import load  # noqa: PLC0415

    wish = simulation.Wish(
        racers=racers,
        format=format_,
        speed=speed,
        race=race_id,
        seed=seed,
        base_url=base_url or "",
        account=account,
    )
    run = simulation.simulate(load(), wish, click.echo)
    click.echo(f"race {run.race}: {run.told()}")


@command.command
def bots() -> None:
    """Race every exhibition race that is opened, until SIGTERM. For demo mode only.

    Example: PSOT_DEMO=1 psot race bots
    """
    from psot.bots import simulation  # noqa: PLC0415 - the whole application
    from psot.cli.settings import load  # noqa: PLC0415

    simulation.attend(load(), click.echo)


@command.command
@click.argument("file")
def proof(file: str) -> None:
    """Check the proof of a race: derive every draw and compute every hash once more.

    FILE is what a race's page of proofs gives as JSON (- is standard input). Nothing else is read:
    no database, no settings. Exit code 1 where something does not hold.

    Example: psot race proof proof.json
    """
    from psot.jury.checking import check  # noqa: PLC0415 - the rules are loaded when they are needed

    try:
        found = list(check(json.loads(text_of(file))))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise click.ClickException(f"{file}: this is no proof of a race: {error}") from error
    for one in found:
        failed = f", broken: {'; '.join(one.broken[:3])}" if one.broken else ""
        click.echo(f"{'holds' if not one.broken else 'BROKEN':7} {one.what} ({one.held}{failed})")
    if not found:
        click.echo("Nothing to check yet: no protocol is published.")
    if any(one.broken for one in found):
        raise click.ClickException(f"{file}: not everything holds")
