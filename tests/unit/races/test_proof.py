"""The commitment: canonical JSON and hashes that anybody gets who computes them again."""

import hashlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.quiz import (
    MultipleChoice,
    Option,
    Question,
    SingleChoice,
    Source,
    Verified,
    built_in_pack,
)
from psot.races.proof import (
    canonical,
    questions_document,
    rules_document,
    secret_sha256,
    sha256,
)
from psot.races.questions import FrozenQuestion, freeze, thaw
from scoring.biathlon import format_names, load_format

SOURCE = Source(
    act="ТК РФ",
    ref="ст. 214",
    urls=("https://example.org/214",),
    verified=Verified.TWO,
    as_of=date(2026, 9, 1),
)
QUESTION = SingleChoice(
    id="law-01",
    version=2,
    topic="legislation",
    difficulty=1,
    text="Кто отвечает за охрану труда?",
    options=(Option(id="a", text="Работодатель"), Option(id="b", text="Никто")),
    correct=frozenset({"a"}),
    explanation="Так сказано в кодексе.",
    source=SOURCE,
)
GOLDEN_QUESTIONS = "63432840f42dbdead3e358f2ab9509e7aeda72f34889dbcccb5653a9945d15f2"
GOLDEN_SPRINT = "9bbd9af263e922324854ffc1a51ce221bd2d898847f2aaeba7bfb956779a8176"
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_canonical_json_is_sorted_tight_and_utf8() -> None:
    assert canonical({"б": 1, "a": [True, None, "«»"]}) == '{"a":[true,null,"«»"],"б":1}'.encode()


@given(values)
def test_canonical_json_reads_back_and_is_the_same_again(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_the_hash_of_a_question_set_never_changes() -> None:
    document = questions_document([FrozenQuestion(kind="P", question=QUESTION)])

    assert sha256(document) == GOLDEN_QUESTIONS


def test_the_hash_of_the_rules_never_changes() -> None:
    assert sha256(rules_document(load_format("sprint"))) == GOLDEN_SPRINT


def test_the_hash_of_the_secret_is_that_of_its_raw_bytes() -> None:
    assert secret_sha256(bytes(32)) == hashlib.sha256(bytes(32)).hexdigest()


def test_the_order_in_which_questions_are_kept_does_not_matter() -> None:
    other = FrozenQuestion(kind="S", question=QUESTION)
    one = FrozenQuestion(kind="P", question=QUESTION)

    assert questions_document([one, other]) == questions_document([other, one])


@pytest.mark.parametrize("name", format_names())
def test_rules_differ_as_soon_as_one_number_does(name: str) -> None:
    plain, other = load_format(name), load_format(name, {"fall_s": 11})

    assert sha256(rules_document(plain)) != sha256(rules_document(other))


CHOICES = [
    one
    for one in built_in_pack("start").questions.values()
    if isinstance(one, SingleChoice | MultipleChoice)
]


@pytest.mark.parametrize("question", CHOICES, ids=lambda q: q.id)
def test_a_frozen_question_thaws_into_the_same(question: Question) -> None:
    assert thaw(json.loads(json.dumps(freeze(question)))) == question
    assert type(thaw(freeze(question))) in (SingleChoice, MultipleChoice)
