"""Every file of the build as a browser gets it, and files whose content may change."""

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from psot.shell import files

FORMS = {"br": "gzip, deflate, br", "gzip": "gzip, deflate", "": "identity"}
ENDINGS = (".br", ".gz")
TINY_BYTES = 200


def dist(house: Flask) -> Path:
    return Path(str(house.static_folder)) / "dist"


def names(house: Flask) -> list[str]:
    """Every file of the build; what lies packed beside it is another form of it."""
    found = sorted(one.name for one in dist(house).iterdir() if one.suffix not in ENDINGS)
    assert len(found) > 50, "the front end is not built: run `make setup`"
    return found


@pytest.fixture
def small(tmp_path: Path) -> FlaskClient:
    """A house with one packed file whose name says nothing of its content."""
    app = Flask("small", static_folder=str(tmp_path), static_url_path="/static")
    files.install(app)
    (tmp_path / "plain.css").write_text("p { margin: 0 }")
    (tmp_path / "plain.css.gz").write_bytes(gzip.compress(b"p { margin: 0 }"))
    return app.test_client()


@pytest.mark.parametrize(("form", "accepted"), FORMS.items())
def test_each_built_file_is_sent_as_asked_for_and_kept_for_ever(
    house: Flask, visitor: FlaskClient, form: str, accepted: str
) -> None:
    packed = 0
    for name in names(house):
        lies = dist(house) / (name + files.PACKED.get(form, ""))
        sent = lies if lies.exists() else dist(house) / name
        packed += sent.suffix in ENDINGS
        with visitor.get(f"/static/dist/{name}", headers={"Accept-Encoding": accepted}) as got:
            hashed = name != "manifest.json"

            assert got.status_code == 200, name
            assert got.data == sent.read_bytes(), name
            assert got.content_length == sent.stat().st_size, name
            assert got.headers.get("Content-Encoding", "") == (form if sent == lies else ""), name
            assert ("Accept-Encoding" in got.vary) == lies.with_name(f"{name}.br").exists(), name
            assert got.get_etag()[0], name
            assert "Set-Cookie" not in got.headers, name
            assert got.headers["Cache-Control"] == (
                "public, max-age=31536000, immutable" if hashed else "public, max-age=60"
            ), name
    assert (packed > 50) == bool(form)


def test_text_of_the_build_lies_packed_in_both_forms_where_that_makes_it_smaller(
    house: Flask,
) -> None:
    text = [one for one in names(house) if one.endswith((".js", ".css", ".svg"))]
    large = {one for one in text if (dist(house) / one).stat().st_size > TINY_BYTES}
    packed = {
        end: {one for one in text if (dist(house) / f"{one}{end}").exists()} for end in ENDINGS
    }

    assert all(large <= found for found in packed.values())
    for end, found in packed.items():
        for one in found:
            assert (dist(house) / f"{one}{end}").stat().st_size < (dist(house) / one).stat().st_size


def test_a_browser_that_has_a_form_is_not_sent_it_again(house: Flask, visitor: FlaskClient) -> None:
    name = next(one for one in names(house) if one.endswith(".css"))
    tags = {}
    for accepted in FORMS.values():
        told = {"Accept-Encoding": accepted}
        with visitor.get(f"/static/dist/{name}", headers=told) as first:
            tags[accepted] = first.headers["ETag"]
        told["If-None-Match"] = first.headers["ETag"]
        with visitor.get(f"/static/dist/{name}", headers=told) as again:
            assert again.status_code == 304
            assert again.data == b""
            assert again.cache_control.immutable
            assert "Accept-Encoding" in again.vary
    assert len(set(tags.values())) == len(FORMS)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("deflate", ""),
        ("gzip;q=0", ""),
    ],
)
def test_a_file_is_packed_as_its_reader_likes_it_best(
    house: Flask, visitor: FlaskClient, accepted: str, encoding: str
) -> None:
    name = next(one for one in names(house) if one.endswith(".css"))
    with visitor.get(f"/static/dist/{name}", headers={"Accept-Encoding": accepted}) as got:
        assert got.headers.get("Content-Encoding", "") == encoding


def test_a_file_that_may_change_is_kept_a_minute_and_asked_for_by_its_tag(
    small: FlaskClient,
) -> None:
    told = {"Accept-Encoding": "gzip, br"}
    with small.get("/static/plain.css", headers=told) as first:
        assert gzip.decompress(first.data) == b"p { margin: 0 }"
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert first.mimetype == "text/css"
    told["If-None-Match"] = first.headers["ETag"]

    with small.get("/static/plain.css", headers=told) as again:
        assert again.status_code == 304


@pytest.mark.parametrize("name", ["nothing.css", "../conftest.py", "dist/nothing-12345678.js"])
def test_what_is_not_there_is_not_found_and_not_kept(small: FlaskClient, name: str) -> None:
    with small.get(f"/static/{name}") as got:
        assert got.status_code == 404
        assert "immutable" not in got.headers.get("Cache-Control", "")
