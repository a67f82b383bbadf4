"""An app with a race that is over, and browsers that look at it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from psot.races.values import RaceView
from tests.results import raced
from tests.web import database_of

Make = Callable[..., RaceView]


@pytest.fixture
def make(app: Flask) -> Make:
    """Make a race with results in the app's database; see `tests.results.raced`."""

    def made(*args: Any, **fields: Any) -> RaceView:
        with app.app_context(), database_of(app).begin() as session:
            return raced(session, *args, **fields)

    return made
