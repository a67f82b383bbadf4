"""The files for a report say what the page says, and name nobody."""

import io
import zipfile

import pytest
from flask import Flask
from sqlalchemy import select

from psot.members.models import Member
from tests.officials import autumn, learn, opened, people
from tests.web import Browser, database_of, sign_in

TABLES = (
    "coverage",
    "coverage-weeks",
    "municipalities",
    "organizations",
    "comparison",
    "activities",
    "topics",
    "weeks",
)


@pytest.fixture
def official(app: Flask) -> Browser:
    """An official of a region in which something happens."""
    database = opened(app)
    here = people(app, 14, municipality="Тюмень", organization="Завод", name="Заметная Персона")
    people(app, 9, municipality="Ишим", name="Тайная Особа")
    learn(database, here[:8])
    return sign_in(app, roles=("official",), display_name="Своя Фамилия")


def words_of(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return "\n".join(
            parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")
        )


def test_every_table_is_there_as_csv_for_a_spreadsheet(official: Browser) -> None:
    for name in TABLES:
        with autumn():
            answer = official.get(f"/official/tables/{name}.csv")

        assert answer.status_code == 200
        assert answer.data.startswith("\N{ZERO WIDTH NO-BREAK SPACE}".encode())
        assert f"psot-ru-tyu-{name}-2026-11-02.csv" in answer.headers["Content-Disposition"]


def test_a_table_says_what_the_page_says(official: Browser) -> None:
    with autumn():
        answer = official.get("/official/tables/municipalities.csv")

    assert answer.get_data(as_text=True).splitlines()[1:] == [
        "Тюмень;14;не показано",
        "Ишим;9;не показано",
    ] or answer.get_data(as_text=True).splitlines()[1:] == [
        "Тюмень;14;не показано",
        "Остальные и те, кто не указал;10;не показано",
    ]


def test_the_workbook_has_a_sheet_for_each_table_and_one_about_itself(official: Browser) -> None:
    with autumn():
        answer = official.get("/official/report.xlsx")

    text = words_of(answer.data)
    assert text.count("<sheetData") == len(TABLES) + 1
    assert "2026-Q4" in text
    assert "/official?region=RU-TYU" in text


def test_the_report_is_a_pdf_with_its_name_and_date(official: Browser) -> None:
    with autumn():
        answer = official.get("/official/report.pdf")

    assert answer.data.startswith(b"%PDF-")
    assert 'filename="psot-ru-tyu-2026-11-02.pdf"' in answer.headers["Content-Disposition"]


def test_no_file_names_a_member_or_tells_an_address(
    app: Flask, official: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from psot.shell.paper import Paper  # noqa: PLC0415 - what is written on paper is listened to

    said: list[str] = []
    put = Paper.put

    def listening(self: Paper, text: str, *args: object, **options: object) -> None:
        said.append(text)
        put(self, text, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Paper, "put", listening)
    with database_of(app).begin() as session:
        members = session.scalars(select(Member)).all()
        told = {one.display_name for one in members} | {one.email for one in members}
        told |= {str(one.id) for one in members} | {str(one.number) for one in members}
    with autumn():
        official.post("/official/invitations", data={"name": "Письмо", "days": "30"})
        files = [
            words_of(official.get("/official/report.xlsx").data),
            *(
                official.get(f"/official/tables/{name}.csv").get_data(as_text=True)
                for name in (*TABLES, "invitations")
            ),
        ]
        official.get("/official/report.pdf")

    assert "Тюмень" in files[0]
    assert any("Тюмень" in one for one in said)
    for text in (*files, "\n".join(said)):
        assert [one for one in told if one in text] == []


def test_files_are_for_the_own_region_only(app: Flask, official: Browser) -> None:
    for path in ("report.pdf", "report.xlsx", "tables/coverage.csv", "tables/invitations.csv"):
        assert official.get(f"/official/{path}?region=RU-MOW").status_code == 404
        assert sign_in(app).get(f"/official/{path}?region=RU-TYU").status_code == 403


def test_a_table_that_is_not_there_is_not_found(official: Browser) -> None:
    assert official.get("/official/tables/members.csv").status_code == 404


def test_before_the_first_season_there_is_no_file(app: Flask) -> None:
    browser = sign_in(app, roles=("official",))

    assert browser.get("/official/report.pdf").status_code == 404
