"""``psot content`` as an operator uses it, and packs that go out and come back."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from content.quiz import load_pack
from psot.cli import main
from psot.database import Database
from psot.library import operations
from psot.library.exporting import export_pack
from tests.content import LOADED_AT, a_question, write_pack


class Desk:
    """An operator's shell on one database."""

    def __init__(self, database_url: str, redis_url: str, folder: Path) -> None:
        self.environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PSOT_DATA_DIR": str(folder),
            "PSOT_DEMO": "1",
        }

    def psot(self, *words: object, status: int = 0) -> str:
        result: Result = CliRunner().invoke(main, [str(one) for one in words], env=self.environment)
        assert result.exit_code == status, result.output
        return result.output


@pytest.fixture
def desk(database_url: str, redis_url: str, tmp_path: Path) -> Desk:
    return Desk(database_url, redis_url, tmp_path / "data")


def test_a_pack_is_loaded_once(desk: Desk, tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack")

    assert "6 new" in desk.psot("content", "load", folder)
    assert "6 documents, nothing new" in desk.psot("content", "load", folder)


def test_a_broken_pack_is_told_line_by_line_and_stays_out(desk: Desk, tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack", questions=[a_question(correct=["z"])])

    shown = desk.psot("content", "load", folder, status=1)

    assert "questions/ladders.yaml: ladders-01: correct" in shown
    assert desk.psot("content", "export", tmp_path / "out", "--pack", "ladders", status=1)


def test_the_start_pack_goes_out_and_comes_back_unchanged(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"

    written = desk.psot("content", "export", out)

    assert "documents written" in written
    assert "nothing new" in desk.psot("content", "load", out)
    assert load_pack(out).questions


def test_everything_a_pack_may_hold_goes_out_and_comes_back(
    library: Database, tmp_path: Path
) -> None:
    folder = write_pack(tmp_path / "pack")
    (folder / "lessons").mkdir()
    (folder / "lessons" / "ladders.md").write_text(
        "---\ntitle: {ru: Лестницы, en: Ladders}\nversion: 1\n"
        "summary: {ru: Коротко, en: Short}\n---\n\n## Опоры\n\nДве опоры.\n",
        encoding="utf-8",
    )
    (folder / "acts.yaml").write_text(
        "acts:\n- {id: '7', title: {ru: Правила, en: Rules}, short: '7', kind: order,"
        " valid_until: null, checked: '2026-11-01', urls: []}\n",
        encoding="utf-8",
    )
    (folder / "norms").mkdir()
    (folder / "norms" / "ladders.yaml").write_text(
        "norms:\n- {id: ladders-n01, text: 'Лестница: две опоры', act: '7', ref: п. 1,"
        " verified: one, urls: [], checked: '2026-11-01'}\n",
        encoding="utf-8",
    )
    (folder / "glossary.yaml").write_text(
        "glossary:\n- {id: rung, term: {ru: ступень, en: rung}, text: {ru: Ступень, en: A rung}}\n",
        encoding="utf-8",
    )
    (folder / "memos.yaml").write_text(
        "memos:\n- {topic: ladders, title: {ru: Опоры, en: Stiles},"
        ' text: {ru: "Две\\n\\nопоры", en: Two}, sources: [Правила]}\n',
        encoding="utf-8",
    )
    (folder / "checks.yaml").write_text(
        "checks:\n- {question: ladders-01, response: [a], score_ppm: 1000000}\n", encoding="utf-8"
    )
    (folder / "pictures").mkdir()
    (folder / "pictures" / "ladder.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>x</title></svg>',
        encoding="utf-8",
    )
    with library.begin() as session:
        came = operations.load_folder(session, folder, by=None, now=LOADED_AT)
        export_pack(session, "ladders", tmp_path / "out")
        back = operations.load_folder(session, tmp_path / "out", by=None, now=LOADED_AT)

    assert len(came.new) == 12
    assert back.nothing
    assert load_pack(tmp_path / "out") == load_pack(folder)
