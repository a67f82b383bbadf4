"""``psot race score``: a protocol out of a file, or one line about what is wrong with it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from psot.cli import main
from tests.biathlon import document

README = Path(__file__).parents[3] / "scoring" / "biathlon" / "README.md"
SPRINT = document("sprint", {7: "10 HMHHH, 60 fin", 8: "5 dns"}, options={"stations": 0})


def score(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["race", "score", *arguments], input=stdin)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "race.json"


def test_the_protocol_of_a_file_is_printed_as_json(file: Path) -> None:
    file.write_text(json.dumps(SPRINT), encoding="utf-8")

    done = score(str(file))

    first, second = json.loads(done.stdout)["results"]
    assert done.exit_code == 0
    assert (first["bib"], first["rank"], first["shootings"], first["total_ms"]) == (
        7,
        1,
        "1",
        60_000,
    )
    assert (second["bib"], second["rank"], second["irm"], second["points"]) == (8, None, "DNS", 0)


def test_a_race_may_come_from_standard_input_with_a_byte_order_mark() -> None:
    done = score("-", stdin=json.dumps(SPRINT).encode("utf-8-sig"))

    assert json.loads(done.stdout)["teams"] == []


def test_the_protocol_of_a_moment_can_be_asked_for() -> None:
    done = score("-", "--until-ms", "11000", stdin=json.dumps(SPRINT).encode())

    assert json.loads(done.stdout)["results"][0]["state"] == "shot"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"{", "not JSON: expecting property name enclosed in double quotes at line 1, column 2"),
        (b'{"format": "sprint"}', "entries: is missing"),
        (b"\xff\xfe", "not UTF-8 at byte 0"),
        (
            json.dumps(document("sprint", {1: "5 fin, 6 lap"})).encode(),
            "facts[1]: bib 1 cannot do that any more: finished",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_one_line_and_a_failure(
    file: Path, text: bytes, line: str
) -> None:
    file.write_bytes(text)

    done = score(str(file))

    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr == f"Error: {file}: {line}\n"


def test_a_file_that_is_not_there_is_one_line_and_a_failure(tmp_path: Path) -> None:
    done = score(str(tmp_path / "nowhere.json"))

    assert done.exit_code == 1
    assert done.stderr.endswith("nowhere.json: No such file or directory\n")
    assert done.stderr.count("\n") == 1


def test_the_example_of_the_help_can_be_scored() -> None:
    text = score("--help").stdout

    example = text[text.index('{"format"') : text.index("Kinds:")]

    assert score("-", stdin=example.encode()).exit_code == 0


def test_the_example_of_the_readme_gives_the_protocol_beside_it() -> None:
    race, expected = (
        block.split("```", 1)[0]
        for block in README.read_text(encoding="utf-8").split("```json\n")[1:3]
    )

    done = json.loads(score("-", stdin=race.encode()).stdout)

    for line, wanted in zip(done["results"], json.loads(expected)["results"], strict=True):
        assert {key: line[key] for key in wanted} == wanted
