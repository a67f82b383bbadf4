"""The shell in the whole application: the reader is a real member."""

from flask import Flask

from psot.database import transaction
from psot.ledger import Catalogue
from psot.ledger.consumers import enrol
from psot.ledger.delivery import deliver
from psot.members import operations
from psot.numbers.projections import NUMBERS
from tests.web import a_member, database_of, sign_in


def test_a_language_and_a_zone_chosen_in_the_shell_are_written_to_the_member(app: Flask) -> None:
    with database_of(app).begin() as session:
        member = a_member(session, language="ru", timezone="Europe/Moscow").id
    client = sign_in(app, member=member)
    client.post("/preferences", data={"language": "en"})
    client.post("/preferences", data={"zone": "Asia/Omsk"})
    with app.app_context(), transaction() as session:
        kept = operations.get(session, member)

    assert (kept.language, kept.timezone) == ("en", "Asia/Omsk")
    assert '<html lang="en"' in client.get("/").text


def test_the_first_page_counts_members_whose_address_is_proven_and_their_regions(
    app: Flask,
) -> None:
    database = database_of(app)
    enrol(database, Catalogue((NUMBERS,)))
    with database.begin() as session:
        for region in ("RU-TYU", "RU-TYU", "RU-SVE"):
            a_member(session, region=region)
    deliver(database, NUMBERS)
    page = app.test_client().get("/", headers={"Accept-Language": "ru"}).text

    assert "<dt>участника</dt>\n  <dd>3</dd>" in page
    assert "<dt>региона участвуют</dt>\n  <dd>2</dd>" in page


def test_an_editor_finds_the_shelf_in_the_menu_and_a_participant_does_not(app: Flask) -> None:
    editor = sign_in(app, roles=("editor",)).get("/").text
    participant = sign_in(app).get("/").text

    assert 'href="/editor/content"' in editor
    assert 'href="/editor/content"' not in participant
    assert 'action="/sign-out"' in participant
