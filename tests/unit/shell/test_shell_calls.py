"""What templates call gets what it asks for, as Jinja itself gives it."""

from typing import Any

import pytest
from flask import Flask, render_template_string
from jinja2 import Environment, pass_context, pass_environment, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context


class Somebody:
    """A callable, and one with a method."""

    def __call__(self, *words: str) -> str:
        return " ".join(words)

    def greets(self, name: str) -> str:
        return f"hello {name}"


def plain(*words: str, loud: bool = False) -> str:
    text = " ".join(words)
    return text.upper() if loud else text


@pass_context
def of_context(context: Context, name: str) -> Any:
    return context.resolve(name)


@pass_eval_context
def of_page(page: EvalContext, word: str) -> str:
    return f"{word} {page.autoescape}"


@pass_environment
def of_environment(environment: Environment, word: str) -> str:
    return f"{word} {environment.trim_blocks}"


def ends() -> str:
    raise StopIteration


WORDS = {
    "plain": plain,
    "of_context": of_context,
    "of_page": of_page,
    "of_environment": of_environment,
    "ends": ends,
    "one": Somebody(),
    "told": "told",
}


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ plain('a', 'b') }}", "a b"),
        ("{{ plain('a', loud=true) }}", "A"),
        (
            "{% for word in 'ab' %}{{ plain(word) }}{{ of_page(word) }}{% endfor %}",
            "aa Truebb True",
        ),
        ("{{ of_context('told') }}", "told"),
        ("{% for one in [1] %}{% set word = 'x' %}{{ of_context('word') }}{% endfor %}", "x"),
        ("{% autoescape false %}{{ of_page('a') }}{% endautoescape %}", "a False"),
        ("{{ of_environment('a') }}", "a True"),
        ("{{ one('a', 'b') }} {{ one.greets('c') }}", "a b hello c"),
        ("[{{ ends() }}]{{ ends() is defined }}", "[]False"),
        (
            "{% macro m(a) %}{{ a }}<{{ caller() }}{% endmacro %}{% call m('<') %}b{% endcall %}",
            "&lt;<b",
        ),
        ("{% macro m(a) %}<{{ a }}{% endmacro %}{{ m('<') is escaped }}{{ m('<') }}", "True<&lt;"),
    ],
)
def test_each_kind_of_callable_is_called_as_jinja_calls_it(
    house: Flask, template: str, said: str
) -> None:
    with house.test_request_context():
        quick = render_template_string(template, **WORDS)
    own = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)

    assert quick == said
    assert own.from_string(template).render(WORDS) == said
