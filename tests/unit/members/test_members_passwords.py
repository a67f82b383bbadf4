"""Which passwords will do."""

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from psot.members.passwords import (
    ENOUGH_OWN,
    LONGEST,
    SHORTEST,
    context_words,
    problem,
    weak_words,
)


@pytest.fixture(scope="module", autouse=True)
def _spoken() -> object:
    """Sentences need an app to be spoken in."""
    app = Flask("words")
    Babel(app, default_locale="en")
    with app.app_context():
        yield


KNOWN = ("anna.petrova@example.org", "Анна Петрова", "ООО «Ромашка»")


@pytest.mark.parametrize(
    "password",
    [
        "короткий",
        "password12345",
        "P@ssw0rd2026",
        "qwertyuiop12",
        "йцукенгшщзхъ",
        "1q2w3e4r5t6y",
        "0987654321qwerty",
        "aaaaaaaaaaaaa",
        "abababababab",
        "anna-petrova",
        "Ромашка-2026",
        "ОхранаТруда2026",
        "biathlon-psot",
        "пароль-пароль-пароль",
        "x" * (LONGEST + 1),
    ],
)
def test_easy_ones_are_refused(password: str) -> None:
    assert problem(password, KNOWN)


@pytest.mark.parametrize(
    "password",
    [
        "верный конь скачет галопом",
        "correct horse battery staple",
        "mX8-qLw2vT9e",
        "тюлень жуёт кактус",
        "p a s s w o r d but longer than that",
    ],
)
def test_long_and_unrelated_ones_will_do(password: str) -> None:
    assert problem(password, KNOWN) == ""


def test_context_is_what_is_known_of_the_member() -> None:
    assert context_words(KNOWN) >= {"anna", "petrova", "example", "анна", "петрова", "ромашка"}


def test_the_list_is_lower_case_and_without_doubles() -> None:
    assert all(word == word.lower().strip() for word in weak_words())
    assert len(weak_words()) > 150


@given(st.text(max_size=60))
def test_whatever_is_typed_gets_the_same_answer_again(text: str) -> None:
    assert problem(text, KNOWN) == problem(text, KNOWN)


@given(st.sampled_from(sorted(weak_words())), st.integers(0, 9999))
def test_a_weak_word_with_a_number_is_never_enough(word: str, number: int) -> None:
    assert problem(f"{word}{number}", ()) or len(word) > SHORTEST + ENOUGH_OWN
