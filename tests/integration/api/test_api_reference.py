"""The document for programs and the page for people tell the same, and tell all of it."""

import pytest
from flask import Flask

from psot.api.contract import CONTRACTS
from tests.integration.api.conftest import Program
from tests.quizzes import the_pack
from tests.web import sign_in


def test_the_document_is_open_and_lists_every_operation(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/openapi.json")
    told = answer.get_json()

    assert answer.mimetype == "application/json"
    assert told["openapi"] == "3.1.0"
    named = {
        inner["operationId"]
        for item in told["paths"].values()
        for method, inner in item.items()
        if method != "parameters"
    }
    assert named == {one.endpoint for one in CONTRACTS.values()}


def test_every_error_of_every_operation_has_the_one_shape(app: Flask) -> None:
    told = app.test_client().get("/api/v1/openapi.json").get_json()
    shapes = {
        str(told["components"]["responses"][answer["$ref"].rpartition("/")[2]]["content"])
        if "$ref" in answer
        else str(answer["content"])
        for item in told["paths"].values()
        for method, inner in item.items()
        if method != "parameters"
        for status, answer in inner["responses"].items()
        if not status.startswith("2")
    }

    assert shapes == {"{'application/json': {'schema': {'$ref': '#/components/schemas/Error'}}}"}


@pytest.mark.parametrize(("language", "word"), [("ru", "С чего начать"), ("en", "How to begin")])
def test_the_page_tells_every_operation_in_both_languages(
    app: Flask, language: str, word: str
) -> None:
    page = sign_in(app, language=language).get("/api/v1/docs").get_data(as_text=True)

    assert word in page
    for one in CONTRACTS.values():
        assert f'id="{one.endpoint}"' in page
    assert "<script>" not in page


def test_the_examples_name_what_exists(app: Flask) -> None:
    page = app.test_client().get("/api/v1/docs").get_data(as_text=True)
    slug = next(iter(the_pack().quizzes))

    assert f"/api/v1/quizzes/{slug}" in page


def test_the_root_leads_to_the_page(app: Flask) -> None:
    assert app.test_client().get("/api/v1/").headers["Location"] == "/api/v1/docs"


def test_what_breaks_on_our_side_is_told_in_the_same_shape(app: Flask, program: Program) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("a secret of the house")

    app.testing = False
    app.view_functions["api.regions"] = broken

    answer = program.get("/regions")

    assert answer.status_code == 500
    assert answer.get_json()["error"]["code"] == "internal"
    assert answer.get_json()["error"]["request_id"]
    assert "secret" not in answer.get_data(as_text=True)
