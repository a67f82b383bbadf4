"""The protocol taken along: right in a spreadsheet, on paper and for whoever checks its hash."""

import csv
import hashlib
import io
import json
import re
import zipfile
import zlib

import pytest
from flask import Flask

from tests.integration.results.conftest import Make
from tests.results import RELAY, raced
from tests.web import Browser, a_member, database_of


def table(data: bytes) -> list[list[str]]:
    """What a spreadsheet reads out of our CSV."""
    return [*csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")]


def test_csv_carries_its_mark_and_names_who_agreed_and_no_formula(
    app: Flask, client: Browser
) -> None:
    with app.app_context(), database_of(app).begin() as session:
        shy = a_member(session, display_name="Тихон Скромный")
        bold = a_member(session, display_name='=HYPERLINK("x");1', name_public=True)
        race = raced(session, members=[shy.id, bold.id], racers=5)
    client.set_cookie("psot_language", "en")

    answer = client.get(f"/races/{race.id}/protocol.csv")
    lines = table(answer.data)

    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert lines[0][:4] == ["Place", "Mark", "Bib", "Racer"]
    assert [line[2] for line in lines[1:]] == ["2", "1", "3", "5", "4"]
    assert lines[1][5:] == ["1+0", "1", "5:08.1", "0.0", "90"]
    assert '\'=HYPERLINK("x");1' in [line[3] for line in lines]
    assert "Скромный" not in answer.text


def test_titles_are_in_the_readers_language(client: Browser, make: Make) -> None:
    race = make()

    client.set_cookie("psot_language", "ru")
    russian = table(client.get(f"/races/{race.id}/protocol.csv").data)

    assert russian[0][:4] == ["Место", "Пометка", "Номер", "Участник"]
    assert russian[1][7] == "5:08,1"


def test_xlsx_holds_results_and_splits_with_times_as_numbers(client: Browser, make: Make) -> None:
    race = make()

    with zipfile.ZipFile(io.BytesIO(client.get(f"/races/{race.id}/protocol.xlsx").data)) as book:
        results = book.read("xl/worksheets/sheet1.xml").decode()
        splits = book.read("xl/worksheets/sheet2.xml").decode()

    assert "<f>" not in results + splits
    assert f"<v>{3081 / 864_000}"[:12] in results
    assert splits.count("<row ") > 30


def test_pdf_prints_cyrillic_and_the_hash_on_every_page(client: Browser, make: Make) -> None:
    race = make(title="Кубок Тюмени № 1")

    answer = client.get(f"/races/{race.id}/protocol.pdf")
    digest = answer.headers["X-Protocol-SHA256"]

    assert answer.data.startswith(b"%PDF-")
    assert f"SHA-256 {digest}".encode("utf-16-be") in answer.data or digest.encode() in answer.data
    assert b"Inter" in answer.data
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", answer.data, re.DOTALL)
    assert any(b"BT" in _plain(one) for one in streams)


def test_json_is_the_canonical_body_with_names_kept_apart(app: Flask, client: Browser) -> None:
    with app.app_context(), database_of(app).begin() as session:
        named = a_member(session, display_name="Вера Ильина", name_public=True)
        race = raced(session, members=[named.id], racers=5)

    whole = json.loads(client.get(f"/races/{race.id}/protocol.json").data)
    bare = client.get(f"/races/{race.id}/protocol.json?canonical=1").data

    assert hashlib.sha256(bare).hexdigest() == whole["sha256"]
    assert whole["protocol"] == json.loads(bare)
    assert list(whole["names"].values()) == ["Вера Ильина"]
    assert "Вера" not in bare.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf", "json"])
def test_a_relay_is_taken_along_in_every_kind(client: Browser, make: Make, kind: str) -> None:
    race = make(RELAY, format="relay")

    answer = client.get(f"/races/{race.id}/protocol.{kind}")

    assert answer.status_code == 200
    assert len(answer.data) > 500
    if kind == "csv":
        assert len(table(answer.data)) == 1 + 2 + 8


def _plain(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
