"""``psot ledger``: look into the ledger, prove it, fold it again, bring dead letters back."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

import click

from psot.cli.settings import load
from psot.ledger import Projection
from psot.ledger.consumers import analyze, enrol, start_over
from psot.ledger.drain import REBUILD, Drainer
from psot.ledger.replay import replay as raise_letters
from psot.ledger.replay import resume
from psot.ledger.stats import dead_letters as letters
from psot.ledger.stats import lags, stats
from psot.ledger.verify import verify as recompute
from psot.projections import CATALOGUE
from psot.runtime import Runtime, connect

_names = click.Choice(list(CATALOGUE.names()))


@click.group
def command() -> None:
    """Every fact, and how far each projection has folded it.

    Example: psot ledger stats
    """


@contextmanager
def _ready() -> Iterator[Runtime]:
    with closing(connect(load())) as made:
        enrol(made.database, CATALOGUE)
        yield made


def _chosen(name: str | None) -> Iterable[Projection]:
    return [CATALOGUE[name]] if name else CATALOGUE.projections


@command.command("stats")
def show_stats() -> None:
    """Count the facts by type and show every projection's lag.

    Example: psot ledger stats
    """
    with _ready() as made, made.database.begin() as session:
        found = stats(session)
    for name, count in found.facts.items():
        click.echo(f"{count:>12,}  {name}")
    click.echo(f"{sum(found.facts.values()):>12,}  facts")
    for lag in found.lags:
        state = f"STOPPED: {lag.stopped_because}" if lag.stopped_at else "running"
        click.echo(
            f"{lag.projection} v{lag.version}: {lag.waiting:,} waiting,"
            f" oldest {lag.oldest_s:.1f} s, {lag.dead:,} dead letters, {state}"
        )


@command.command
@click.argument("projection", type=_names, required=False)
def verify(projection: str | None) -> None:
    """Fold the ledger again beside the stored state and compare, row by row and by SHA-256.

    Exits with 1 if any row differs. Changes nothing; may run beside the live system.

    Example: psot ledger verify ratings
    """
    drifted = 0
    with _ready() as made:
        for one in _chosen(projection):
            for verdict in recompute(made.database, one):
                drifted += verdict.drifted
                word = "equal" if not verdict.drifted else f"{verdict.drifted:,} rows DIFFER"
                click.echo(f"{verdict.projection}.{verdict.table}: {verdict.rows:,} rows, {word}")
                click.echo(f"  stored     {verdict.stored_sha256}")
                click.echo(f"  recomputed {verdict.recomputed_sha256}")
    if drifted:
        raise click.ClickException(f"{drifted:,} rows differ: psot ledger rebuild mends them")


@command.command
@click.argument("projection", type=_names)
@click.confirmation_option(prompt="Its tables are emptied and folded again. Go on?")
def rebuild(projection: str) -> None:
    """Empty PROJECTION and fold the whole ledger into it again.

    Example: psot ledger rebuild ratings --yes
    """
    with _ready() as made:
        with made.database.begin() as session:
            start_over(session, CATALOGUE[projection])
        _drain(made, projection)


@command.command("dead-letters")
@click.option("--limit", default=100, show_default=True, help="At most so many, newest first.")
def show_dead_letters(limit: int) -> None:
    """List the facts that failed their last try, with the error.

    Example: psot ledger dead-letters --limit 20
    """
    with _ready() as made, made.database.begin() as session:
        found = letters(session, limit=limit)
    for one in found:
        click.echo(f"{one.projection}  {one.seq}  {one.type}  {one.died_at:%Y-%m-%d %H:%M:%S} UTC")
        click.echo(f"  {one.error}")
    click.echo(f"{len(found)} dead letters")


@command.command
@click.argument("projection", type=_names)
@click.argument("seqs", type=int, nargs=-1)
def replay(projection: str, seqs: tuple[int, ...]) -> None:
    """Try the dead letters of PROJECTION again, all or the named ones; a stopped one goes on.

    Example: psot ledger replay ratings 1042 1043
    """
    with _ready() as made:
        with made.database.begin() as session:
            raised = raise_letters(session, projection, list(seqs) or None)
            resumed = resume(session, projection)
        word = ", projection resumed" if resumed else ""
        click.echo(f"{raised} dead letters opened again{word}")
        _drain(made, projection)


def _drain(made: Runtime, projection: str) -> None:
    """Drain with progress until nothing of ``projection`` waits that is not due later."""
    drainer = Drainer(made.database, made.redis, CATALOGUE, catch_up=REBUILD)
    while True:
        done = drainer.run(linger_s=0)
        with made.database.begin() as session:
            (lag,) = (one for one in lags(session) if one.projection == projection)
        click.echo(f"{projection}: {lag.waiting:,} waiting", err=True)
        if not done:
            break
    if lag.stopped_at or lag.dead:
        raise click.ClickException(f"{lag.dead} dead letters; {lag.stopped_because}".rstrip("; "))
    with made.database.begin() as session:
        analyze(session, CATALOGUE[projection])
    click.echo(f"{projection} is up to date.")
