"""A document's life: written, read by a second person, published, changed, brought back."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.database import Database
from psot.library import desk, operations, queries, search
from psot.library.errors import (
    EditedMeanwhile,
    NameTaken,
    NotInThisState,
    OutdatedDraft,
    OwnWork,
)
from tests.content import LOADED_AT, a_question

NOW = LOADED_AT + timedelta(days=2)
AUTHOR, REVIEWER = uuid4(), uuid4()
QUESTION = {"kind": "question", "name": "ppe-01"}


def body(session: Session, **changes: Any) -> dict[str, Any]:
    """What readers get of the question now, changed."""
    found = desk.opened(session, "question", "ppe-01").published
    assert found is not None
    return {**found.body, **changes}


def seen(session: Session) -> str:
    return desk.opened(session, "question", "ppe-01").present.sha256


def draft(session: Session, by: UUID = AUTHOR, **changes: Any) -> None:
    operations.save_draft(
        session, **QUESTION, body=body(session, **changes), seen=seen(session), by=by, now=NOW
    )


def published(session: Session, **changes: Any) -> None:
    draft(session, **changes)
    operations.submit(session, **QUESTION, by=AUTHOR, now=NOW)
    operations.publish(session, **QUESTION, by=REVIEWER, now=NOW)


def test_a_draft_is_nobodys_business_until_a_second_person_publishes_it(
    library: Database,
) -> None:
    with library.begin() as session:
        draft(session, text="Новый вопрос?")
        operations.submit(session, **QUESTION, by=AUTHOR, now=NOW)
        assert queries.question(session, "ppe-01").text != "Новый вопрос?"

        with pytest.raises(OwnWork):
            operations.publish(session, **QUESTION, by=AUTHOR, now=NOW)
        operations.publish(session, **QUESTION, by=REVIEWER, now=NOW)

        after = queries.question(session, "ppe-01")
        assert (after.text, after.version) == ("Новый вопрос?", 2)
        assert queries.question(session, "ppe-01", 1).text != "Новый вопрос?"
        assert search.find(session, "новый вопрос", kinds=["question"]).hits[0].name == "ppe-01"


def test_every_publication_is_a_fact(library: Database) -> None:
    with library.begin() as session:
        published(session, text="Другой вопрос?")
        operations.retire(session, **QUESTION, by=AUTHOR, now=NOW)
        operations.restore(session, **QUESTION, by=AUTHOR, now=NOW)

        facts = session.execute(text("SELECT type, data FROM ledger_facts ORDER BY seq")).all()

    assert [row.type for row in facts] == [
        "psot.library.version.published.v1",
        "psot.library.document.retired.v1",
        "psot.library.document.restored.v1",
    ]
    assert facts[0].data["version"] == 2
    assert facts[0].data["author"] == str(AUTHOR)
    assert facts[0].data["reviewer"] == str(REVIEWER)


def test_two_editors_at_once_lose_nothing(library: Database) -> None:
    with library.begin() as session:
        opened = seen(session)
        draft(session, text="Первый сохранил.")

        with pytest.raises(EditedMeanwhile) as meanwhile:
            operations.save_draft(
                session,
                **QUESTION,
                body=body(session, text="Второй сохранил."),
                seen=opened,
                by=REVIEWER,
                now=NOW,
            )

        assert meanwhile.value.body["text"] == "Первый сохранил."
        operations.save_draft(
            session,
            **QUESTION,
            body=body(session, text="Второй сохранил."),
            seen=meanwhile.value.sha256,
            by=REVIEWER,
            now=NOW,
        )
        present = desk.opened(session, "question", "ppe-01").present
        assert present.body["text"] == "Второй сохранил."


def test_what_is_sent_back_stays_in_the_history_and_its_author_goes_on(library: Database) -> None:
    with library.begin() as session:
        draft(session, text="С опечатткой?")
        operations.submit(session, **QUESTION, by=AUTHOR, now=NOW)
        operations.reject(session, **QUESTION, by=REVIEWER, now=NOW, note="Опечатка")

        found = desk.opened(session, "question", "ppe-01")

        assert found.draft is not None
        assert found.draft.author == AUTHOR
        assert found.draft.body["text"] == "С опечатткой?"
        assert found.returned is not None
        assert found.returned.note == "Опечатка"
        assert [one.state for one in found.versions] == ["draft", "rejected", "published"]


def test_an_earlier_text_comes_back_as_a_new_version(library: Database) -> None:
    with library.begin() as session:
        before = queries.question(session, "ppe-01").text
        published(session, text="Хуже?")

        operations.rollback(session, **QUESTION, number=1, by=AUTHOR, now=NOW)

        after = queries.question(session, "ppe-01")
        assert (after.text, after.version) == (before, 3)
        with pytest.raises(NotInThisState):
            operations.rollback(session, **QUESTION, number=3, by=AUTHOR, now=NOW)


def test_a_draft_begun_before_a_publication_is_compared_first(library: Database) -> None:
    with library.begin() as session:
        published(session, text="Вторая редакция?")
        draft(session, text="Из черновика?")
        operations.submit(session, **QUESTION, by=AUTHOR, now=NOW)
        operations.rollback(session, **QUESTION, number=1, by=AUTHOR, now=NOW)

        with pytest.raises(OutdatedDraft):
            operations.publish(session, **QUESTION, by=REVIEWER, now=NOW)
        draft(session, text="Из черновика?")
        operations.submit(session, **QUESTION, by=AUTHOR, now=NOW)
        operations.publish(session, **QUESTION, by=REVIEWER, now=NOW)

        assert queries.question(session, "ppe-01").version == 5


def test_a_new_document_begins_as_a_draft_and_can_be_thrown_away(library: Database) -> None:
    with library.begin() as session:
        new = {"kind": "question", "name": "ppe-77"}
        row = {one: value for one, value in a_question("ppe-77").items() if one != "version"}
        made = {"body": row, "by": AUTHOR, "now": NOW, "pack": "start", "topic": "ppe"}
        operations.create_draft(session, **new, **made)
        with pytest.raises(NameTaken):
            operations.create_draft(session, **new, **made)

        operations.discard_draft(session, **new, now=NOW)

        assert not desk.exists(session, "question", "ppe-77")


def test_a_retired_document_is_not_drafted(library: Database) -> None:
    with library.begin() as session:
        operations.retire(session, **QUESTION, by=AUTHOR, now=NOW)
        row = desk.opened(session, "question", "ppe-01").present

        with pytest.raises(NotInThisState):
            operations.save_draft(
                session, **QUESTION, body=dict(row.body), seen=row.sha256, by=AUTHOR, now=NOW
            )
        with pytest.raises(NotInThisState):
            operations.retire(session, **QUESTION, by=AUTHOR, now=NOW)


def test_steps_out_of_turn_are_refused(library: Database) -> None:
    with library.begin() as session:
        for step in (operations.submit, operations.publish):
            with pytest.raises(NotInThisState):
                step(session, **QUESTION, by=AUTHOR, now=NOW)
        with pytest.raises(NotInThisState):
            operations.reject(session, **QUESTION, by=AUTHOR, now=NOW, note="нет")
        with pytest.raises(NotInThisState):
            operations.restore(session, **QUESTION, by=AUTHOR, now=NOW)


def test_another_process_sees_what_was_published_here(library: Database) -> None:
    with library.begin() as session:
        queries.question(session, "ppe-01")
    with library.begin() as session:
        published(session, text="Свежий?")
    with library.begin() as session:
        assert queries.question(session, "ppe-01").text == "Свежий?"


def test_what_was_rolled_back_is_remembered_by_nobody(library: Database) -> None:
    class Undone(Exception):  # noqa: N818 - a test's own
        pass

    def publish_and_undo() -> None:
        with library.begin() as session:
            published(session, text="Не было.")
            assert queries.question(session, "ppe-01").text == "Не было."
            raise Undone

    with pytest.raises(Undone):
        publish_and_undo()

    with library.begin() as session:
        published(session, text="Было.")
        assert queries.question(session, "ppe-01").version == 2
        assert queries.question(session, "ppe-01").text == "Было."
