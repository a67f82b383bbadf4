"""Coroutines in tests: a loop of their own, in a thread of their own.

Playwright leaves its loop running in the main thread for the rest of the run, and `asyncio.run`
refuses to start beside it; a test must not depend on whether a browser was opened before it.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_apart(coroutine: Coroutine[Any, Any, T]) -> T:
    """What ``coroutine`` returns, or the error it raises."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
