"""``psot ratings score``: figures out of a file, or one line about what is wrong with it."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from psot.cli import main


def score(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["ratings", "score", *arguments], input=stdin)


def test_the_example_of_the_help_is_scored() -> None:
    text = score("--help").stdout
    example = text[text.index('{"season"') : text.index("weeks counts")]

    found = json.loads(score("-", stdin=example.encode()).stdout)

    assert found["members"][0]["A"] == 0.25
    assert found["regions"][0]["place"] == 1


def test_a_file_that_does_not_fit_is_one_line_and_a_failure(tmp_path: Path) -> None:
    file = tmp_path / "season.json"
    file.write_text('{"members": [{"id": 1}]}', encoding="utf-8")

    done = score(str(file))

    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr == f"Error: {file}: members[0].weeks_min: is missing\n"
