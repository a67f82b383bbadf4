"""What other rooms may learn about members."""

import uuid

from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from psot.database import Database
from psot.members import operations, queries
from psot.members.models import Consent, Member
from psot.members.viewer import Viewer
from tests.web import a_member, database_of, sign_in


def test_a_name_is_shown_by_consent_only(app: Flask) -> None:
    with database_of(app).begin() as session:
        shown = a_member(session, display_name="Анна Петрова", name_public=True)
        hidden = a_member(session, display_name="Иван Сидоров")
        names = queries.public_names(session, [shown.id, hidden.id, uuid.UUID(int=1)])

    assert {one: name.name for one, name in names.items()} == {
        shown.id: "Анна Петрова",
        hidden.id: "",
    }
    assert str(names[shown.id]) == "Анна Петрова"
    for language, words in (("ru", f"Участник {hidden.number}"), ("en", f"Member {hidden.number}")):
        with app.test_request_context(), force_locale(language):
            assert str(names[hidden.id]) == words


def test_consent_to_publish_is_given_and_withdrawn_on_its_page_and_both_are_kept(
    app: Flask,
) -> None:
    client = sign_in(app)

    def public() -> bool:
        with database_of(app).begin() as session:
            return operations.get(session, client.member_id or uuid.UUID(int=0)).name_public

    client.post("/me/consents", data={"publish_name": "y"})
    assert public()
    client.post("/me/consents", data={"publish_name": "y"})
    client.post("/me/consents", data={})
    assert not public()

    with database_of(app).begin() as session:
        (kept,) = session.scalars(select(Consent))
    assert kept.withdrawn_at is not None


def test_only_confirmed_members_count(app: Flask) -> None:
    with database_of(app).begin() as session:
        a_member(session, region="RU-TYU")
        a_member(session, region="RU-ALT")
        operations.create(
            session,
            operations.Details(display_name="Не подтвердил", region="RU-AMU"),
            email="waiting@example.org",
        )
        count = queries.members_count(session)

    assert count == 2


def test_the_viewer_of_a_request_is_the_member_who_makes_it(app: Flask) -> None:
    client = sign_in(app, roles=("official",), region="RU-ALT")

    with client:
        client.get("/me/sessions")
        viewer = queries.current_member()

    assert viewer is not None
    assert (viewer.id, viewer.region, viewer.official_region) == (
        client.member_id,
        "RU-ALT",
        "RU-TYU",
    )
    assert viewer.timezone == "Asia/Barnaul"
    assert viewer.has_role("official")
    assert not viewer.needs_second_factor


def test_a_room_may_recognise_members_by_other_means(app: Flask) -> None:
    with database_of(app).begin() as session:
        member = a_member(session)

    def by_badge() -> Viewer | None:
        with database_of(app).begin() as session:
            return queries.viewer(session, member.id)

    queries.recognise_first(app, by_badge)

    assert app.test_client().get("/me/sessions").status_code == 200


def test_regions_are_read_for_many_at_once(database: Database, app: Flask) -> None:
    with database_of(app).begin() as session:
        members: list[Member] = [a_member(session, region=one) for one in ("RU-TYU", "RU-ALT")]

    with database.begin() as session:
        found = queries.regions_of(session, [one.id for one in members])

    assert found == {members[0].id: "RU-TYU", members[1].id: "RU-ALT"}
