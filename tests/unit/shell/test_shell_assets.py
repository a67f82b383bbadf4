import json
import os
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from psot.shell import assets
from psot.shell.assets import Assets, AssetsMissingError


def built(folder: Path, **entries: dict[str, object]) -> Assets:
    """Write a manifest into `folder` as the front end build does."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(entries), encoding="utf-8")
    return Assets(folder)


def test_a_page_names_an_entry_and_gets_the_hashed_file(tmp_path: Path) -> None:
    made = built(tmp_path, app={"file": "app-1F.js", "imports": ["part-2A.js"]})

    assert made.entry("app").file == "app-1F.js"
    assert made.entry("app").imports == ("part-2A.js",)


def test_a_module_is_loaded_with_its_first_chunks_beside_it(tmp_path: Path) -> None:
    app = Flask("psot", static_folder=str(tmp_path), static_url_path="/static")
    assets.install(app)
    built(tmp_path / "dist", app={"file": "app-1F.js", "imports": ["part-2A.js"]})
    with app.test_request_context():
        tags = app.extensions["psot.assets"].script("app")

    assert tags == (
        '<link rel="modulepreload" href="/static/dist/part-2A.js">\n'
        '<script type="module" src="/static/dist/app-1F.js"></script>'
    )


def test_a_new_build_is_seen_without_a_restart(tmp_path: Path) -> None:
    made = built(tmp_path, app={"file": "app-1F.js"})
    made.entry("app")
    built(tmp_path, app={"file": "app-2B.js"})
    stat = (tmp_path / "manifest.json").stat()
    # The coarse clock of some file systems is helped along.
    os.utime(tmp_path / "manifest.json", ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))

    assert made.entry("app").file == "app-2B.js"


def test_a_missing_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissingError, match="make setup"):
        Assets(tmp_path).entry("app")


def test_an_unknown_entry_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissingError, match="'nothing'"):
        built(tmp_path, app={"file": "app-1F.js"}).entry("nothing")


def test_a_built_file_is_kept_for_a_year_and_travels_compressed(
    house: Flask, visitor: FlaskClient
) -> None:
    with house.test_request_context():
        address = house.extensions["psot.assets"].url("app.css")
    with (
        visitor.get(address) as plain,
        visitor.get(address, headers={"Accept-Encoding": "gzip, br"}) as packed,
    ):
        assert plain.cache_control.max_age == assets.FOREVER_S
        assert plain.cache_control.immutable
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.mimetype == "text/css"
        assert "Accept-Encoding" in packed.vary
        assert len(packed.data) < len(plain.data) / 3
