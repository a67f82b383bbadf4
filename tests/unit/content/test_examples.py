"""The examples in the docstrings are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import content.lessons
import content.quiz

MODULES = [
    module.name
    for package in (content.quiz, content.lessons)
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0
