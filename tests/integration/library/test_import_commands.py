"""``psot content import`` and ``psot content export-as`` as an operator uses them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from content.exchange import import_questions
from psot.cli import main
from psot.database import Database
from psot.library.models import Document, Version
from tests.exchange import GOLDEN


class Shell:
    """An operator's shell on one database."""

    def __init__(self, database_url: str, redis_url: str, folder: Path) -> None:
        self.environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PSOT_DATA_DIR": str(folder),
            "PSOT_DEMO": "1",
        }

    def psot(self, *words: object, status: int = 0) -> str:
        run = CliRunner().invoke(main, [str(one) for one in words], env=self.environment)
        assert run.exit_code == status, run.output
        return run.output


@pytest.fixture
def shell(database_url: str, redis_url: str, tmp_path: Path) -> Shell:
    return Shell(database_url, redis_url, tmp_path / "data")


def drafts(database: Database) -> list[str]:
    with database.begin() as session:
        return list(
            session.scalars(
                select(Document.name)
                .join(Version, Version.document_id == Document.id)
                .where(Version.state == "draft")
                .order_by(Document.position)
            )
        )


def test_a_bank_is_accounted_for_and_nothing_is_stored(shell: Shell, library: Database) -> None:
    shown = shell.psot("content", "import", GOLDEN / "constructs.gift", "--topic", "ppe")

    assert "22 found: 1 taken, 16 taken with losses, 5 left out" in shown
    assert "nothing stored" in shown
    assert drafts(library) == []


def test_with_load_every_question_taken_is_a_draft(shell: Shell, library: Database) -> None:
    file = GOLDEN / "constructs.moodle.xml"

    shown = shell.psot("content", "import", file, "--topic", "height", "--load", "--json")

    report = json.loads(shown)
    taken = [one["id"] for one in report["questions"] if one["id"]]
    assert report["stored"] == len(taken)
    assert drafts(library) == taken


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"A? {=b", "bank.xml: an answer's { is never closed: line 1"),
        (b"<quiz><question>", "bank.xml: the XML is broken or cut off: 1:17"),
    ],
)
def test_what_is_refused_is_one_line_and_stores_nothing(
    shell: Shell, library: Database, tmp_path: Path, content: bytes, line: str
) -> None:
    file = tmp_path / "bank.xml"
    file.write_bytes(content)

    shown = shell.psot("content", "import", file, "--topic", "ppe", "--load", status=1)

    assert shown == f"Error: {line}\n"
    assert drafts(library) == []


def test_a_topic_that_is_not_there_is_one_line(shell: Shell) -> None:
    shown = shell.psot("content", "import", GOLDEN / "constructs.gift", "--topic", "moon", status=1)

    assert shown == "Error: there is no topic moon\n"


@pytest.mark.parametrize("format_", ["gift", "moodle-xml"])
def test_what_is_written_can_be_read_again(shell: Shell, tmp_path: Path, format_: str) -> None:
    file = tmp_path / "out"

    shown = shell.psot("content", "export-as", format_, file, "--topic", "ppe")

    assert f"written: {file}" in shown
    assert {row["id"] for row in import_questions(file.read_bytes()).rows} >= {"ppe-01", "ppe-02"}
