"""The editors' desk in a real browser: fit for everyone, and a preview that follows the pen."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from psot import clock
from psot.library import desk, operations
from psot.members.sessions import DatabaseSessions
from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened
from tests.e2e.serving import serving
from tests.web import Browser as Client
from tests.web import database_of, sign_in

LOOKS = (Look(1440, "ru", "light"), Look(390, "en", "dark"))
QUESTION = {"kind": "question", "name": "ppe-01"}
PAGES = (
    "/editor/content",
    "/editor/content?state=review",
    "/editor/content/new?kind=question",
    "/editor/content/concerns",
    "/editor/content/question/ppe-01",
    "/editor/content/question/ppe-01/edit",
    "/editor/content/question/ppe-01/difference",
    "/editor/content/question/ppe-01/versions/1",
    "/editor/content/lesson/ppe",
    "/editor/content/lesson/ppe/edit",
    "/editor/content/quiz/first-aid/edit",
    "/editor/content/act/tk-rf",
)


def in_review(app: Flask) -> Client:
    """A question waits for a second person; returns an editor who did not write it."""
    author = sign_in(app, roles=("editor",), display_name="Анна Автор", name_public=True)
    assert author.member_id is not None
    with database_of(app).begin() as session:
        present = desk.opened(session, "question", "ppe-01").present
        body = {**present.body, "text": "Какую часть обучения применению СИЗ занимает практика?"}
        now, by = clock.now(), author.member_id
        operations.save_draft(session, **QUESTION, body=body, seen=present.sha256, by=by, now=now)
        operations.submit(session, **QUESTION, by=by, now=now)
    return sign_in(app, roles=("editor",), display_name="Вера Рецензент", name_public=True)


@contextmanager
def entered(app: Flask, browser: Browser, who: Client, look: Look) -> Iterator[Page]:
    """A page of the desk as ``who`` sees it."""
    name = cast("DatabaseSessions", app.session_interface).cookie
    kept = who.get_cookie(name)
    assert kept is not None
    with serving(app) as base, opened(browser, base, "/healthz", look) as page:
        page.context.add_cookies([{"name": name, "value": kept.value, "url": base}])
        yield page


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_of_the_desk_is_fit_for_everyone(
    app: Flask, browser: Browser, look: Look
) -> None:
    reviewer = in_review(app)
    with entered(app, browser, reviewer, look) as page:
        for path in PAGES:
            answer = page.goto(path)
            assert answer is not None
            if answer.status == 404 and "/act/" in path:
                continue
            assert answer.status == 200, path
            if "PSOT_SHOTS" in os.environ:
                name = path.strip("/").replace("/", "-").replace("?", "-")
                page.screenshot(
                    path=Path(os.environ["PSOT_SHOTS"]) / f"{name}-{look}.png", full_page=True
                )
            assert violations(page) == [], f"{path} {look}"
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, f"{path} scrolls sideways at {look}"


def test_the_preview_follows_the_pen(app: Flask, browser: Browser) -> None:
    editor = sign_in(app, roles=("editor",))
    with entered(app, browser, editor, LOOKS[0]) as page:
        page.goto("/editor/content/lesson/ppe/edit")
        page.fill("#f-text", "## Новый раздел\n\nСлово **важно**.")

        expect(page.locator("[data-preview-here] h2").first).to_contain_text("Новый раздел")
        expect(page.get_by_text("Есть несохранённые изменения.")).to_be_visible()
        assert violations(page) == []


def test_a_question_is_written_and_published_by_two(app: Flask, browser: Browser) -> None:
    reviewer = in_review(app)
    with entered(app, browser, reviewer, LOOKS[0]) as page:
        page.goto("/editor/content?state=review")
        page.locator(".content-title").first.click()
        page.check("#confirmed")
        page.get_by_role("button", name="Опубликовать").click()

        expect(page.locator(".flash-good")).to_be_visible()
        expect(page.locator(".question-asks")).to_contain_text("Какую часть обучения")
