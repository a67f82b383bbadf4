"""What a member sees before answering has no place for the key."""

import json
from dataclasses import asdict, fields

from hypothesis import given
from hypothesis import strategies as st

from content.quiz import PublicQuestion, Question, built_in_pack

KEY_FIELDS = {"correct", "explanation", "source"}
QUESTIONS = tuple(built_in_pack("start").questions.values())


def everything_in(view: PublicQuestion) -> str:
    return json.dumps(asdict(view), ensure_ascii=False) + repr(view)


def test_a_public_question_has_no_field_for_the_key() -> None:
    assert {field.name for field in fields(PublicQuestion)}.isdisjoint(KEY_FIELDS)


def test_no_public_view_of_the_pack_contains_an_explanation_or_a_source() -> None:
    for question in QUESTIONS:
        shown = everything_in(question.public("any"))

        assert question.explanation not in shown
        assert question.source.act not in shown or question.source.act in question.text


def test_a_question_and_its_key_print_without_the_answer() -> None:
    for question in QUESTIONS:
        for printed in (repr(question), repr(question.key())):
            assert question.explanation not in printed
            assert "correct" not in printed
            assert "frozenset" not in printed


def test_the_key_tells_what_was_right_and_why() -> None:
    question = built_in_pack("start").questions["ppe-07"]
    key = question.key()

    assert (key.question, key.version, key.correct) == ("ppe-07", 1, frozenset("acd"))
    assert (key.explanation, key.source) == (question.explanation, question.source)


@given(question=st.sampled_from(QUESTIONS), seed=st.text())
def test_the_same_seed_shows_the_same_order_and_loses_no_option(
    question: Question, seed: str
) -> None:
    view = question.public(seed)

    assert view == question.public(seed)
    assert set(view.options) == set(question.options)
    assert view.kind == question.kind


def test_the_order_for_a_seed_never_changes_between_versions() -> None:
    question = built_in_pack("start").questions["electrical-01"]

    assert "".join(option.id for option in question.public("attempt-2").options) == "dacb"


def test_different_members_see_different_orders() -> None:
    question = QUESTIONS[0]
    orders = {question.public(str(seed)).options for seed in range(200)}

    assert len(orders) > 20
