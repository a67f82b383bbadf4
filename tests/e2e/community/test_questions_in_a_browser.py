"""The community in a real browser: asked and answered without any script, fit for everyone."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from psot import clock
from psot.community import operations
from psot.members.sessions import DatabaseSessions
from tests.community import REPLY, TEXT, TITLE, Community, me
from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened
from tests.e2e.serving import serving
from tests.web import Browser as Client
from tests.web import sign_in

LOOKS = (
    Look(1440, "ru", "light"),
    Look(390, "ru", "light"),
    Look(390, "en", "dark"),
    Look(1440, "en", "dark"),
)
LONG = "https://example.org/" + "очень-длинный-адрес" * 12


@contextmanager
def entered(
    app: Flask, browser: Browser, base: str, who: Client, look: Look, *, script: bool = True
) -> Iterator[Page]:
    """A page as ``who`` sees it."""
    name = cast("DatabaseSessions", app.session_interface).cookie
    kept = who.get_cookie(name)
    assert kept is not None
    with opened(browser, base, "/healthz", look, script=script) as page:
        page.context.add_cookies([{"name": name, "value": kept.value, "url": base}])
        yield page


def test_a_question_is_asked_answered_and_accepted_without_script(
    app: Flask, browser: Browser
) -> None:
    look = Look(390, "ru", "light")
    asker, expert = sign_in(app), sign_in(app, roles=("expert",))
    with (
        serving(app) as base,
        entered(app, browser, base, asker, look, script=False) as mine,
        entered(app, browser, base, expert, look, script=False) as theirs,
    ):
        mine.goto("/topics/microtrauma")
        mine.get_by_role("link", name="Спросить по этой теме").click()
        mine.get_by_label("Ваш вопрос одной строкой").fill(TITLE)
        mine.get_by_role("button", name="Дальше").click()
        expect(mine.get_by_label("Тема")).to_have_value("microtrauma")
        mine.get_by_label("Что вы хотите узнать").fill(TEXT)
        mine.get_by_role("button", name="Спросить").click()
        expect(mine.get_by_role("heading", level=1)).to_have_text(TITLE)

        theirs.goto("/questions?show=open")
        theirs.get_by_role("link", name=TITLE).click()
        theirs.get_by_label("Ваш ответ").fill(REPLY)
        theirs.get_by_role("button", name="Отправить ответ").click()
        expect(theirs.locator("article.post", has_text=REPLY)).to_contain_text("Эксперт")

        mine.goto("/")
        mine.get_by_role("link", name="Прочитайте ответы").click()
        expect(mine.locator("main")).to_contain_text("Новые ответы")
        mine.get_by_role("link", name=TITLE).click()
        mine.get_by_role("button", name="Мне помогло").click()
        mine.get_by_role("button", name="Поблагодарить").click()
        expect(mine.locator("article.post-accepted")).to_contain_text("Принят автором вопроса")
        expect(mine.locator("article.post-accepted")).to_contain_text("1 благодарность")


def a_lively_topic(
    community: Community, asker: Client, expert: Client, other: Client
) -> tuple[UUID, UUID, UUID]:
    """Tell everything that can happen to a thread; returns it, its best answer and the asker's."""
    now = clock.now() - timedelta(days=1)
    thread = community.ask(me(asker), at=now)
    community.ask(me(expert), title="Вопрос без ответа о стирке спецодежды", topic="ppe", at=now)
    community.ask(me(expert), title="Ещё один вопрос о микроповреждениях", at=now)
    best = community.answer(thread, me(expert), at=now)
    own = community.answer(thread, me(asker), at=now, said=f"Нашла сама, см. {LONG}.")
    wrong = community.answer(thread, me(other), at=now)
    later = clock.now()
    with community.session() as session:
        post = {"thread": thread, "answer": wrong}
        operations.accept(
            session, thread=thread, answer=best, member=me(asker), expert=False, now=later
        )
        operations.thank(session, thread=thread, answer=best, member=me(asker), now=later)
        operations.take_down(
            session, **post, editor=me(asker), reason="wrong", note="Норма отменена.", now=later
        )
        operations.change_answer(
            session, thread=thread, answer=own, member=me(asker), text=f"Вот: {LONG}", now=later
        )
        operations.report(
            session,
            thread=thread,
            answer=own,
            member=me(expert),
            reason="advertising",
            note="Ссылка ведёт не туда.",
            now=later,
        )
    return thread, best, own


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_of_the_community_is_fit_for_everyone(
    app: Flask, browser: Browser, look: Look
) -> None:
    community = Community(app)
    asker = sign_in(
        app,
        roles=("editor",),
        display_name="Анна Спрашивает",
        name_public=True,
        language=look.language,
    )
    expert = sign_in(app, roles=("expert",), display_name="Павел Горелов", name_public=True)
    thread, best, own = a_lively_topic(community, asker, expert, sign_in(app))
    pages = {
        "list": "/questions",
        "found": "/questions?q=микроповреждения&topic=microtrauma",
        "nothing": "/questions?q=колесо",
        "mine": "/me/questions",
        "ask": "/questions/ask?topic=ppe",
        "alike": "/questions/ask?title=Журнал+микроповреждений",
        "thread": f"/questions/{thread}",
        "edit": f"/questions/{thread}/edit",
        "report": f"/questions/{thread}/report?answer={best}",
        "desk": "/editor/questions",
        "decide": f"/editor/questions/{thread}?answer={own}",
        "decide-thread": f"/editor/questions/{thread}",
        "topic": "/topics/microtrauma",
    }
    with serving(app) as base, entered(app, browser, base, asker, look) as page:
        for name, path in pages.items():
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            if "PSOT_SHOTS" in os.environ:
                shot = Path(os.environ["PSOT_SHOTS"]) / f"{name}-{look}.png"
                page.screenshot(path=shot, full_page=True)
            assert page.locator("h1").count() == 1, path
            assert violations(page) == [], path
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, path


def test_the_address_of_a_question_is_copied(app: Flask, browser: Browser) -> None:
    asker = sign_in(app)
    thread = Community(app).ask(me(asker))
    with serving(app) as base, entered(app, browser, base, asker, Look()) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"/questions/{thread}")
        page.get_by_role("button", name="Копировать").click()

        expect(page.locator("#toasts")).not_to_be_empty()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.fullmatch(rf"{re.escape(base)}/questions/{thread}", copied)
