"""Histories that Hypothesis makes up: every kind of fact that the ratings listen to."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain
from uuid import UUID

from hypothesis import strategies as st

from tests.integration.ratings.history import (
    AUTUMN,
    SEASON,
    Entry,
    accepted,
    answered,
    answered_in_race,
    approved,
    calibrated,
    decided,
    member,
    moved,
    opened,
    practised,
    raced,
    registered,
    ruled,
    watched,
)

NEXT = "2027-Q1"

# Three weeks of autumn, and the days around the turn of the season.
days = st.one_of(st.integers(0, 20), st.integers(0, 20), st.integers(84, 97))
moments = days.map(lambda days: AUTUMN + timedelta(days=days, hours=days % 5))
seasons = st.sampled_from([SEASON, SEASON, NEXT])
people = st.integers(1, 4).map(member)
answers = st.builds(
    answered,
    people,
    st.sampled_from(["ppe-01", "ppe-02", "risk-01"]),
    nth=st.integers(1, 3),
    version=st.integers(1, 2),
    score_ppm=st.sampled_from([0, 333_333, 1_000_000]),
    response_ms=st.sampled_from([500, 3_000, 60_000]),
    at=moments,
)
homes = st.one_of(
    st.builds(registered, people, st.sampled_from(["RU-TYU", "RU-MOW"])),
    st.builds(moved, people, st.sampled_from(["RU-SVE", "RU-MOW"]), moments),
    st.builds(
        moved,
        people,
        st.sampled_from(["RU-SVE", "RU-TYU"]),
        st.just(datetime(2026, 9, 1, tzinfo=UTC)),
    ),
)
calibrations = st.builds(
    calibrated,
    st.integers(1, 3),
    season=seasons,
    weeks_elapsed=st.integers(1, 4),
    mean_ppm=st.integers(400_000, 800_000),
    facility_ppm=st.dictionaries(
        st.sampled_from(["ppe-01", "risk-01"]), st.integers(0, 1_000_000), max_size=2
    ),
    median_ms=st.dictionaries(st.sampled_from(["ppe-01", "ppe-02"]), st.just(40_000), max_size=2),
    left_out=st.dictionaries(
        st.sampled_from(["ppe-01", "ppe-02@1", "risk-01@2"]), st.just("too_easy"), max_size=2
    ),
)
races = st.one_of(
    st.builds(raced, people, st.integers(1, 2), minutes=st.just(20), at=moments),
    st.builds(
        answered_in_race,
        people,
        st.sampled_from(["ppe-01", "risk-01"]),
        st.integers(1, 2),
        score_ppm=st.sampled_from([0, 1_000_000]),
        at=moments,
    ),
    st.builds(
        watched,
        people,
        st.sampled_from(["r1", "r2"]),
        st.integers(1, 3),
        ms=st.integers(0, 300_000),
        at=moments,
    ),
)
practices = st.builds(
    practised,
    people,
    st.sampled_from(["roof", "tank"]),
    st.integers(1, 3),
    score_ppm=st.sampled_from([0, 500_000, 1_000_000]),
    minutes=st.sampled_from([0, 9]),
    at=moments,
)


def around_an_answer(who: UUID, answer: int) -> st.SearchStrategy[list[Entry]]:
    """Acceptances of one answer and what editors decided about it, in no order."""
    acceptances = st.builds(
        accepted,
        st.just(who),
        st.just(answer),
        by=st.sampled_from([90, 91]),
        by_expert=st.sampled_from([True, True, True, False]),
        at=moments,
    )
    # Decisions on one answer are counted, so that each number is one decision.
    decisions = st.builds(
        lambda nth, at: decided(who, answer, nth=nth, down=nth % 2 == 1, at=at),
        st.integers(1, 4),
        moments,
    )
    return st.lists(st.one_of(acceptances, acceptances, decisions), min_size=1, max_size=4)


given_answers = st.tuples(st.integers(1, 3).map(member), st.integers(1, 4)).flatmap(
    lambda one: around_an_answer(*one)
)
approvals = st.builds(
    approved,
    st.one_of(people, people, people, st.none()),
    st.sampled_from(["own-01", "own-02", "own-03", "own-04"]),
    version=st.sampled_from([1, 1, 2]),
    reviewer=st.sampled_from([member(3), member(92), member(92), None]),
    kind=st.sampled_from(["question", "question", "memo"]),
    at=moments,
)
rules = st.builds(
    ruled,
    full_week_min=st.sampled_from([30, 60]),
    prior_weight=st.sampled_from([5, 40]),
    contributions_per_week=st.sampled_from([1, 2]),
    region_min_attempts=st.sampled_from([1, 2]),
)
openings = st.tuples(
    st.builds(opened, rules=st.sampled_from([1, 1, 101])),
    st.builds(opened, st.just(NEXT), st.just(date(2027, 1, 1)), rules=st.sampled_from([1, 101])),
    rules,
)


def told_once(entries: list[Entry]) -> list[Entry]:
    """Leave the first of those that would stand under one key of the ledger."""
    once: dict[tuple[str, str], Entry] = {}
    for fact, key, at in entries:
        once.setdefault((fact.type, key), (fact, key, at))
    return list(once.values())


single = st.one_of(answers, answers, races, practices, homes, approvals, calibrations)

# Nearly always the seasons are opened by their rules: what waits for ever proves little.
entries = st.tuples(
    st.one_of(openings.map(list), openings.map(list), st.lists(rules, max_size=1)),
    st.lists(single, max_size=20),
    st.lists(given_answers, min_size=1, max_size=5),
).map(lambda parts: told_once([*parts[0], *parts[1], *chain.from_iterable(parts[2])]))
