"""``psot content import`` and ``psot content export-as``: question banks of other systems."""

import json
from contextlib import closing
from pathlib import Path

import click

from psot.cli.settings import load as settings

SHOW = click.option("--json", "as_json", is_flag=True, help="The report as JSON, for programs.")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["gift", "moodle-xml", "qti"]),
    help="Told from the file where it is not given.",
)
@click.option("--topic", default="", help="Topic of all questions; else their categories name it.")
@click.option("--encoding", default="", help="Of text that does not declare one.")
@click.option("--load", "store", is_flag=True, help="Make drafts; without it nothing is stored.")
@SHOW
def import_(
    file: Path, format_: str | None, topic: str, encoding: str, *, store: bool, as_json: bool
) -> None:
    """Read a question bank and account for every question and every part not understood.

    Editors complete the drafts with what they lack; a second person publishes them.

    Example: psot content import bank.xml --format moodle-xml --topic ppe --load
    """
    from content.exchange import LIMITS, ImportRefused  # noqa: PLC0415 - loaded when needed
    from psot import clock  # noqa: PLC0415
    from psot.library import queries  # noqa: PLC0415
    from psot.library.importing import storing  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    with file.open("rb") as stream:
        data = stream.read(LIMITS.file_bytes + 1)
    source = storing.Source(
        data=data, name=file.name, format=format_ or "", topic=topic, encoding=encoding
    )
    with closing(connect(settings())) as made, made.database.begin() as session:
        if topic and topic not in queries.topics(session):
            raise click.ClickException(f"there is no topic {topic}")
        try:
            imported = storing.read(session, source)
        except ImportRefused as refused:
            raise click.ClickException(f"{file.name}: {refused}") from refused
        stored = 0
        if store:
            rows, files = imported.rows, imported.files
            stored = storing.store(session, rows, files, by=None, now=clock.now())
    if as_json:
        shown = {**imported.report.as_json(), "stored": stored}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for line in imported.report.lines():
        click.echo(line)
    click.echo(f"{stored} draft(s) made" if store else "nothing stored: --load makes drafts")


@click.command("export-as")
@click.argument("format_", metavar="FORMAT", type=click.Choice(["gift", "moodle-xml"]))
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--topic", default="", help="Only questions of this topic.")
@SHOW
def export_as(format_: str, path: Path, topic: str, *, as_json: bool) -> None:
    """Write the published questions into the file PATH, as FORMAT: gift or moodle-xml.

    Told is every question and every part that the format cannot hold.

    Example: psot content export-as moodle-xml questions.xml --topic ppe
    """
    from psot.library import queries  # noqa: PLC0415
    from psot.library.importing import taking  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    with closing(connect(settings())) as made, made.database.begin() as session:
        if topic and topic not in queries.topics(session):
            raise click.ClickException(f"there is no topic {topic}")
        exported = taking.exported(session, format_, topic=topic)
    path.write_bytes(exported.data)
    if as_json:
        click.echo(json.dumps(exported.report.as_json(), ensure_ascii=False, indent=1))
        return
    for line in exported.report.lines():
        click.echo(line)
    click.echo(f"written: {path}")
