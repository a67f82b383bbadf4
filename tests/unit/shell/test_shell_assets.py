import json
import os
from pathlib import Path

import pytest
from flask import Flask

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


def test_a_page_asks_once_which_build_there_is_and_names_no_other(tmp_path: Path) -> None:
    app = Flask("psot", static_folder=str(tmp_path), static_url_path="/static")
    assets.install(app)
    made: Assets = app.extensions["psot.assets"]
    built(tmp_path / "dist", app={"file": "app-1F.js"}, race={"file": "race-1F.js"})
    with app.test_request_context():
        before = made.url("app"), made.url("race")
        (tmp_path / "dist" / "manifest.json").unlink()
        assert (made.url("app"), made.url("race")) == before

    with app.test_request_context(), pytest.raises(AssetsMissingError):
        made.url("app")


def test_an_address_is_below_the_root_the_page_was_asked_under(tmp_path: Path) -> None:
    app = Flask("psot", static_folder=str(tmp_path), static_url_path="/static")
    assets.install(app)
    made: Assets = app.extensions["psot.assets"]
    built(tmp_path / "dist", app={"file": "app-1F.js"})

    found = []
    for root in ("", "/club", ""):
        with app.test_request_context(environ_overrides={"SCRIPT_NAME": root}):
            found.append(made.url("app"))

    assert found == [f"{root}/static/dist/app-1F.js" for root in ("", "/club", "")]
