"""Parts of pages that are kept: made anew whenever what they show changes, and never personal."""

from collections.abc import Iterator

import pytest
from flask import Flask, g, render_template_string
from flask_babel import force_locale, refresh
from markupsafe import Markup, escape

from psot.shell import assets, fragments
from psot.shell.fragments import LARGEST_CHARACTERS, Fragments

BODY = "{% call kept('part', shown, unless=own) %}{{ next(made) }} {{ _('Sign in') }}{% endcall %}"


def part(made: Iterator[int], shown: object = 1, *, own: bool = False) -> str:
    return render_template_string(BODY, made=made, shown=shown, own=own, next=next)


def test_a_part_is_made_once_for_each_thing_it_shows(house: Flask) -> None:
    made = iter(range(9))
    with house.test_request_context():
        assert [part(made, one) for one in (1, 1, 2, 1, 2)] == [
            f"{count} Войти" for count in (0, 0, 1, 0, 1)
        ]
    with house.test_request_context():
        assert part(made, 1) == "0 Войти"


def test_a_part_is_another_in_another_language_zone_place_and_build(house: Flask) -> None:
    made = iter(range(9))
    with house.test_request_context():
        first = part(made)
        with force_locale("en"):
            assert part(made) == "1 Sign in"
        assert part(made) == first
    with house.test_request_context(headers={"Cookie": "psot_zone=Asia/Omsk"}):
        refresh()
        assert part(made) == "2 Войти"
    with house.test_request_context(base_url="http://localhost/below"):
        assert part(made) == "3 Войти"
    with house.test_request_context():
        g.psot_build = assets.Build({}, made_at_ns=7)
        assert part(made) == "4 Войти"
    with house.test_request_context():
        assert part(made) == first


def test_a_part_that_shows_whose_page_it_is_is_made_for_it_and_not_kept(house: Flask) -> None:
    made = iter(range(9))
    with house.test_request_context():
        assert [part(made, own=True), part(made), part(made, own=True), part(made)] == [
            f"{count} Войти" for count in (0, 1, 2, 1)
        ]


def test_a_part_with_the_token_of_a_page_in_it_is_refused(house: Flask) -> None:
    body = "{% call kept('form') %}{{ csrf_token() }}{% endcall %}"
    with house.test_request_context(), pytest.raises(RuntimeError, match="token"):
        render_template_string(body)

    assert len(fragments.of(house)) == 0


def test_the_parts_longest_unused_are_forgotten_first(house: Flask) -> None:
    parts = Fragments(most=2)
    asked: list[str] = []

    def make(word: str) -> Markup:
        def made() -> Markup:
            asked.append(word)
            return escape(word)

        return parts.get(word, made)

    with house.test_request_context():
        for word in ("a", "b", "a", "c", "a", "b"):
            make(word)

    assert asked == ["a", "b", "c", "b"]
    assert len(parts) == 2


def test_a_part_that_is_too_large_is_not_kept(house: Flask) -> None:
    parts = Fragments()
    with house.test_request_context():
        fits = parts.get("fits", lambda: escape("x" * LARGEST_CHARACTERS))
        parts.get("more", lambda: escape("x" * (LARGEST_CHARACTERS + 1)))

    assert len(fits) == LARGEST_CHARACTERS
    assert len(parts) == 1


def test_a_seal_stands_for_equal_values_only() -> None:
    rows = [{"bib": 1, "name": "А"}, {"bib": 2, "name": None}]

    assert fragments.seal(rows) == fragments.seal([dict(one) for one in rows])
    assert fragments.seal(rows) != fragments.seal(rows[:1])
    assert fragments.seal([{"bib": "1"}]) != fragments.seal([{"bib": 1}])
