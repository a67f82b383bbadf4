"""Search: word forms, ranks, places found, and input of any kind."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psot.database import Database
from psot.library import search

PASSAGES = (
    ("", "Работы на высоте", "Что считают работой на высоте."),
    ("wind", "Ветер", "Работы прекращают при ветре 15 м/с. Решает ответственный."),
    ("permit", "Наряд-допуск", "Наряд-допуск выдают на 15 дней. Ёмкости и колодцы сюда не входят."),
    ("en", "Ladders", "The ladders were checked by climbers according to order 782n."),
)


@pytest.fixture
def indexed(library: Database) -> Database:
    with library.begin() as session:
        search.index(session, "lesson", "heights", "ru", "height", PASSAGES)
    return library


def anchors(library: Database, q: str) -> list[str]:
    with library.begin() as session:
        found = search.find(session, q, kinds=["lesson"], topics=["height"])
    return [one.anchor for one in found.hits if one.name == "heights"]


@pytest.mark.parametrize(
    ("q", "anchor"),
    [
        ("ветры", "wind"),
        ("прекращать работу", "wind"),
        ("ответственными", "wind"),
        ("ladder", "en"),
        ("climber checking", "en"),
        ("782n", "en"),
        ("наряды-допуски", "permit"),
        ("емкость", "permit"),
        ("ёмкостями", "permit"),
        ('"15 дней"', "permit"),
        ("15 -дней", "wind"),
        ("нар", "permit"),
        ("ветр OR ladders", "wind"),
    ],
)
def test_a_word_is_found_in_its_other_forms(indexed: Database, q: str, anchor: str) -> None:
    assert anchor in anchors(indexed, q)


def test_a_title_comes_before_a_mention(indexed: Database) -> None:
    assert anchors(indexed, "работа")[0] == ""


def test_what_matched_is_marked_and_everything_else_is_plain_text(indexed: Database) -> None:
    with indexed.begin() as session:
        passages = [("x", "<b>Зонт</b>", "<script>зонты</script> под дождём")]
        search.index(session, "lesson", "rain", "ru", "height", passages)
        (hit,) = search.find(session, "зонт").hits

    assert ("зонты", True) in hit.snippet
    assert "".join(text for text, _ in hit.snippet) == "<script>зонты</script> под дождём"
    assert "".join(text for text, _ in hit.title_parts) == "<b>Зонт</b>"


def test_indexing_again_replaces_one_language_only(indexed: Database) -> None:
    with indexed.begin() as session:
        search.index(session, "lesson", "heights", "en", "height", [("e", "Wind", "Storm")])
        search.index(session, "lesson", "heights", "ru", "height", [("n", "Ветер", "Буря")])

    assert anchors(indexed, "storm") == ["e"]
    assert anchors(indexed, "буря") == ["n"]
    assert "permit" not in anchors(indexed, "наряд")


def test_pages_of_hits_follow_one_another_and_count_all(library: Database) -> None:
    with library.begin() as session:
        for number in range(30):
            places = [("", f"Кувалда {number}", "молот")]
            search.index(session, "norm", f"tools-{number}", "ru", None, places)
        first = search.find(session, "кувалда", limit=20)
        second = search.find(session, "кувалда", limit=20, offset=20)

    assert (first.total, first.more) == (30, False)
    names = [one.name for one in (*first.hits, *second.hits)]
    assert len(names) == len(set(names)) == 30


def test_more_places_than_are_counted_are_more(
    library: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "COUNTED", 5)
    with library.begin() as session:
        for number in range(8):
            search.index(session, "norm", f"saw-{number}", "ru", None, [("", "Пила", "зубья")])
        found = search.find(session, "пила", kinds=["norm"], limit=3)

    assert (found.total, found.more, len(found.hits)) == (5, True, 3)


def test_keys_of_questions_are_not_found(library: Database) -> None:
    with library.begin() as session:
        found = search.find(session, "надеть проверить снять половины часов", kinds=["question"])

    assert [one.name for one in found.hits if one.name == "ppe-01"] == []


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(q=st.text(max_size=60) | st.text("\"'-|&!():*<>\\ аоя1\x00\ue000", max_size=30))
def test_no_input_is_an_error(library: Database, q: str) -> None:
    with library.begin() as session:
        search.find(session, q, limit=3)
