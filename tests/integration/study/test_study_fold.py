"""Answers become cards: the same ones, whatever their order and their batches."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from psot.database import Database
from psot.ledger.verify import verify
from psot.study.projections import STUDY
from tests.integration.study.history import (
    DAY,
    NOW,
    RIGHT,
    WRONG,
    Entry,
    answered,
    attempt_of,
    drain,
    finished,
    happen,
    member,
    read,
    rows,
    start_over,
    stored,
    tell,
)

ANNA, BORIS = member(1), member(2)


def test_every_answered_question_is_a_card_of_its_member(ledger: Database) -> None:
    tell(ledger, answered(ANNA), answered(ANNA, "ppe-02", WRONG), answered(BORIS))

    assert rows(ledger, "study_cards", "member, question, answers, due_at, wrong_at") == sorted(
        [
            (ANNA, "ppe-01", 1, NOW + 2 * DAY, None),
            (ANNA, "ppe-02", 1, NOW + DAY, NOW),
            (BORIS, "ppe-01", 1, NOW + 2 * DAY, None),
        ],
        key=repr,
    )


def test_an_answer_that_arrives_late_stands_in_its_place(ledger: Database) -> None:
    late = answered(ANNA, score_ppm=WRONG, at=NOW, nth=1)
    tell(ledger, answered(ANNA, at=NOW + 3 * DAY, nth=2))
    before = rows(ledger, "study_reviews", "answered_at, due_before")

    tell(ledger, late)

    assert before == [(NOW + 3 * DAY, None)]
    assert rows(ledger, "study_reviews", "answered_at, due_before") == [
        (NOW, None),
        (NOW + 3 * DAY, NOW + DAY),
    ]
    assert rows(ledger, "study_cards", "wrong_at, right_first_at, wrong_attempt") == [
        (NOW, NOW + 3 * DAY, attempt_of(ANNA))
    ]


def test_lessons_read_and_attempts_finished_are_kept(ledger: Database) -> None:
    tell(ledger, read(ANNA), read(ANNA, version=2, at=NOW + DAY), finished(ANNA, score_ppm=7))

    assert rows(ledger, "study_readings") == [(ANNA, "ppe", NOW), (ANNA, "ppe", NOW + DAY)]
    assert rows(ledger, "study_finishes") == [(attempt_of(ANNA), ANNA, "ppe", 7, NOW)]


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """What two members may have done, in some order."""
    told: list[Entry] = []
    for who in (ANNA, BORIS):
        for question in ("q1", "q2"):
            times = draw(st.integers(0, 4))
            minutes = draw(st.lists(st.integers(0, 90 * 24 * 60), min_size=times, max_size=times))
            told += [
                answered(
                    who,
                    question,
                    draw(st.sampled_from((WRONG, 600_000, RIGHT))),
                    at=NOW + timedelta(minutes=minute),
                    nth=nth,
                    response_ms=draw(st.sampled_from((900, 5_000, 30_000))),
                )
                for nth, minute in enumerate(minutes, 1)
            ]
        told += draw(st.sampled_from(([], [read(who)], [read(who), finished(who)])))
    return draw(st.permutations(told))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories(), st.data())
def test_any_order_and_any_batches_give_the_same_cards(
    ledger: Database, told: list[Entry], data: st.DataObject
) -> None:
    start_over(ledger)
    tell(ledger, *sorted(told, key=lambda one: (one[2], one[1])))
    in_order = stored(ledger)
    start_over(ledger)
    for one in told:
        happen(ledger, one)
        if data.draw(st.booleans()):
            drain(ledger, batch=data.draw(st.integers(1, 3)))
    drain(ledger, batch=data.draw(st.integers(1, 20)))

    assert stored(ledger) == in_order
    assert [one.drifted for one in verify(ledger, STUDY)] == [0, 0, 0, 0]


def test_a_card_changed_by_hand_is_found_out(ledger: Database) -> None:
    tell(ledger, answered(ANNA), answered(BORIS))
    with ledger.begin() as session:
        session.execute(
            text("UPDATE study_cards SET due_at = due_at + interval '1 day' WHERE member = :who"),
            {"who": ANNA},
        )

    assert {one.table: one.drifted for one in verify(ledger, STUDY)} == {
        "study_reviews": 0,
        "study_cards": 1,
        "study_readings": 0,
        "study_finishes": 0,
    }
