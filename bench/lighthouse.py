"""Lighthouse on the pages of the library, beside a page with nothing on it.

    python -m bench.lighthouse [--url http://127.0.0.1:8000] [--pages /library ...] [--forms mobile]

Without ``--url`` a whole house of its own is started with the demo community. Lighthouse is
installed on demand into bench/lighthouse/, in the versions of its lock file; the browser is the
Chromium of the tests. Every page is asked for as at a desk and as on a middling phone. Peer, in
the same run and the same browser: a page of one line from a bare http.server. What its performance
lacks of 100, the machine lacks.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.measured import checked_out
from tests.houses import ROOT, house
from tests.services import throw_away_folder

HERE = Path(__file__).resolve().parent / "lighthouse"
NPM = (sys.executable, str(ROOT / "platform" / "frontend" / "npm.py"), "--prefix", str(HERE))
GOAL = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = (
    "/library",
    "/topics/service",
    "/topics/service/lesson",
    "/library/search?q=наряд",
    "/library/acts",
    "/recordings",
    "/",
)
FORMS = {"desktop": ("--preset=desktop",), "mobile": ()}
TRIVIAL = "/one-line"
ONE_LINE = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One line</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="One line"></head><body><main>
<h1>One line</h1></main></body></html>
"""
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_S = 300.0


@dataclass(frozen=True, kw_only=True)
class Line:
    """Scores of a page out of 100 (None: not to be measured), and what lowered them."""

    page: str
    form: str
    scores: dict[str, int | None]
    lowered: tuple[str, ...]
    figures: dict[str, str]

    @property
    def reached(self) -> bool:
        """Whether every score is at the goal."""
        return all(one is not None and one >= GOAL for one in self.scores.values())


def install() -> None:
    """Install Lighthouse where it is not there yet."""
    if not (HERE / "node_modules" / "lighthouse").exists():
        print("installing Lighthouse", flush=True)
        subprocess.run(  # noqa: S603 - our own words
            [*NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            check=True,
        )


def look(base: str, page: str, form: str) -> Line:
    """Let Lighthouse look at a page."""
    chromium = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if chromium is None:
        raise SystemExit("there is no Chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        flags = f"--headless=new --no-sandbox --disable-dev-shm-usage --user-data-dir={folder}/c"
        ran = subprocess.run(  # noqa: S603 - the same
            [
                *NPM,
                "exec",
                "--offline",
                "--",
                "lighthouse",
                base + quote(page, safe="/?=#"),
                "--quiet",
                "--output=json",
                f"--output-path={report}",
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={flags}",
                *FORMS[form],
            ],
            env=os.environ | {"CHROME_PATH": chromium},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        if not report.exists():
            raise SystemExit(f"Lighthouse failed on {page}:\n{ran.stderr[-2000:]}")
        return read(page, form, json.loads(report.read_text()))


def read(page: str, form: str, told: dict[str, Any]) -> Line:
    """Return what a report tells of a page."""
    audits, lowered = told["audits"], []
    scores: dict[str, int | None] = {}
    for name in CATEGORIES:
        category = told["categories"][name]
        scores[name] = None if category["score"] is None else round(category["score"] * 100)
        for reference in category["auditRefs"]:
            audit = audits[reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:  # noqa: PLR2004 - Lighthouse's own green
                lowered.append(f"{audit['id']} {audit.get('displayValue', '')}".strip())
    wanted = ("first-contentful-paint", "largest-contentful-paint", "server-response-time")
    figures = {one: audits[one].get("displayValue", "") for one in wanted if one in audits}
    return Line(page=page, form=form, scores=scores, lowered=tuple(lowered), figures=figures)


class _OneLine(BaseHTTPRequestHandler):
    """Answers everything with one line."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(ONE_LINE)))
        self.end_headers()
        self.wfile.write(ONE_LINE)

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


@contextmanager
def bare() -> Iterator[str]:
    """Give the address of a server with nothing but one line."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _OneLine)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def product(url: str) -> Iterator[str]:
    """Give the address of a running product: ``url``, or one started for this."""
    if url:
        yield url.rstrip("/")
        return
    procfile = (ROOT / "Procfile").read_text()
    with (
        throw_away_folder() as folder,
        house(folder / "data", procfile=procfile, PSOT_DEMO="1") as home,
    ):
        home.comes_up()
        yield home.url


def told(line: Line) -> Line:
    """Print ``line`` as soon as it is known."""
    scores = "".join(f"{'-' if one is None else one:>6}" for one in line.scores.values())
    print(f"{line.page:<30}{line.form:<9}{scores}  {'; '.join(line.lowered)}", flush=True)
    return line


def report(lines: Sequence[Line], trivial: Sequence[Line]) -> None:
    """Print everything as JSON; ends with 1 where a page is under the goal."""
    commit = checked_out()
    print(f"goal {GOAL} in every category, commit {commit}")
    figures = {"trivial": list(map(asdict, trivial)), "lines": list(map(asdict, lines))}
    print(json.dumps({"commit": commit, "goal": GOAL, **figures}, ensure_ascii=False))
    if not all(one.reached for one in lines):
        raise SystemExit(1)


def main() -> None:
    """Look at every page in every form."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--url", default="", help="a running product; empty: one is started")
    parser.add_argument("--pages", nargs="+", default=list(PAGES))
    parser.add_argument("--forms", nargs="+", choices=tuple(FORMS), default=list(FORMS))
    given = parser.parse_args()
    install()
    short = ("perf", "a11y", "best", "seo")
    print(f"{'page':<30}{'form':<9}" + "".join(f"{one:>6}" for one in short) + "  lowered by")
    with product(given.url) as base, bare() as peer:
        trivial = [told(look(peer, TRIVIAL, form)) for form in given.forms]
        lines = [told(look(base, page, form)) for page in given.pages for form in given.forms]
    report(lines, trivial)


if __name__ == "__main__":
    main()
