import pytest
import yaml

from content.exchange import WHY, Outcome, import_questions
from content.quiz import grade, read_question, row_problems
from tests.exchange import GOLDEN, SOURCES, read


@pytest.mark.parametrize("name", SOURCES)
def test_every_construct_of_a_fixture_comes_to_what_its_table_says(name: str) -> None:
    expected = yaml.safe_load((GOLDEN / f"{name}.expected.yaml").read_text("utf-8"))

    found = import_questions(read(name), topic=SOURCES[name])

    assert expected == {
        "totals": found.report.totals,
        "rows": list(found.rows),
        "pictures": sorted(found.files),
        "losses": [f"{one.part}: {one.what}: {one.code}" for one in found.report.losses],
        "questions": [
            {
                "place": one.place,
                "title": one.title,
                "kind": one.kind,
                "outcome": str(one.outcome),
                "id": one.id,
                "losses": [f"{loss.part}: {loss.what}: {loss.code}" for loss in one.losses],
            }
            for one in found.report.entries
        ],
    }


@pytest.mark.parametrize("name", SOURCES)
def test_every_row_is_a_question_that_its_own_solution_answers_in_full(name: str) -> None:
    found = import_questions(read(name), topic=SOURCES[name])

    assert found.rows
    for row in found.rows:
        question = read_question(row, topic=SOURCES[name])
        assert row_problems(name, row, draft=True) == []
        assert grade(question, question.solution).correct


@pytest.mark.parametrize("name", SOURCES)
def test_a_report_accounts_for_every_row_and_gives_a_reason_for_everything(name: str) -> None:
    found = import_questions(read(name), topic=SOURCES[name])

    taken = [one for one in found.report.entries if one.outcome is not Outcome.LEFT_OUT]
    assert [one.id for one in taken] == [row["id"] for row in found.rows]
    for one in found.report.entries:
        assert all(loss.code in WHY for loss in one.losses)
        assert (one.outcome is Outcome.TAKEN) == (not one.losses)


def test_a_question_without_a_source_says_that_an_editor_has_to_add_one() -> None:
    found = import_questions("::A::Верно? {T}".encode(), topic="ppe")

    codes = [loss.code for loss in found.report.entries[0].losses]
    assert {"no_source", "no_explanation"} <= set(codes)
    assert "source" not in found.rows[0]


def test_a_report_for_people_has_a_line_for_every_question_and_the_totals_at_the_end() -> None:
    found = import_questions("::A::Верно? {T}\n\nПросто текст.".encode(), topic="ppe")

    lines = list(found.report.lines())
    assert "line 1 (A): truefalse: taken with losses -> ppe-01" in lines
    assert "line 3 (Просто текст.): description: left out" in lines
    assert lines[-1].startswith("2 found: 0 taken, 1 taken with losses, 1 left out;")
