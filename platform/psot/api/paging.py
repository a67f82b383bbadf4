"""Pages by cursor: the cursor names the last row seen, so that nothing repeats or is missed.

A cursor is a plain value with a pattern, and opaque to callers: they hand back ``next`` as it came.
It holds nothing that its page did not show, so it need not be signed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

STANDARD_LIMIT = 50
HIGHEST_LIMIT = 200

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its ``items`` and the cursor of the ``next`` one, None at the end."""

    items: Sequence[Any]
    next: str | None


def page(rows: Sequence[Row], limit: int, cursor_of: Callable[[Row], str]) -> Page:
    """Return a page of ``rows``, which hold one more than ``limit`` where there are more pages.

    >>> page(["a", "b", "c"], 2, str)
    Page(items=['a', 'b'], next='b')
    >>> page(["c"], 2, str).next is None
    True
    """
    shown = rows[:limit]
    return Page(items=shown, next=cursor_of(shown[-1]) if len(rows) > limit else None)
