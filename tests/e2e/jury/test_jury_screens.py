"""The jury's office in a real browser: fit for everyone, and a decision taken from end to end."""

from playwright.sync_api import Page, expect
from sqlalchemy import text

from psot import clock
from psot.jury import operations, queries
from psot.jury.terms import Kind, Terms
from tests.e2e.axe import violations
from tests.e2e.jury.conftest import Court
from tests.e2e.looks import Look, opened
from tests.jury import JUDGE, now_in, settle

FAR_APART = (Look(1440, "ru", "light"), Look(390, "en", "dark"))


def addresses(court: Court) -> dict[str, str]:
    """Every page of the office, and those that anybody sees."""
    with court.database.begin() as session:
        cases = queries.cases(session, court.race)
        (protest,) = queries.protests(session, court.race)
        decision = operations.stage(
            session,
            court.race,
            Terms(kind=Kind.DISQUALIFY, bibs=(1, 4)),
            reason="Отвечали с одного устройства",
            by=JUDGE,
            now=clock.now(),
        )
    desk = f"/jury/races/{court.race}"
    outage = next(one for one in cases if one.kind == "outage")
    fast = next(one for one in cases if one.kind == "too_fast")
    return {
        "races": "/jury/races",
        "race": desk,
        "outage": f"{desk}/cases/{outage.id}",
        "fast": f"{desk}/cases/{fast.id}",
        "protest": f"{desk}/protests/{protest.id}",
        "form": f"{desk}/decisions/new?case={outage.id}",
        "decision": f"{desk}/decisions/{decision}",
        "protests": f"/races/{court.race}/protests",
        "proof": f"/races/{court.race}/proof",
    }


def fit(page: Page) -> None:
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url


def test_every_page_of_the_jury_is_fit_for_everyone(court: Court) -> None:
    found = addresses(court)
    for look in FAR_APART:
        with opened(court.browser, court.base, "/healthz", look) as page:
            court.enter(page, court.judge)
            for path in found.values():
                page.goto(path)
                fit(page)
            court.enter(page, court.racer)
            page.goto(found["protests"])
            fit(page)
            assert page.locator("form textarea").count() == 1


def test_the_desk_shows_by_itself_what_comes_meanwhile(court: Court) -> None:
    with opened(court.browser, court.base, "/healthz", Look(390)) as page:
        court.enter(page, court.judge)
        page.goto(f"/jury/races/{court.race}")
        assert page.get_by_text("Частые уходы со страницы").count() == 0
        with court.database.begin() as session:
            session.execute(text("UPDATE race_runs SET away = 8 WHERE bib = 2"))
            operations.find(session, court.race, clock.now())
        expect(page.get_by_role("link", name="Частые уходы со страницы")).to_be_visible()
        expect(page.locator(".toast")).to_contain_text("новое дело")


def test_an_outage_is_given_back_from_its_case_and_taken_back_again(court: Court) -> None:
    before = now_in(court.database, court.race)
    with opened(court.browser, court.base, "/healthz", Look(1440)) as page:
        court.enter(page, court.judge)
        page.goto(f"/jury/races/{court.race}")
        page.get_by_role("link", name="Сервис не отвечал").first.click()
        page.get_by_role("link", name="Подготовить решение").click()
        assert "2 -7" in page.get_by_label("Номера и секунды").input_value()
        page.get_by_role("button", name="Показать, что изменится").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Исправить время")
        assert page.locator("ins").count() > 0
        assert now_in(court.database, court.race) == before
        page.get_by_label("Да, именно эти изменения").check()
        page.get_by_role("button", name="Применить").click()
        expect(page.locator(".flash")).to_contain_text("вступило в силу")
        settle(court.database)
        assert now_in(court.database, court.race) != before
        page.get_by_label("Да, отменить").check()
        page.get_by_role("button", name="Отменить решение").click()
        expect(page.locator(".flash")).to_contain_text("отменено")
        settle(court.database)
    assert now_in(court.database, court.race) == before
