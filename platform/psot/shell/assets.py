"""Addresses of built files: entry name in, hashed file out, read from the build's manifest."""

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from flask import Flask, g, request, send_file, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

DIST = "dist"
"""Folder inside the static folder that the front end build writes and wipes."""

FOREVER_S = 365 * 24 * 3600
"""A built file carries a hash of its content in its name, so a browser may keep it a year."""


class AssetsMissingError(RuntimeError):
    """The front end was not built, or the entry is not one of its entries."""


@dataclass(frozen=True)
class Entry:
    """One built entry: its file, the style sheet beside it, and the chunks it loads first."""

    file: str
    css: str = ""
    imports: tuple[str, ...] = ()


@dataclass
class Assets:
    """The manifest of one build, read once and again whenever the build wrote a new one."""

    folder: Path
    _entries: dict[str, Entry] = field(default_factory=dict)
    _read_at_ns: int = -1

    def entry(self, name: str) -> Entry:
        """Return the built entry `name`, such as "app", "app.css" or "icons.svg".

        Raises AssetsMissingError where the build has no such entry or was never run.
        """
        manifest = self.folder / "manifest.json"
        try:
            changed_at_ns = manifest.stat().st_mtime_ns
        except FileNotFoundError as error:
            raise AssetsMissingError("the front end is not built: run `make setup`") from error
        if changed_at_ns != self._read_at_ns:
            built = json.loads(manifest.read_text(encoding="utf-8"))
            self._entries = {
                key: Entry(value["file"], value.get("css", ""), tuple(value.get("imports", ())))
                for key, value in built.items()
            }
            self._read_at_ns = changed_at_ns
        try:
            return self._entries[name]
        except KeyError:
            raise AssetsMissingError(f"the front end build has no entry {name!r}") from None

    def url(self, name: str) -> str:
        """Return the address of entry `name`; one page names one build."""
        known: dict[str, str] = g.setdefault("psot_assets", {})
        if name not in known:
            known[name] = _address(self.entry(name).file)
        return known[name]

    def script(self, name: str) -> Markup:
        """Return the tags that load the module `name` with its first chunks beside it."""
        entry = self.entry(name)
        preloads = [
            Markup('<link rel="modulepreload" href="{}">').format(_address(chunk))
            for chunk in entry.imports
        ]
        module = Markup('<script type="module" src="{}"></script>').format(_address(entry.file))
        return Markup("\n").join([*preloads, module])


def _address(file: str) -> str:
    return url_for("static", filename=f"{DIST}/{file}")


def install(app: Flask) -> None:
    """Give templates `asset(name)` and `script(name)`; let browsers keep hashed files."""
    assets = Assets(Path(app.static_folder or "static") / DIST)
    app.extensions["psot.assets"] = assets
    app.add_template_global(assets.url, "asset")
    app.add_template_global(assets.script, "script")

    @app.after_request
    def send_built_files(response: Response) -> Response:
        name = str((request.view_args or {}).get("filename", ""))
        built = request.endpoint == "static" and name.startswith(f"{DIST}/")
        if not built or name.endswith(".json") or response.status_code not in {200, 304}:
            return response
        packed = assets.folder / f"{name.removeprefix(f'{DIST}/')}.gz"
        if packed.exists():
            response.vary.add("Accept-Encoding")
            if response.status_code == HTTPStatus.OK and request.accept_encodings["gzip"]:
                response = _packed(response, packed)
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = FOREVER_S
        response.cache_control.immutable = True
        return response


def _packed(plain: Response, file: Path) -> Response:
    """Return `plain` with the bytes that the build has compressed once for all."""
    response = send_file(file, mimetype=plain.mimetype, etag=False, conditional=False)
    plain.close()
    response.headers["Content-Encoding"] = "gzip"
    response.vary.update(plain.vary)
    return response
