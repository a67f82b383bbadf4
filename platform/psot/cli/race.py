"""``psot race``: a race's protocol out of its facts."""

import json
import sys
from pathlib import Path

import click


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
        found = protocol(read_race(_text(file)).race(until_ms))
    except Malformed as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(json.dumps(written(found), ensure_ascii=False, indent=2))


def _text(file: str) -> str:
    """The text of ``file``; one line tells why it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: not UTF-8 at byte {error.start}") from error
