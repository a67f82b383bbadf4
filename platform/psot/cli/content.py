"""``psot content``: packs checked, loaded into the library, written back to folders.

A command of this group may stand in a module of its own: `MORE` names it, and it is imported only
when it is called or listed.
"""

import json
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import cast

import click

from psot.cli.settings import load as settings

MORE: dict[str, str] = {
    "import": "psot.cli.exchange:import_",
    "export-as": "psot.cli.exchange:export_as",
}
"""Commands of the group in modules of their own: name -> "module:attribute"."""


class Group(click.Group):
    """The commands here, and those of `MORE`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name, sorted."""
        return sorted({*super().list_commands(ctx), *MORE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give the command of that name, or None."""
        if cmd_name not in MORE:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = MORE[cmd_name].partition(":")
        return cast("click.Command", getattr(import_module(module), attribute))


FOLDER = click.argument(
    "folder", metavar="PATH", type=click.Path(exists=True, file_okay=False, path_type=Path)
)


@click.group(cls=Group)
def command() -> None:
    """What is learned: packs of topics, lessons and questions.

    Example: psot content check content/packs/start
    """


@command.command
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON, for programs.")
def check(folder: Path, *, as_json: bool) -> None:
    """Check the pack in PATH: form, links, sources, and acts past their date.

    Ends with 1 where something has to be mended before it can be loaded; warnings do not stop it.

    Example: psot content check content/packs/start --json
    """
    from content.checking import check as look  # noqa: PLC0415 - loaded when needed
    from psot import clock  # noqa: PLC0415

    problems = look(folder, clock.now().date())
    wrong = [one for one in problems if one.severity == "error"]
    if as_json:
        rows = [
            {
                "file": one.file,
                "subject": one.subject,
                "field": one.field,
                "message": one.message,
                "severity": str(one.severity),
            }
            for one in problems
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for one in problems:
            click.echo(f"{one.severity}: {one}")
        click.echo(f"{len(wrong)} error(s), {len(problems) - len(wrong)} warning(s)")
    if wrong:
        raise SystemExit(1)


@command.command
@FOLDER
@click.option("--draft", is_flag=True, help="As drafts that editors review; readers get nothing.")
def load(folder: Path, *, draft: bool) -> None:
    """Load the pack in PATH into the library; a second time changes nothing.

    A changed row is a new version, what the folder no longer has is retired, and what editors have
    changed here is left alone until the folder changes it too. All of it or nothing.

    Example: psot content load content/packs/start
    """
    from psot import clock  # noqa: PLC0415
    from psot.library.operations import load_folder  # noqa: PLC0415
    from psot.library.start import described  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    with closing(connect(settings())) as made, made.database.begin() as session:
        report = load_folder(session, folder, by=None, now=clock.now(), draft=draft)
    for kind, name in report.kept:
        click.echo(f"left as editors have it: {kind} {name}")
    click.echo(described(report))


@command.command
@click.argument("folder", metavar="PATH", type=click.Path(file_okay=False, path_type=Path))
@click.option("--pack", "pack", default="start", show_default=True, help="Id of the pack.")
def export(folder: Path, *, pack: str) -> None:
    """Write a pack of the library into the folder PATH, which is new or empty.

    What is written is what readers get; loading it again changes nothing.

    Example: psot content export /tmp/start --pack start
    """
    from psot.library.exporting import export_pack  # noqa: PLC0415
    from psot.runtime import connect  # noqa: PLC0415

    with closing(connect(settings())) as made, made.database.begin() as session:
        count = export_pack(session, pack, folder)
    click.echo(f"pack {pack}: {count} documents written to {folder}")
