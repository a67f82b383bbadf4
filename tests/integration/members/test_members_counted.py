"""A municipality is kept, and a member counted by place, only with the consent for it."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from psot.members import consents, queries
from psot.members.models import Consent, Member
from tests.officials import people
from tests.web import Browser, database_of, sign_in


def member(app: Flask, browser: Browser) -> Member:
    with database_of(app).begin() as session:
        return session.get_one(Member, browser.member_id)


def details(**other: Any) -> dict[str, Any]:
    return {
        "display_name": "Анна",
        "region": "RU-TYU",
        "organization": "Завод",
        "language": "ru",
        "timezone": "",
        **other,
    }


def test_a_municipality_with_the_consent_is_kept_and_counted(app: Flask) -> None:
    browser = sign_in(app)

    browser.post("/me/settings", data=details(municipality=" г.  Ишим ", counted="y"))

    assert member(app, browser).municipality == "г. Ишим"
    with database_of(app).begin() as session:
        (told,) = queries.told_in_region(session, "RU-TYU")
        assert (told.municipality, told.organization) == ("г. Ишим", "Завод")
        (consent,) = session.scalars(select(Consent)).all()
        assert consent.purpose == consents.REGION_COUNTS
        assert consent.text_sha256 == consents.newest(consents.REGION_COUNTS, "ru").sha256


def test_without_the_consent_a_municipality_is_refused_and_nothing_is_counted(app: Flask) -> None:
    browser = sign_in(app)

    answer = browser.post("/me/settings", data=details(municipality="Ишим"))

    assert "Без согласия на учёт" in answer.get_data(as_text=True)
    assert member(app, browser).municipality == ""
    with database_of(app).begin() as session:
        assert queries.told_in_region(session, "RU-TYU") == []


def test_a_form_that_does_not_fit_gives_no_consent(app: Flask) -> None:
    browser = sign_in(app)

    browser.post("/me/settings", data=details(municipality="И" * 121, counted="y"))

    assert not member(app, browser).counted


@pytest.mark.parametrize("path", ["/me/consents", "/me/settings"])
def test_withdrawing_the_consent_erases_the_municipality(app: Flask, path: str) -> None:
    browser = sign_in(app)
    browser.post("/me/settings", data=details(municipality="Ишим", counted="y"))

    browser.post(path, data=details(municipality="Ишим") if "settings" in path else {})

    assert member(app, browser).municipality == ""
    with database_of(app).begin() as session:
        assert queries.told_in_region(session, "RU-TYU") == []
        (consent,) = session.scalars(select(Consent)).all()
        assert consent.withdrawn_at is not None


def test_another_language_leaves_the_municipality(app: Flask) -> None:
    browser = sign_in(app)
    browser.post("/me/settings", data=details(municipality="Ишим", counted="y"))

    browser.post("/preferences", data={"language": "en", "next": "/"})

    assert member(app, browser).language == "en"
    assert member(app, browser).municipality == "Ишим"


def test_only_municipalities_that_many_gave_are_proposed(app: Flask) -> None:
    people(app, 5, municipality="Ишим")
    people(app, 4, municipality="Тобольск")
    people(app, 5, municipality="Химки", region="RU-MOS")

    page = sign_in(app).get("/me/settings").get_data(as_text=True)

    assert '<option value="Ишим">' in page
    assert "Тобольск" not in page
    assert "Химки" not in page
