"""The examples in the docstrings of the rules are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import scoring

MODULES = [
    module.name
    for module in pkgutil.walk_packages(scoring.__path__, "scoring.")
    if not module.ispkg
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_rule_are_true(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0
