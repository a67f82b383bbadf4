"""A page that reads: one connection for all it asks, nothing written, names as they are now."""

import pytest
from flask import Flask
from sqlalchemy import text

from psot.database import reading, transaction
from psot.races import queries
from psot.races.stages import Stage
from tests.results import raced
from tests.web import Browser, a_member, database_of


def test_whatever_a_reading_page_asks_travels_on_its_connection(app: Flask) -> None:
    with app.app_context():
        with reading() as session, transaction() as other:
            assert other is session
        with transaction() as after:
            assert after is not session


def test_a_page_that_reads_adds_nothing(app: Flask) -> None:
    with (
        app.app_context(),
        pytest.raises(RuntimeError, match="written something"),
        reading() as session,
    ):
        a_member(session)

    with database_of(app).begin() as session:
        assert session.scalar(text("SELECT count(*) FROM members")) == 0


def test_a_protocol_that_is_remembered_tells_names_as_they_are_now(
    app: Flask, client: Browser
) -> None:
    with app.app_context(), database_of(app).begin() as session:
        race = raced(session, stage=Stage.PROVISIONAL).id
        racer = queries.start_list(session, race)[0]
    page = f"/races/{race}/protocol"
    assert "Ольга Новая" not in client.get(page).text

    with database_of(app).begin() as session:
        session.execute(
            text(
                "UPDATE members SET name_public = true, display_name = 'Ольга Новая' WHERE id = :id"
            ),
            {"id": racer.member},
        )

    assert "Ольга Новая" in client.get(page).text
