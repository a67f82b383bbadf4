"""A question tells where its answer comes from, whichever way its row says it."""

from datetime import date
from typing import Any

from content.quiz import UNKNOWN_DAY, Act, Names, Norm, Verified, read_question, write_question

ACT = Act(
    id="tk_rf",
    title=Names(ru="Трудовой кодекс РФ", en="Labour Code"),
    short="ТК РФ",
    kind="code",
    checked=date(2026, 5, 1),
    urls=(),
)
NORM = Norm(
    id="ppe-n01",
    topic="ppe",
    text="Работодатель выдаёт СИЗ.",
    act="tk_rf",
    ref="ст. 221",
    verified=Verified.TWO,
    urls=("https://example.org/221",),
    checked=date(2026, 6, 1),
)
ROW: dict[str, Any] = {
    "id": "ppe-01",
    "version": 1,
    "kind": "truefalse",
    "difficulty": 1,
    "text": "Да?",
    "correct": True,
    "explanation": "Да.",
}
OWN: dict[str, Any] = {"act": "tk_rf", "ref": "ст. 221", "verified": "one", "urls": []}
KNOWN: dict[str, Any] = {"topic": "ppe", "norms": {"ppe-n01": NORM}, "acts": {"tk_rf": ACT}}


def test_a_norm_lends_its_act_its_place_and_its_day() -> None:
    question = read_question(ROW | {"source": {"norm": "ppe-n01"}}, **KNOWN)
    source = question.source

    assert (source.act, source.act_id, source.norm) == ("Трудовой кодекс РФ", "tk_rf", "ppe-n01")
    assert (source.ref, source.verified, source.urls) == ("ст. 221", Verified.TWO, NORM.urls)
    assert source.as_of == date(2026, 6, 1)
    assert write_question(question)["source"] == {"norm": "ppe-n01"}


def test_an_act_lends_its_title_and_the_day_it_was_checked() -> None:
    question = read_question(ROW | {"source": OWN}, **KNOWN)

    assert (question.source.act, question.source.as_of) == ("Трудовой кодекс РФ", ACT.checked)
    assert write_question(question)["source"] == OWN


def test_the_day_of_the_pack_stands_where_a_question_has_none() -> None:
    question = read_question(ROW | {"source": OWN}, **KNOWN, as_of=date(2026, 7, 1))

    assert question.source.as_of == date(2026, 7, 1)
    assert write_question(question)["source"] == OWN | {"as_of": "2026-07-01"}


def test_what_is_not_known_stays_as_written() -> None:
    free = read_question(ROW | {"source": OWN | {"act": "Устав"}}, topic="ppe")
    lost = read_question(ROW | {"source": {"norm": "ppe-n09"}}, topic="ppe")
    none = read_question(ROW, topic="ppe")

    assert (free.source.act, free.source.act_id, free.source.as_of) == ("Устав", "", UNKNOWN_DAY)
    assert (lost.source.act, lost.source.norm) == ("", "ppe-n09")
    assert "source" not in write_question(none)


def test_two_questions_are_equal_by_what_their_sources_tell() -> None:
    listed = read_question(ROW | {"source": OWN | {"as_of": "2026-05-01"}}, **KNOWN)
    unlisted = read_question(
        ROW | {"source": OWN | {"act": "Трудовой кодекс РФ", "as_of": "2026-05-01"}}, topic="ppe"
    )

    assert listed == unlisted


def test_an_act_is_past_on_the_day_after_its_last() -> None:
    last = Act(**{**vars(ACT), "valid_until": date(2026, 9, 1)})

    assert not last.is_past(date(2026, 9, 1))
    assert last.is_past(date(2026, 9, 2))
    assert not ACT.is_past(date.max)
