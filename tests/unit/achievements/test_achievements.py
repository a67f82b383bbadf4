"""Which facts are deeds, and when enough of them make an achievement."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import Fact
from events.community import AnswerAccepted, ThreadAsked
from events.competition import ParticipationCredited, ShootingCleaned
from events.learning import AttemptFinished, QuestionAnswered
from events.library import VersionPublished
from events.recording import TimeCredited
from events.workplace import RunFinished
from scoring.achievements import AWARDS, BY_NAME, Deed, counted, deeds, earned, holds, merged

NOW = datetime(2026, 10, 7, 9, tzinfo=UTC)
ANNA = UUID(int=1)
RIGHT = 1_000_000


def thing(number: int) -> UUID:
    return UUID(int=0xB << 64 | number)


def accepted(answer: int, by: int) -> Fact:
    return AnswerAccepted(
        member=ANNA, thread=thing(answer), answer=thing(answer), by=thing(by), by_expert=False
    )


def answered(quiz: str = "ppe", *, nth: int = 1, response_ms: int = 9_000) -> Fact:
    return QuestionAnswered(
        member=ANNA,
        attempt=thing(7),
        quiz=quiz,
        mode="practice",
        question="ppe-01",
        question_version=1,
        nth=nth,
        score_ppm=0,
        response=None,
        response_ms=response_ms,
    )


def finished(
    quiz: str = "ppe.check", score_ppm: int = RIGHT, unanswered: tuple[str, ...] = ()
) -> Fact:
    return AttemptFinished(
        member=ANNA, attempt=thing(7), quiz=quiz, score_ppm=score_ppm, unanswered=unanswered
    )


def ran(how: str = "finished", mode: str = "check", *, number: int = 1, minutes: int = 12) -> Fact:
    return RunFinished(
        member=ANNA,
        run=thing(9),
        scenario="workshop-walk",
        version=1,
        mode=mode,
        number=number,
        how=how,
        score_ppm=RIGHT,
        duration_ms=60_000,
        minutes=minutes,
    )


def published(kind: str = "question", author: UUID | None = ANNA, reviewer: int = 5) -> Fact:
    return VersionPublished(
        kind=kind,
        name="ppe-99",
        pack="start",
        version=1,
        sha256="0" * 64,
        author=author,
        reviewer=thing(reviewer) if reviewer else None,
    )


def watched(minutes: int, number: int = 1) -> Fact:
    return TimeCredited(
        member=ANNA,
        recording="five-briefings",
        viewing=thing(1),
        check=thing(number),
        season="2026-Q4",
        ms=minutes * 60_000,
        parts=((0, 1),),
    )


def of(*told: tuple[Fact, datetime]) -> dict[str, list[Deed]]:
    """The deeds of facts that come in this order, by achievement."""
    known: dict[tuple[object, ...], Deed] = {}
    for seq, (fact, at) in enumerate(told, 1):
        for one in deeds(fact, at, seq):
            key = *one.group, one.key
            known[key] = merged(known[key], one) if key in known else one
    found: dict[str, list[Deed]] = {}
    for one in known.values():
        found.setdefault(one.award, []).append(one)
    return found


def award(name: str, *told: tuple[Fact, datetime]) -> tuple[datetime, str] | None:
    """When and where ``name`` was earned by what happened."""
    made = earned(BY_NAME[name], of(*told).get(name, ()))
    return (made.at, made.place) if made else None


def test_there_are_few_and_each_has_a_name_of_its_own() -> None:
    assert len(AWARDS) == len(BY_NAME) <= 8


def test_one_clean_bout_of_an_official_race_is_enough() -> None:
    clean = ShootingCleaned(race=thing(3), member=ANNA, bout=2)

    assert award("clean_shooting", (clean, NOW)) == (NOW, str(thing(3)))


def test_ten_accepted_answers_count_for_ten_different_people_only() -> None:
    friends = [(accepted(n, by=n % 2), NOW + timedelta(days=n)) for n in range(40)]
    people = [(accepted(n, by=n), NOW + timedelta(days=n)) for n in range(100, 110)]
    twice = [(accepted(1, by=n), NOW + timedelta(days=n)) for n in range(200, 230)]

    assert award("helped", *friends) is None
    assert award("helped", *twice) is None, "an answer counts once, for whoever accepted it first"
    assert award("helped", *people[:9]) is None
    assert award("helped", *people) == (people[-1][1], str(thing(109)))


def test_nobody_helps_by_accepting_an_own_answer() -> None:
    own = AnswerAccepted(member=ANNA, thread=thing(1), answer=thing(2), by=ANNA, by_expert=False)

    assert list(deeds(own, NOW, 1)) == []


@pytest.mark.parametrize(
    ("answers", "unanswered", "score_ppm", "mastered"),
    [(8, 0, 800_000, True), (7, 1, 800_000, True), (7, 0, RIGHT, False), (10, 0, 799_999, False)],
)
def test_a_topic_is_mastered_by_a_check_of_eight_questions_and_four_fifths(
    answers: int,
    unanswered: int,
    score_ppm: int,
    mastered: bool,  # noqa: FBT001 - what the table says
) -> None:
    end = finished(score_ppm=score_ppm, unanswered=tuple(f"q{n}@1" for n in range(unanswered)))
    told = [(answered("ppe.check", nth=2), NOW)] * answers + [(end, NOW + timedelta(hours=1))]

    found = award("topic_mastered", *told)

    assert found == ((NOW + timedelta(hours=1), str(thing(7))) if mastered else None)


def test_a_check_that_has_not_ended_is_nothing_yet() -> None:
    assert award("topic_mastered", *[(answered("ppe.check"), NOW)] * 10) is None


def test_only_a_check_of_a_topic_is_one() -> None:
    assert "topic_mastered" not in of((answered("ppe"), NOW), (finished("ppe"), NOW))


@pytest.mark.parametrize(
    ("how", "mode", "safe"),
    [("finished", "check", True), ("critical", "check", False), ("finished", "practice", False)],
)
def test_practice_is_safe_where_a_check_went_to_its_end(
    how: str,
    mode: str,
    safe: bool,  # noqa: FBT001 - what the table says
) -> None:
    assert award("safe_practice", (ran(how, mode), NOW)) == ((NOW, str(thing(9))) if safe else None)


@pytest.mark.parametrize(
    ("author", "reviewer", "kind", "own"),
    [
        (ANNA, 5, "question", True),
        (ANNA, 0, "question", False),
        (None, 5, "question", False),
        (thing(5), 5, "question", False),
        (ANNA, 5, "lesson", False),
    ],
)
def test_a_question_is_one_s_own_where_somebody_else_let_it_pass(
    author: UUID | None,
    reviewer: int,
    kind: str,
    own: bool,  # noqa: FBT001 - what the table says
) -> None:
    assert bool(of((published(kind, author, reviewer), NOW))) is own


def test_five_races_are_five_different_ones() -> None:
    def race(number: int) -> tuple[Fact, datetime]:
        fact = ParticipationCredited(race=thing(number), member=ANNA, minutes=30)
        return fact, NOW + timedelta(days=number)

    assert award("five_races", *[race(n) for n in (1, 2, 3, 4, 4, 4)]) is None
    assert award("five_races", *[race(n) for n in (5, 1, 2, 3, 4)]) == (
        NOW + timedelta(days=5),
        str(thing(5)),
    )


def test_ten_full_weeks_of_a_season_are_counted_when_the_tenth_is_over() -> None:
    week = timedelta(weeks=1)
    full = [(watched(90, n), NOW + n * week) for n in range(10)]

    assert award("steady_weeks", *full[:9]) is None
    at, place = award("steady_weeks", *full) or (None, "")
    assert place == "2026-12-03"
    assert at == datetime(2026, 12, 9, 21, tzinfo=UTC), "midnight in Moscow"


def test_weeks_of_two_seasons_do_not_add_up() -> None:
    told = [(watched(90, n), NOW + timedelta(weeks=n + 4)) for n in range(12)]

    assert [len(of(*told)["steady_weeks"]), award("steady_weeks", *told[:8])] == [12, None]
    assert {one.subject for one in of(*told)["steady_weeks"]} == {"2026-Q4", "2027-Q1"}


def test_the_last_week_of_a_season_ends_with_it() -> None:
    (last,) = of((watched(90), datetime(2026, 12, 30, tzinfo=UTC)))["steady_weeks"]

    assert (last.key, last.at) == ("2026-12-24", datetime(2026, 12, 31, 21, tzinfo=UTC))


def test_a_week_is_made_of_what_was_done_for_the_first_time_and_not_in_a_rush() -> None:
    race = ParticipationCredited(race=thing(1), member=ANNA, minutes=30)
    told = [
        answered(),
        answered(nth=2),
        answered(response_ms=1_999),
        watched(20),
        race,
        ran(),
        ran(number=2),
        ran("stopped", minutes=0),
    ]

    (week,) = of(*[(one, NOW) for one in told])["steady_weeks"]

    assert week.amount == (3 + 20 + 30 + 12) * 60_000
    assert not holds(BY_NAME["steady_weeks"], week)


def test_what_tells_of_no_deed_is_none() -> None:
    assert list(deeds(ThreadAsked(member=ANNA, thread=thing(1), topic=""), NOW, 1)) == []


TELLINGS = st.builds(
    Deed,
    member=st.just(ANNA),
    award=st.just("helped"),
    key=st.sampled_from("ab"),
    amount=st.integers(0, 5),
    score_ppm=st.integers(0, RIGHT),
    at=st.none() | st.integers(0, 9).map(lambda days: NOW + timedelta(days=days)),
    by=st.sampled_from(("", "x", "y")),
)


@given(st.lists(TELLINGS, min_size=3, max_size=3))
def test_what_is_told_of_a_deed_adds_up_in_any_order(told: list[Deed]) -> None:
    numbered = [
        replace(one, key="a", seq=seq, by=one.by if one.at else "") for seq, one in enumerate(told)
    ]

    found = {merged(merged(one, two), three).at for one, two, three in permutations(numbered)} | {
        merged(one, merged(two, three)).at for one, two, three in permutations(numbered)
    }
    sums = {merged(merged(one, two), three).amount for one, two, three in permutations(numbered)}

    assert len(found) == len(sums) == 1


@given(st.lists(TELLINGS))
def test_more_deeds_never_make_an_achievement_later(told: list[Deed]) -> None:
    numbered = [
        replace(one, key=str(seq), seq=seq, by=str(seq % 12)) for seq, one in enumerate(told * 4)
    ]

    made = [earned(BY_NAME["helped"], numbered[:n]) for n in range(len(numbered) + 1)]
    moments = [one.at for one in made if one]

    assert moments == sorted(moments, reverse=True)
    assert made == sorted(made, key=lambda one: one is not None), "what is earned stays earned"
    assert len(counted(BY_NAME["helped"], numbered)) <= 12
