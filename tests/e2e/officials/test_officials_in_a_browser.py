"""An official invites in a real browser, a second browser comes by the link, and both pages fit."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from psot import clock
from psot.members.sessions import DatabaseSessions
from tests.e2e.looks import Look, opened
from tests.e2e.serving import serving
from tests.integration.ratings.history import AUTUMN
from tests.officials import learn, people
from tests.officials import opened as season_opened
from tests.web import PASSWORD, sign_in
from tests.web import Browser as Client

# Fit for everyone they are in the walk over every page; here they are full.
LOOKS = (Look(1440, "ru", "light"), Look(390, "ru", "dark"), Look(390, "en", "light"))
MARK = "Письмо главам муниципалитетов, ноябрь"


@contextmanager
def entered(app: Flask, browser: Browser, base: str, who: Client, look: Look) -> Iterator[Page]:
    """A page as ``who`` sees it, without script."""
    name = cast("DatabaseSessions", app.session_interface).cookie
    kept = who.get_cookie(name)
    assert kept is not None
    with opened(browser, base, "/healthz", look, script=False) as page:
        page.context.add_cookies([{"name": name, "value": kept.value, "url": base}])
        yield page


def test_a_link_is_made_and_the_fifth_newcomer_by_it_makes_the_count_rise(
    app: Flask, browser: Browser
) -> None:
    official = sign_in(app, roles=("official",))
    look = Look(1440, "ru", "light")
    with serving(app) as base, entered(app, browser, base, official, look) as page:
        page.goto("/official/invitations")
        page.get_by_label("Пометка источника").fill(MARK)
        page.get_by_role("button", name="Создать ссылку").click()
        code = page.locator("#link").inner_text().rsplit("/", 1)[1]
        people(app, 4, came_by=UUID(page.url.rsplit("/", 1)[1]))
        page.goto("/official/invitations")
        row = page.get_by_role("row").filter(has_text=MARK)
        expect(row.get_by_role("cell")).to_contain_text(["20", "0", "меньше 5", "меньше 5"])

        with opened(
            browser, base, f"/join/{code}", Look(390, "ru", "light"), script=False
        ) as guest:
            guest.get_by_label("Электронная почта").fill("ivan@example.org")
            guest.locator("input[type=password]").fill(PASSWORD)
            guest.get_by_label("Имя").fill("Иван")
            guest.get_by_label("Регион").select_option("RU-TYU")
            guest.locator("input[name=consent_personal_data]").check()
            guest.get_by_role("button", name="Зарегистрироваться").click()
            guest.wait_for_url("**/register/sent")

        page.reload()
        expect(row.get_by_role("cell")).to_contain_text(["20", "1", "5", "меньше 5"])


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_busy_region_with_long_names_stays_within_the_window(
    app: Flask, browser: Browser, look: Look
) -> None:
    database = season_opened(app)
    factory = "Тюменский аккумуляторный завод имени Первооткрывателей"
    here = people(app, 40, municipality="Тюмень", organization=factory)
    here += people(app, 16, municipality="Ишимский район", organization="Больница № 2")
    here += people(app, 7, counted=False, at=AUTUMN)
    learn(database, [*here[:22], *here[40:48]])
    official = sign_in(app, roles=("official",), language=look.language)
    with serving(app) as base, entered(app, browser, base, official, look) as page:
        made = official.post("/official/invitations", data={"name": MARK, "days": "90"})
        people(app, 12, came_by=UUID(made.headers["Location"].rsplit("/", 1)[1]), at=clock.now())
        for name, path in (
            ("region", "/official"),
            ("invitations", "/official/invitations"),
            ("invitation", made.headers["Location"]),
            ("settings", "/me/settings"),
        ):
            page.goto(path)
            shoot(page, name, look)

            assert page.locator("h1").count() == 1
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, f"{name} scrolls sideways"


def shoot(page: Page, name: str, look: Look) -> None:
    """Keep a picture where somebody asked for pictures."""
    folder = os.environ.get("PSOT_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}-{look}.png", full_page=True)
