"""What makes the jury look, and what does not: each rule on answers written by hand."""

from typing import Any

from psot.jury import patterns
from psot.jury.patterns import Answer


def answer(bib: int, task: int, ms: int, *, outcome: str = "right", **more: Any) -> Answer:
    shown_ms = task * 30_000
    given: dict[str, Any] = {"question": f"q{task}", "chosen": "a", **more}
    return Answer(
        bib=bib, task=task, shown_ms=shown_ms, ended_ms=shown_ms + ms, outcome=outcome, **given
    )


def field(*times_ms: int) -> list[Answer]:
    """Five racers who each need 10 s for everything, and bib 9 with ``times_ms``."""
    usual = [answer(bib, task, 10_000 + bib) for bib in range(1, 6) for task in range(1, 5)]
    return usual + [answer(9, task, ms) for task, ms in enumerate(times_ms, 1)]


def test_three_right_answers_faster_than_reading_make_a_case() -> None:
    (found,) = patterns.too_fast(field(1_999, 1_000, 1_500, 9_000))
    assert (found.bibs, found.subject) == ((9,), "9")
    assert [one["task"] for one in found.evidence["tasks"]] == [1, 2, 3]
    assert found.evidence["tasks"][0]["bound_ms"] == 2_000
    assert list(patterns.too_fast(field(1_999, 1_000, 2_001, 9_000))) == []
    wrong = [answer(9, task, 500, outcome="wrong") for task in range(1, 9)]
    assert list(patterns.too_fast(wrong)) == [], "a quick guess that misses is no cheat"


def test_times_as_even_as_a_machines_make_a_case() -> None:
    even = [answer(1, task, 5_000 + task) for task in range(10)]
    human = [answer(2, task, 3_000 + 900 * task) for task in range(10)]
    (found,) = patterns.too_regular([*even, *human, *even[:0]])
    assert found.bibs == (1,)
    assert found.evidence["answers"] == 10
    assert list(patterns.too_regular(even[:9])) == []


def test_the_same_wrong_options_with_the_same_lag_make_a_case_of_two() -> None:
    first = [answer(1, n, 4_000, outcome="wrong") for n in (1, 2, 3)]
    second = [answer(2, n, 12_000 + 900 * n, outcome="wrong") for n in (1, 2, 3)]
    apart = [answer(3, n, 4_000 + 9_000 * n, outcome="wrong") for n in (1, 2, 3)]
    other = [answer(4, n, 4_000, outcome="wrong", chosen="b") for n in (1, 2, 3)]
    (found,) = patterns.same_wrong([*second, *first, *apart, *other])
    assert (found.bibs, found.subject) == ((1, 2), "1:2")
    assert [one["lag_ms"] for one in found.evidence["tasks"]] == [8_900, 9_800, 10_700]
    crowd = [answer(bib, n, 4_000, outcome="wrong") for bib in range(50) for n in (1, 2, 3)]
    assert list(patterns.same_wrong(crowd)) == [], "a common mistake tells nothing"


def test_contradictions_late_answers_and_a_wandering_focus_are_shown() -> None:
    told = [
        answer(1, 1, 20_000, outcome="late", chosen=None, late_ms=51_250),
        answer(1, 2, 5_000, contradicted=2),
    ]
    (late,) = patterns.late(told)
    assert late.evidence == {"tasks": [{"task": 1, "late_ms": 1_250}]}
    (twice,) = patterns.contradicted(told)
    assert twice.evidence == {"tasks": [{"task": 2, "times": 2}]}
    (away,) = patterns.focus_lost({1: 4, 2: 5})
    assert (away.bibs, away.evidence) == ((2,), {"times": 5})


def test_an_outage_proposes_what_it_took_from_each_racer_on_the_course() -> None:
    ways = [(1, 0, 100_000), (2, 12_000, 100_000), (3, 20_000, 90_000), (4, 0, 10_500)]
    (found,) = patterns.outages([(10_000, 15_000), (200_000, 201_000)], ways)
    assert found.bibs == (1, 2, 4)
    assert found.evidence["lost_ms"] == {"1": 5_000, "2": 3_000, "4": 500}
