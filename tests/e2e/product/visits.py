"""Visits to many pages in few windows: one for each role, as long as its visits last."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e import axe
from tests.e2e.product.conftest import Product


class Visits:
    """A walk through the product.

    A new window is most of what a visit costs: a process of its own, and every style, script and
    font fetched once more. So a member walks on in the same one, as members do.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._window: tuple[Product, str, BrowserContext] | None = None

    @contextmanager
    def of(self, product: Product, role: str) -> Iterator[Page]:
        """Yield the page of a member with ``role``; an empty one is a visitor.

        Where something went wrong the window is closed: the next visit begins in a new one.
        """
        try:
            yield self._page(product, role)
        except BaseException:
            self.close()
            raise

    def _page(self, product: Product, role: str) -> Page:
        if self._window and self._window[:2] == (product, role):
            return self._window[2].pages[0]
        self.close()
        context = self.browser.new_context(reduced_motion="reduce", base_url=product.base)
        self._window = (product, role, context)
        context.set_default_timeout(20_000)
        axe.carry(context)
        page = context.new_page()
        product.enter(page, role)
        return page

    def close(self) -> None:
        """Close the window that is open."""
        if self._window:
            self._window[2].close()
        self._window = None
