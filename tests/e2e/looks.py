"""The ways a page is looked at: width, language, theme."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product

from playwright.sync_api import Browser, BrowserContext, Page


@dataclass(frozen=True)
class Look:
    """A browser window `width_px` wide whose owner chose a language and a theme."""

    width_px: int = 1440
    language: str = "ru"
    theme: str = "light"

    @property
    def height_px(self) -> int:
        """Return the height that goes with the width: a phone, a desk, a hall."""
        return {390: 844, 1920: 1080}.get(self.width_px, 900)

    def __str__(self) -> str:
        """Name the look, for a test's id or a file's name."""
        return f"{self.width_px}-{self.language}-{self.theme}"


LOOKS = tuple(Look(*one) for one in product((390, 1440), ("ru", "en"), ("light", "dark")))


def wear(page: Page, base: str, look: Look) -> None:
    """Let what `page` opens next in the house at `base` be as `look` shows it."""
    page.set_viewport_size({"width": look.width_px, "height": look.height_px})
    _choose(page.context, base, look)


def _choose(context: BrowserContext, base: str, look: Look) -> None:
    chosen = {"psot_theme": look.theme, "psot_language": look.language}
    context.add_cookies([{"name": name, "value": one, "url": base} for name, one in chosen.items()])


@contextmanager
def opened(
    browser: Browser, base: str, path: str, look: Look = Look(), *, script: bool = True
) -> Iterator[Page]:
    """Yield `path` of the house at `base` as `look` shows it; motion is reduced."""
    context = browser.new_context(
        viewport={"width": look.width_px, "height": look.height_px},
        reduced_motion="reduce",
        java_script_enabled=script,
        base_url=base,
    )
    _choose(context, base, look)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(path)
    try:
        yield page
    finally:
        context.close()
