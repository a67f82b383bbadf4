"""A house with regions of different size, noted in two weeks of the running season."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from psot import clock
from tests.e2e.serving import serving
from tests.integration.ratings.history import AUTUMN
from tests.regions import NOW, Country

WEEK = timedelta(days=7)


@pytest.fixture
def base(app: Flask) -> Iterator[str]:
    """Address of the running house, on a day in the eighth week of the season."""
    with clock.fixed(NOW):
        country = Country(app)
        strong = country.people("RU-TYU", 14, score_ppm=950_000)
        country.people("RU-MOW", 70, score_ppm=600_000)
        country.people("RU-KGN", 12, score_ppm=500_000)
        country.settle(at=NOW - WEEK)
        country.answer(dict.fromkeys(strong, 900_000), first=20, at=AUTUMN + WEEK)
        country.settle()
    answer = app.wsgi_app

    def that_day(environ: dict[str, Any], start_response: Any) -> Any:
        with clock.fixed(NOW):
            return answer(environ, start_response)

    app.wsgi_app = that_day  # type: ignore[method-assign]  # as Flask's own manual wraps it
    with serving(app) as address:
        yield address
