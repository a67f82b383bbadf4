"""Web processes with nothing but the live part."""

from collections.abc import Iterator

import pytest

from psot.embedded.valkey import Valkey
from tests.live_client import Start, processes


@pytest.fixture
def start_web(valkey: Valkey) -> Iterator[Start]:
    """Starts one more web process; gives its port and the process."""
    with processes(valkey.url()) as start:
        yield start


@pytest.fixture(scope="package")
def ports(valkey: Valkey) -> Iterator[tuple[int, int]]:
    """The ports of two web processes that all tests share."""
    with processes(valkey.url()) as start:
        yield start()[0], start()[0]


@pytest.fixture
def port(ports: tuple[int, int]) -> int:
    """The port of the first of them."""
    return ports[0]
