"""Packs come into the library: once, again, changed, without what they had."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from psot.database import Database
from psot.library import operations, queries, search
from psot.library.errors import BadPack, NameTaken, UnknownDocument
from tests.content import LOADED_AT, START, a_question, write_pack

LATER = LOADED_AT + timedelta(days=1)


def load(library: Database, folder: Path, **options: object) -> operations.LoadReport:
    with library.begin() as session:
        return operations.load_folder(session, folder, by=None, now=LATER, **options)  # type: ignore[arg-type]


def test_the_start_pack_is_in_every_database(library: Database) -> None:
    with library.begin() as session:
        assert len(queries.topics(session)) >= 8
        assert len(queries.questions(session)) >= 60
        assert queries.quizzes(session)["first-aid"].questions


def test_the_same_folder_again_changes_nothing(library: Database) -> None:
    with library.begin() as session:
        before = session.execute(text("SELECT count(*) FROM library_versions")).scalar_one()

    report = load(library, START)

    with library.begin() as session:
        after = session.execute(text("SELECT count(*) FROM library_versions")).scalar_one()
    assert report.nothing
    assert report.same > 60
    assert after == before


def test_a_new_pack_comes_with_all_it_has(library: Database, tmp_path: Path) -> None:
    report = load(library, write_pack(tmp_path))

    assert ("question", "ladders-01") in report.new
    assert ("quiz", "ladders-quick") in report.new
    with library.begin() as session:
        assert queries.question(session, "ladders-01").version == 1
        assert queries.topics(session)["ladders"].questions == 3
        assert queries.packs(session)["ladders"].licence == "CC0-1.0"


def test_a_changed_question_is_a_new_version_and_the_old_one_can_be_read(
    library: Database, tmp_path: Path
) -> None:
    load(library, write_pack(tmp_path, questions=[a_question(), a_question("ladders-02")]))
    changed = a_question(text="Сколько опор у стремянки?")

    report = load(library, write_pack(tmp_path, questions=[changed, a_question("ladders-02")]))

    with library.begin() as session:
        assert report.changed == (("question", "ladders-01"),)
        assert queries.question(session, "ladders-01").text == "Сколько опор у стремянки?"
        assert queries.question(session, "ladders-01").version == 2
        assert (
            queries.question(session, "ladders-01", 1).text == "Сколько опор у лестницы ladders-01?"
        )


def test_what_the_pack_no_longer_has_is_retired_but_kept(library: Database, tmp_path: Path) -> None:
    load(library, write_pack(tmp_path, questions=[a_question(), a_question("ladders-02")]))

    report = load(library, write_pack(tmp_path, questions=[a_question()]))

    assert report.retired == (("question", "ladders-02"),)
    with library.begin() as session:
        assert [one.id for one in queries.questions(session, topics=["ladders"])] == ["ladders-01"]
        assert queries.question(session, "ladders-02", 1).version == 1
        with pytest.raises(UnknownDocument):
            queries.question(session, "ladders-02")
        assert not search.find(session, "ladders-02", kinds=["question"]).hits


def test_what_comes_back_as_it_was_keeps_its_number(library: Database, tmp_path: Path) -> None:
    both = [a_question(), a_question("ladders-02")]
    load(library, write_pack(tmp_path, questions=both))
    load(library, write_pack(tmp_path, questions=both[:1]))

    report = load(library, write_pack(tmp_path, questions=both))

    assert ("question", "ladders-02") in report.changed
    with library.begin() as session:
        assert queries.question(session, "ladders-02").version == 1


def test_a_name_of_another_pack_stops_the_load_and_names_both(
    library: Database, tmp_path: Path
) -> None:
    folder = write_pack(tmp_path, id_="other", topic="ppe", questions=[a_question("ppe-01")])

    with pytest.raises(NameTaken, match=r"other.*ppe.*start"):
        load(library, folder)

    with library.begin() as session:
        assert "other" not in queries.packs(session)


def test_a_broken_pack_tells_everything_and_loads_nothing(
    library: Database, tmp_path: Path
) -> None:
    folder = write_pack(tmp_path, questions=[a_question(correct=["z"])])

    with pytest.raises(BadPack, match="ladders-01"):
        load(library, folder)

    with library.begin() as session:
        assert "ladders" not in queries.packs(session)


def test_drafts_are_loaded_for_review_and_nobody_gets_them_yet(
    library: Database, tmp_path: Path
) -> None:
    folder = write_pack(tmp_path)

    first, second = load(library, folder, draft=True), load(library, folder, draft=True)

    assert ("question", "ladders-01") in first.new
    assert second.nothing
    with library.begin() as session:
        assert "ladders" not in queries.topics(session)


def test_a_published_version_cannot_be_changed_even_by_hand(library: Database) -> None:
    for sql in (
        "UPDATE library_versions SET body = '{}' WHERE number = 1",
        "DELETE FROM library_versions",
        "UPDATE library_versions SET state = 'draft'",
    ):
        with pytest.raises(DBAPIError, match="never changed"), library.begin() as session:
            session.execute(text(sql))
