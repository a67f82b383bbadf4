"""The 3D view on a page of its own, under the product's content policy, in a browser that draws.

Graphics are drawn by the processor: slowly, and the same everywhere.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, send_from_directory
from playwright.sync_api import Browser, BrowserType, Page

from psot.security.headers import ALWAYS
from tests.e2e.conftest import CHROMIUMS
from tests.e2e.workplace.headset import IWER, PUT_ON

ROOT = Path(__file__).parents[3]
FRONTEND = ROOT / "platform/frontend"
GRAPHICS = (
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 400_000
"""Mirror images of the lit tiers take a busy processor minutes, and a graphics card no time."""

PAGE = """<!doctype html><html lang="ru"><meta charset="utf-8"><title>Сцена</title>
<link rel="stylesheet" href="scene.css"><main><h1>Сцена</h1><button id="before">До</button>
<div id="host"></div><button id="after">После</button></main>
<script type="module" src="scene.js"></script></html>"""
STYLE = """html,body,main{margin:0;height:100%;font-family:sans-serif}
h1{position:absolute;opacity:0}
main{display:flex;flex-direction:column}#host{flex:1;position:relative;overflow:hidden}"""


def bundle(folder: Path) -> Path:
    """Put the page's script into ``folder``."""
    sys.path.insert(0, str(FRONTEND))
    try:
        from npm import npm  # noqa: PLC0415 - beside package.json, not among our packages
    finally:
        sys.path.remove(str(FRONTEND))
    _, path = npm(os.environ.get("PATH", ""))
    node = shutil.which("node", path=path)
    assert node
    script = Path(__file__).with_name("scene_bundle.mjs")
    subprocess.run([node, str(script), str(folder)], check=True, timeout=120)
    return folder


def served(folder: Path, scenarios: Mapping[str, Mapping[str, Any]]) -> Flask:
    """An app that serves the page; ``scenarios`` by id, as they are shown to members."""
    app = Flask(__name__)

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.update(ALWAYS)
        return response

    @app.get("/")
    def _page() -> str:
        return PAGE

    @app.get("/scene.css")
    def _style() -> Response:
        return Response(STYLE, mimetype="text/css")

    @app.get("/scenario.json")
    def _scenario() -> Response:
        told = json.dumps(scenarios[request.args["id"]], ensure_ascii=False)
        return Response(told, mimetype="application/json")

    @app.get("/<path:name>")
    def _file(name: str) -> Response:
        return send_from_directory(folder, name)

    return app


def drawing(kind: BrowserType, *more: str) -> Browser:
    """Start a browser that draws graphics by the processor."""
    chromium = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    return kind.launch(executable_path=chromium, args=[*GRAPHICS, *more])


@contextmanager
def entered(
    browser: Browser,
    base: str,
    scenario: str,
    *,
    tier: str = "low",
    calm: bool = True,
    width: int = 960,
    headset: bool = False,
) -> Iterator[Page]:
    """Yield the page once the view stands; faults of its scripts fail the test."""
    context = browser.new_context(viewport={"width": width, "height": 640}, base_url=base)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if _is_fault(said.text) else None)
    if headset:
        page.add_init_script(IWER.read_text(encoding="utf-8"))
        page.add_init_script(PUT_ON)
    page.goto(f"/?id={scenario}&tier={tier}&calm={'yes' if calm else 'no'}")
    page.wait_for_function("() => document.body.dataset.ready === 'yes'")
    try:
        yield page
    finally:
        context.close()
    assert faults == [], faults


def _is_fault(said: str) -> bool:
    return any(word in said for word in ("Content Security", "Refused", "THREE.WebGLProgram"))
