"""Every command explains itself with an example, and says in one line what went wrong."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from psot.cli import main


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        yield (*path, name)
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [(), *commands(main)], ids=" ".join)
def test_every_command_has_help_with_an_example(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*path, "--help"])

    assert shown.exit_code == 0
    assert "Example: " in shown.output
    assert " ".join(("psot", *path)) in shown.output.split("Example: ", 1)[1]


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"PSOT_PORT": "many"}, "PSOT_PORT='many'"),
        ({"PSOT_DATA_DIR": "{empty}"}, "start `psot up` or set DATABASE_URL and REDIS_URL"),
        (
            {"PSOT_DATA_DIR": "{empty}", "REDIS_URL": "redis://nowhere"},
            "start `psot up` or set DATABASE_URL",
        ),
    ],
)
def test_what_a_user_can_mend_is_one_line_and_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], line: str
) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    values = {name: value.format(empty=tmp_path) for name, value in environment.items()}
    shown = CliRunner().invoke(main, ["scheduler"], env=values)

    assert shown.exit_code == 1
    assert shown.output.startswith("Error: ")
    assert line in shown.output
    assert shown.output.count("\n") == 1


@pytest.mark.parametrize("words", [["db", "check"], ["prepare"]])
def test_a_database_that_does_not_answer_is_one_line(tmp_path: Path, words: list[str]) -> None:
    nowhere = {
        "DATABASE_URL": f"postgresql://nobody@/nothing?host={tmp_path}",
        "REDIS_URL": f"unix://{tmp_path}/redis.sock",
    }
    shown = CliRunner().invoke(main, words, env=nowhere)

    assert shown.exit_code == 1
    assert shown.output.startswith("Error: PostgreSQL: connection ")
    assert shown.output.count("\n") == 1


def test_an_unknown_command_is_an_error() -> None:
    assert CliRunner().invoke(main, ["no-such-thing"]).exit_code != 0
