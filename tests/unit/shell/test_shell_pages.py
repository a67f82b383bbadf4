from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from psot import shell
from psot.shell import faults, home, navigation


@pytest.fixture
def russian(visitor: FlaskClient) -> Iterator[FlaskClient]:
    """A browser that asks for Russian."""
    visitor.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ru"
    return visitor


def test_a_figure_that_nobody_knows_is_a_dash_and_never_a_zero(russian: FlaskClient) -> None:
    page = russian.get("/").text
    figures = page[page.index('<dl class="stats">') : page.index("</dl>")]

    assert "10\N{NO-BREAK SPACE}211" in figures
    assert "<dd>—</dd>" in figures


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "участник"), (3, "участника"), (11, "участников"), (None, "участников")],
)
def test_the_word_beside_a_figure_fits_its_count(
    house: Flask, russian: FlaskClient, count: int | None, words: str
) -> None:
    shell.show(house, figures=lambda: {"members": count})

    assert f"<dt>{words}</dt>" in russian.get("/").text


def test_a_room_cannot_show_a_figure_the_page_does_not_have(house: Flask) -> None:
    shell.show(house, figures=lambda: {"visitors": 1})

    with house.test_request_context(), pytest.raises(ValueError, match="visitors"):
        home.figures(home.of(house))


def test_a_visitor_is_invited_and_a_member_sees_what_to_do_next(
    visitor: FlaskClient, member_house: Flask
) -> None:
    public = visitor.get("/", headers={"Accept-Language": "en"}).text
    member = member_house.test_client().get("/").text

    assert ">Join</a>" in public
    assert "Электробезопасность" not in public
    assert "Здравствуйте, Козлов Е. Н." in member
    assert "Электробезопасность" in member


def test_without_leaders_the_board_says_so(house: Flask, russian: FlaskClient) -> None:
    shell.show(house, leaders=lambda: None)

    assert "Здесь появятся первые ответы сезона." in russian.get("/").text


def test_every_page_has_one_heading_of_the_first_level(visitor: FlaskClient) -> None:
    for path in ("/", "/preferences", "/gallery", "/fault/404", "/big"):
        assert visitor.get(path).text.count("<h1") == 1, path


def test_no_page_carries_style_or_script_of_its_own(member_house: Flask) -> None:
    client = member_house.test_client()
    for path in ("/", "/preferences", "/flashes", "/fault/429"):
        page = client.get(path).text

        assert " style=" not in page, path
        assert " onclick=" not in page, path
        assert page.count("<script>") == 0, path


@pytest.mark.parametrize("status", sorted(faults.FAULTS))
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_fault_has_a_page_with_its_status_and_a_way_on(
    visitor: FlaskClient, status: int, language: str
) -> None:
    answer = visitor.get(f"/fault/{status}", headers={"Accept-Language": language})

    assert answer.status_code == status
    assert f'<p class="fault-status">{status}</p>' in answer.text
    assert 'href="/"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_fault_without_a_page_of_its_own_borrows_the_nearest(visitor: FlaskClient) -> None:
    english = {"Accept-Language": "en"}

    assert "was not understood" in visitor.get("/fault/418", headers=english).text
    assert "broke on our side" in visitor.get("/fault/507", headers=english).text


def test_the_own_sentence_of_an_error_stands_instead_of_the_general_one(house: Flask) -> None:
    with house.test_request_context(headers={"Accept-Language": "en"}):
        page = shell.fault_page(409, "The question is closed.").get_data(as_text=True)

    assert "The question is closed." in page
    assert "contradicts" not in page


def test_too_many_attempts_say_when_to_come_back(visitor: FlaskClient) -> None:
    answer = visitor.get("/fault/429", headers={"Accept-Language": "ru"})

    assert answer.headers["Retry-After"] == "22"
    assert "Повторите через 22 секунды" in answer.text


def test_a_menu_item_shows_once_its_page_exists_and_the_reader_may_enter(
    house: Flask, member_house: Flask
) -> None:
    def menu(app: Flask) -> list[str]:
        everything = navigation.MAIN + navigation.ALSO + navigation.DESKS
        with app.test_request_context("/ratings/regions"):
            return [item.path for item in navigation.visible(everything)]

    assert menu(house) == ["/quizzes", "/ratings", "/ratings/regions"]
    assert menu(member_house) == ["/quizzes", "/ratings", "/ratings/regions", "/organizer"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ratings", "/ratings"),
        ("/ratings/regions", "/ratings"),
        ("/quizzes/height", "/quizzes"),
        ("/ratings-of-old", ""),
    ],
)
def test_the_menu_marks_the_place_the_page_belongs_to(
    house: Flask, path: str, expected: str
) -> None:
    with house.test_request_context(path):
        assert navigation.current(navigation.MAIN) == expected


def test_an_address_that_redirects_counts_as_a_page() -> None:
    app = Flask("psot")
    app.add_url_rule("/organizer/", "organizer", lambda: "")

    assert navigation.exists(app, "/organizer")
    assert not navigation.exists(app, "/nothing")
