"""Facts become counts: the same ones, whatever their order and their batches."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from events.competition import RaceQuestionAnswered
from events.learning import AttemptFinished, QuestionAnswered
from psot.database import Database
from psot.items.projections import ITEMS, TESTS
from psot.ledger.verify import verify
from scoring.items import Marks, Pairs, sorted_product
from tests.integration.items.history import (
    AUTUMN,
    RIGHT,
    WRONG,
    Entry,
    answered,
    answered_in_race,
    drain,
    finished,
    happen,
    member,
    sat,
    start_over,
    tell,
)

ANNA, BORIS, VERA = member(1), member(2), member(3)
DAY = timedelta(days=1)


def rows(database: Database, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    with database.begin() as session:
        found = session.execute(text(f"SELECT {columns} FROM {table}"))  # noqa: S608 - our own tables
        return sorted((tuple(row) for row in found), key=repr)


def stored(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    return {table.name: rows(database, table.name) for table in ITEMS.owned()}


def test_only_the_first_answer_of_a_member_counts_for_a_question(ledger: Database) -> None:
    tell(ledger, [answered(ANNA, "q1", score_ppm=WRONG), answered(BORIS, "q1", quiz="mixed")])
    tell(ledger, [answered(ANNA, "q1", attempt=2, nth=2, at=AUTUMN + DAY)])

    assert rows(ledger, "item_versions", "question, answers, fully, score_ppm, squares_ppm2") == [
        ("q1", 2, 1, 1_000_000, 10**12)
    ]


def test_a_race_may_come_before_the_quiz_though_its_fact_comes_later(ledger: Database) -> None:
    tell(ledger, [answered(ANNA, "q1", at=AUTUMN + DAY)])
    tell(ledger, [answered_in_race(ANNA, "q1", score_ppm=WRONG, at=AUTUMN)])

    assert rows(ledger, "item_versions", "answers, raced, score_ppm") == [(1, 1, 0)]
    assert rows(ledger, "item_responses", "response, answers") == []


def test_a_corrected_question_starts_its_own_figures(ledger: Database) -> None:
    tell(ledger, [answered(ANNA, "q1", score_ppm=WRONG), answered(BORIS, "q1", version=2)])

    assert rows(ledger, "item_versions", "question_version, answers, score_ppm") == [
        (1, 1, 0),
        (2, 1, 1_000_000),
    ]


def test_quartiles_are_times_that_somebody_took(ledger: Database) -> None:
    times = [900, 10_000, 12_000, 20_000, 30_000, 40_000, 50_000, 61_040]
    tell(
        ledger,
        [answered(member(n), "q1", response_ms=one) for n, one in enumerate(times)],
    )

    assert rows(ledger, "item_versions", "lower_ms, median_ms, upper_ms, rushed") == [
        (10_000, 20_000, 40_000, 1)
    ]


def test_a_test_is_compared_by_the_attempt_a_member_finished_first(ledger: Database) -> None:
    tell(ledger, sat(ANNA, [RIGHT, WRONG], attempt=2, at=AUTUMN + DAY))
    assert rows(ledger, "item_totals") == [("ppe", 2, 1_000_000, 1)]
    tell(ledger, sat(ANNA, [RIGHT, RIGHT], attempt=1, at=AUTUMN))

    assert rows(ledger, "item_totals") == [("ppe", 2, 2_000_000, 1)]
    assert rows(ledger, "item_pairs", "question, mark_ppm, rest_ppm, attempts") == [
        ("q1", 1_000_000, 1_000_000, 1),
        ("q2", 1_000_000, 1_000_000, 1),
    ]


def test_marks_after_the_first_finished_attempt_are_not_kept(ledger: Database) -> None:
    tell(ledger, sat(ANNA, [RIGHT, WRONG]))
    tell(ledger, sat(ANNA, [RIGHT, RIGHT], attempt=2, at=AUTUMN + DAY))

    assert len(rows(ledger, "item_marks")) == 2
    assert rows(ledger, "item_totals") == [("ppe", 2, 1_000_000, 1)]


def test_a_question_without_an_answer_in_a_check_is_a_wrong_one_of_the_test(
    ledger: Database,
) -> None:
    told = [answered(ANNA, "q1", mode="check"), finished(ANNA, unanswered=["q2@3", "q3@1"])]
    tell(ledger, told)

    assert rows(ledger, "item_totals") == [("ppe", 3, 1_000_000, 1)]
    assert rows(ledger, "item_pairs", "question, question_version, mark_ppm, rest_ppm") == [
        ("q1", 1, 1_000_000, 0),
        ("q2", 3, 0, 1_000_000),
        ("q3", 1, 0, 1_000_000),
    ]
    assert rows(ledger, "item_versions", "question, answers") == [("q1", 1)]


def test_mistakes_and_daily_sets_are_no_tests(ledger: Database) -> None:
    tell(ledger, [answered(ANNA, "q1", mode="daily"), answered(BORIS, "q1", mode="mistakes")])
    tell(ledger, [finished(ANNA), finished(BORIS)])

    assert rows(ledger, "item_pairs") == []
    assert rows(ledger, "item_versions", "answers") == [(2,)]


def test_options_are_counted_with_the_scores_of_who_chose_them(ledger: Database) -> None:
    tell(ledger, [*sat(ANNA, [RIGHT, RIGHT]), *sat(BORIS, [WRONG, RIGHT])])
    tell(ledger, [answered(VERA, "q1", chosen=["b"], score_ppm=WRONG)])

    q1 = [row for row in rows(ledger, "item_responses") if row[0] == "q1"]
    assert q1 == [
        ("q1", 1, '["a"]', 1, 1_000_000, 1, 1_000_000),
        ("q1", 1, '["b"]', 2, 0, 1, 500_000),
    ]


moments = st.integers(0, 12).map(lambda hours: AUTUMN + timedelta(hours=17 * hours))
people = st.integers(1, 3).map(member)
entries = st.lists(
    st.one_of(
        st.builds(
            answered,
            people,
            st.sampled_from(["q1", "q2", "q3"]),
            quiz=st.sampled_from(["ppe", "risk"]),
            attempt=st.integers(1, 2),
            mode=st.sampled_from(["practice", "practice", "check", "daily"]),
            nth=st.integers(1, 2),
            version=st.integers(1, 2),
            score_ppm=st.sampled_from([0, 333_333, 1_000_000]),
            chosen=st.sampled_from([None, ["a"], ["b"], ["a", "c"]]),
            response_ms=st.sampled_from([500, 3_040, 60_000]),
            at=moments,
        ),
        st.builds(
            finished,
            people,
            quiz=st.sampled_from(["ppe", "risk"]),
            attempt=st.integers(1, 2),
            unanswered=st.sampled_from([(), ("q8@1",), ("q8@2", "q9@1")]),
            at=moments,
        ),
        st.builds(
            answered_in_race,
            people,
            st.sampled_from(["q1", "q2"]),
            score_ppm=st.sampled_from([0, 1_000_000]),
            at=moments,
        ),
    ),
    max_size=30,
    unique_by=lambda entry: (entry[0].type, entry[1]),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=entries, data=st.data())
def test_every_order_and_every_batching_ends_in_the_same_counts(
    ledger: Database, told: list[Entry], data: st.DataObject
) -> None:
    start_over(ledger)
    tell(ledger, told)
    expected = stored(ledger)
    start_over(ledger)
    for entry in data.draw(st.permutations(told)):
        happen(ledger, entry)
        if data.draw(st.booleans()):
            drain(ledger, batch=data.draw(st.integers(1, 4)))
    drain(ledger, batch=data.draw(st.integers(1, 30)))

    assert stored(ledger) == expected
    assert {one.drifted for one in verify(ledger, ITEMS)} == {0}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=entries)
def test_the_counts_are_those_of_the_plain_definition(ledger: Database, told: list[Entry]) -> None:
    start_over(ledger)
    tell(ledger, told, batch=7)

    assert {
        (row[0], row[1]): Marks(count=row[2], sum=row[3], squares=int(row[4]))
        for row in rows(
            ledger, "item_versions", "question, question_version, answers, score_ppm, squares_ppm2"
        )
    } == plain_marks(told)
    sums = rows(
        ledger,
        "item_sums",
        "quiz, positions, question, question_version, attempts, marks, marks2, rests, rests2,"
        " products, sorted_products",
    )
    assert {tuple(row[:4]): tuple(int(one) for one in row[4:]) for row in sums} == plain_sums(told)


def plain_marks(told: list[Entry]) -> dict[tuple[str, int], Marks]:
    """Marks of first answers by version, straight from the list of facts."""
    firsts: dict[tuple[UUID, str], tuple[tuple[datetime, int, UUID], int, int]] = {}
    for fact, _, at in told:
        if isinstance(fact, RaceQuestionAnswered):
            nth, attempt = 0, fact.race
        elif isinstance(fact, QuestionAnswered) and fact.nth == 1:
            nth, attempt = 1, fact.attempt
        else:
            continue
        where, order = (fact.member, fact.question), (at, nth, attempt)
        if where not in firsts or order < firsts[where][0]:
            firsts[where] = (order, fact.question_version, fact.score_ppm)
    found: dict[tuple[str, int], list[int]] = {}
    for (_, question), (_, version, score) in firsts.items():
        found.setdefault((question, version), []).append(score)
    return {edition: Marks.of(scores) for edition, scores in found.items()}


def plain_sums(told: list[Entry]) -> dict[tuple[Any, ...], tuple[int, ...]]:
    """Sums of pairs by quiz, length and version, straight from the list of facts."""
    first: dict[tuple[UUID, str], tuple[datetime, UUID]] = {}
    for fact, _, at in told:
        if isinstance(fact, AttemptFinished):
            where = (fact.member, fact.quiz)
            first[where] = min((at, fact.attempt), first.get(where, (at, fact.attempt)))
    marks: dict[tuple[str, UUID], list[tuple[str, int, int]]] = {}
    for fact, _, _ in told:
        if not isinstance(fact, QuestionAnswered | AttemptFinished):
            continue
        if first.get((fact.member, fact.quiz), (AUTUMN, None))[1] != fact.attempt:
            continue
        here = marks.setdefault((fact.quiz, fact.attempt), [])
        if isinstance(fact, AttemptFinished):
            editions = [one.split("@") for one in fact.unanswered]
            here += [(question, int(version), 0) for question, version in editions]
        elif fact.mode in TESTS:
            here.append((fact.question, fact.question_version, fact.score_ppm))
    return _sums_of(marks)


def _sums_of(
    marks: dict[tuple[str, UUID], list[tuple[str, int, int]]],
) -> dict[tuple[Any, ...], tuple[int, ...]]:
    pairs: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
    for (quiz, _), answers in marks.items():
        total = sum(score for _, _, score in answers)
        for question, version, score in answers:
            where_ = (quiz, len(answers), question, version)
            pairs.setdefault(where_, []).append((score, total - score))
    found = {}
    for test, both in pairs.items():
        sums = Pairs.of(both)
        most = sorted_product(Counter(mark for mark, _ in both), Counter(rest for _, rest in both))
        found[test] = (
            sums.attempts,
            sums.marks,
            sums.marks2,
            sums.rests,
            sums.rests2,
            sums.products,
            most,
        )
    return found
