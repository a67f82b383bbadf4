"""Validation messages, made flat."""

import pytest

from psot.observability.faults import flat


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ({}, {}),
        ({"query": {"limit": ["Too big."]}}, {"limit": ["Too big."]}),
        ({"json": {"chosen": {0: ["Not a string."]}}}, {"chosen.0": ["Not a string."]}),
        ({"json": ["Invalid JSON body."]}, {"body": ["Invalid JSON body."]}),
        ({"json": {"_schema": ["Invalid input type."]}}, {"body": ["Invalid input type."]}),
        ({"json": {"json": ["Unknown field."]}}, {"json": ["Unknown field."]}),
        ("It does not fit.", {"body": ["It does not fit."]}),
    ],
)
def test_nested_messages_become_one_list_a_field(
    messages: object, expected: dict[str, list[str]]
) -> None:
    assert flat(messages) == expected
