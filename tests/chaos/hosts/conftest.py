"""Tests of several hosts run wherever hosts can be made; elsewhere they say what is missing."""

import os

import pytest

from tests.chaos.hosts.network import what_is_missing


@pytest.fixture(scope="session", autouse=True)
def hosts_can_be_made() -> None:
    """In continuous integration what is missing is an error, for a contributor a told skip."""
    if missing := what_is_missing():
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
