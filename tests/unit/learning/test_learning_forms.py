"""Plain fields of a form become the answer that each kind asks for."""

import pytest
from werkzeug.datastructures import MultiDict

from content.quiz import grade, read_question
from psot.learning.forms import response_from
from psot.learning.pictures import height_of
from psot.learning.responses import settled
from tests.kinds import DRAWING, FIELDS, PICTURE, TOPIC, every_kind

QUESTIONS = {row["kind"]: read_question(row, topic=TOPIC) for row in every_kind()}
HEIGHTS = {PICTURE: height_of(DRAWING.encode())}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_the_fields_of_a_right_answer_earn_everything(kind: str) -> None:
    asked = QUESTIONS[kind]
    response = response_from(asked.public("seed"), MultiDict(FIELDS[kind]), HEIGHTS)

    assert grade(asked, response).correct


@pytest.mark.parametrize("kind", QUESTIONS)
def test_an_empty_form_is_no_answer(kind: str) -> None:
    response = response_from(QUESTIONS[kind].public("seed"), MultiDict(), HEIGHTS)

    assert not response or not any(response.values())


def test_points_of_a_script_are_taken_before_the_list() -> None:
    fields = MultiDict([("point", "400,800"), ("point", "nonsense"), ("area", "b")])

    assert response_from(QUESTIONS["hotspot"].public("seed"), fields, HEIGHTS) == {
        "points": [[400, 800]]
    }


def test_a_picture_pressed_by_the_keyboard_points_nowhere() -> None:
    fields = MultiDict([("picture.x", "0"), ("picture.y", "0"), ("area", "a")])

    assert response_from(QUESTIONS["hotspot"].public("seed"), fields, HEIGHTS) == {"areas": ["a"]}


def test_two_lines_at_one_place_are_no_order() -> None:
    fields = MultiDict({"place.a": "1", "place.b": "1", "place.c": "2"})

    assert len(response_from(QUESTIONS["ordering"].public("s"), fields, HEIGHTS)) == 2


def test_options_are_a_set_and_an_order_is_not() -> None:
    assert settled(QUESTIONS["multiple"], ["c", "a", "c"]) == ["a", "c"]
    assert settled(QUESTIONS["ordering"], ["c", "a", "b"]) == ["c", "a", "b"]
    assert settled(QUESTIONS["case"], {"p1": ["b", "a"]}) == {"p1": ["a", "b"]}


def test_the_height_of_a_picture_is_read_from_it() -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (200).to_bytes(4) + (50).to_bytes(4)

    assert height_of(DRAWING.encode()) == 0.6
    assert height_of(png) == 0.25
    assert height_of(b"<svg></svg>") == 1.0
