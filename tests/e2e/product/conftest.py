"""The whole product as ``make run`` starts it: every process, with the demo community."""

import json
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from psot.demo import ACCOUNTS
from psot.demo.races import FINISHED, OPEN
from tests.e2e.looks import opened
from tests.houses import ROOT, house
from tests.services import roomy, throw_away_folder

SCENARIO = "workshop-walk"
STOP = """async (path) => {
  const token = document.querySelector("meta[name=csrf-token]").content;
  await fetch(path, {method: "POST", headers: {"X-CSRFToken": token}});
}"""


class Product:
    """The running product, entered with the demo's accounts."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser = browser
        self.base = base
        self._signed_in: dict[str, list[dict[str, object]]] = {}
        self._races: dict[str, str] = {}
        self._workplace: dict[str, str] = {}

    def cookies(self, role: str) -> list[dict[str, object]]:
        """Sign ``role`` in once; returns the cookies of that session."""
        if role not in self._signed_in:
            (account,) = (one for one in ACCOUNTS if one.role == role)
            with opened(self.browser, self.base, "/sign-in") as page:
                page.fill("input[name=email]", account.email)
                page.fill("input[name=password]", account.password)
                page.click("main button[type=submit]")
                page.wait_for_url(f"{self.base}/")
                self._signed_in[role] = [dict(one) for one in page.context.cookies()]
        return self._signed_in[role]

    def races(self) -> dict[str, str]:
        """The ids of the demo's races: the "finished" one and the "open" one."""
        if not self._races:
            with urllib.request.urlopen(f"{self.base}/api/v1/races", timeout=30) as answer:  # noqa: S310 - ours
                found = {one["title"]: one["id"] for one in json.load(answer)["items"]}
            self._races = {"finished": found[FINISHED], "open": found[OPEN]}
        return self._races

    def workplace(self) -> dict[str, str]:
        """A "run" under way, one that has "ended", and a "class" with its "code"."""
        if not self._workplace:
            with opened(self.browser, self.base, "/healthz") as page:
                self.enter(page, "racer")
                found = {
                    "run": self._enters(page, "practice"),
                    "ended": self._enters(page, "check"),
                }
                page.evaluate(STOP, f"/workplace/runs/{found['ended']}/stop")
            with opened(self.browser, self.base, "/healthz") as page:
                self.enter(page, "organizer")
                page.goto(f"/workplace/{SCENARIO}")
                page.click('form[action$="/classes"] button')
                page.wait_for_url("**/workplace/classes/*")
                found["class"] = page.url.rsplit("/", 1)[-1]
                found["code"] = page.inner_text("h1").split()[-1]
            self._workplace = found
        return self._workplace

    def _enters(self, page: Page, mode: str) -> str:
        page.goto(f"/workplace/{SCENARIO}")
        page.click(f'form:has(input[value="{mode}"]) button')
        page.wait_for_url("**/workplace/runs/*")
        return page.url.rsplit("/", 1)[-1]

    def enter(self, page: Page, role: str) -> None:
        """Let ``page`` be of a member with ``role``; an empty one is a visitor."""
        if role:
            kept = [one for one in self.cookies(role) if not str(one["name"]).startswith("psot_")]
            page.context.add_cookies(kept)  # type: ignore[arg-type]  # Playwright's own cookies


class Standing:
    """One house for all stories of the product, from the first to the last of them.

    Each story reads what it changes. Afterwards it is taken down: five processes and a community
    that races by itself would slow whatever is tested next.
    """

    def __init__(self) -> None:
        self._doors = ExitStack()
        self._product: Product | None = None

    def product(self, browser: Browser) -> Product:
        """Return the product, built if it does not stand."""
        if self._product is None:
            procfile = (ROOT / "Procfile").read_text()
            with ExitStack() as doors:
                folder = doors.enter_context(throw_away_folder(roomy()))
                home = doors.enter_context(house(folder / "data", procfile=procfile, PSOT_DEMO="1"))
                home.comes_up()
                self._doors = doors.pop_all()
            self._product = Product(browser, home.url)
        return self._product

    def take_down(self) -> None:
        """Stop every process and remove the data."""
        self._product = None
        self._doors.close()


STANDING = Standing()


@pytest.fixture
def product(browser: Browser) -> Product:
    """The running product."""
    return STANDING.product(browser)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Take the house down once this folder's stories are told."""
    if nextitem is None or Path(__file__).parent not in nextitem.path.parents:
        STANDING.take_down()


def pytest_sessionfinish() -> None:
    """Leave nothing running, however the run ended."""
    STANDING.take_down()
