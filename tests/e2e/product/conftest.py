"""The whole product as ``make run`` starts it: every process, with the demo community."""

import json
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from psot.demo import ACCOUNTS
from psot.demo.races import FINISHED, OPEN
from tests.e2e.looks import opened
from tests.houses import ROOT, house
from tests.services import throw_away_folder

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


@pytest.fixture(scope="session")
def product(browser: Browser) -> Iterator[Product]:
    """One house for all stories of the product; each reads what it changes."""
    procfile = (ROOT / "Procfile").read_text()
    with (
        throw_away_folder() as folder,
        house(folder / "data", procfile=procfile, PSOT_DEMO="1") as home,
    ):
        home.comes_up()
        yield Product(browser, home.url)
