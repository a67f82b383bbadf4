"""Addresses of built files: entry name in, hashed file out, read from the build's manifest."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from flask import Flask, g, request, url_for
from markupsafe import Markup

DIST = "dist"
"""Folder inside the static folder that the front end build writes and wipes."""

_ASSETS = "psot.assets"
_BUILD = "psot_build"


class AssetsMissingError(RuntimeError):
    """The front end was not built, or the entry is not one of its entries."""


@dataclass(frozen=True)
class Entry:
    """One built entry: its file, the style sheet beside it, and the chunks it loads first."""

    file: str
    css: str = ""
    imports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Build:
    """The entries of one build, and the addresses of its files as they were asked for."""

    entries: dict[str, Entry]
    made_at_ns: int
    addresses: dict[tuple[str, str], str] = field(default_factory=dict)

    def entry(self, name: str) -> Entry:
        """Return the entry ``name``. Raises AssetsMissingError where there is none."""
        try:
            return self.entries[name]
        except KeyError:
            raise AssetsMissingError(f"the front end build has no entry {name!r}") from None

    def address(self, file: str) -> str:
        """Return where ``file`` is; below one root it is always the same."""
        key = (request.root_path, file)
        known = self.addresses.get(key)
        if known is None:
            known = self.addresses[key] = url_for("static", filename=f"{DIST}/{file}")
        return known


@dataclass
class Assets:
    """The manifest of one build, read once and again whenever the build wrote a new one."""

    folder: Path
    _read: Build = field(default_factory=lambda: Build({}, -1))

    def build(self) -> Build:
        """Return the build that is there. Raises AssetsMissingError where it was never run."""
        manifest = self.folder / "manifest.json"
        try:
            changed_at_ns = manifest.stat().st_mtime_ns
        except FileNotFoundError as error:
            raise AssetsMissingError("the front end is not built: run `make setup`") from error
        if changed_at_ns != self._read.made_at_ns:
            built = json.loads(manifest.read_text(encoding="utf-8"))
            entries = {
                key: Entry(value["file"], value.get("css", ""), tuple(value.get("imports", ())))
                for key, value in built.items()
            }
            self._read = Build(entries, changed_at_ns)
        return self._read

    def entry(self, name: str) -> Entry:
        """Return the built entry `name`, such as "app", "app.css" or "icons.svg".

        Raises AssetsMissingError where the build has no such entry or was never run.
        """
        return self.build().entry(name)

    def url(self, name: str) -> str:
        """Return the address of entry `name`; one page names one build."""
        build = self.of_page()
        return build.address(build.entry(name).file)

    def script(self, name: str) -> Markup:
        """Return the tags that load the module `name` with its first chunks beside it."""
        build = self.of_page()
        entry = build.entry(name)
        preloads = [
            Markup('<link rel="modulepreload" href="{}">').format(build.address(chunk))
            for chunk in entry.imports
        ]
        module = Markup('<script type="module" src="{}"></script>').format(
            build.address(entry.file)
        )
        return Markup("\n").join([*preloads, module])

    def of_page(self) -> Build:
        """Return the build that this page names."""
        build: Build | None = g.get(_BUILD)
        if build is None:
            build = self.build()
            setattr(g, _BUILD, build)
        return build


def of(app: Flask) -> Assets:
    """Return the built files of ``app``."""
    return cast("Assets", app.extensions[_ASSETS])


def install(app: Flask) -> None:
    """Give templates `asset(name)` and `script(name)`."""
    assets = Assets(Path(app.static_folder or "static") / DIST)
    app.extensions[_ASSETS] = assets
    app.add_template_global(assets.url, "asset")
    app.add_template_global(assets.script, "script")
