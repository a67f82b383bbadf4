"""Start lists: every racer one bib, starts that never go back, teams that never leave a region."""

import hashlib
import hmac
import random
from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from psot.races.seeding import Candidacy, StartList, draw
from scoring.biathlon import Qualified, StartKind, format_names, load_format
from scoring.biathlon.course import course_of

SECRET = bytes(range(32))
RELAYS = [one for one in format_names() if load_format(one).relay]
PURSUITS = [one for one in format_names() if load_format(one).start.kind is StartKind.PURSUIT]
OTHERS = [one for one in format_names() if one not in {*RELAYS, *PURSUITS}]

fields = st.lists(
    st.builds(
        Candidacy,
        number=st.integers(1001, 9999),
        region=st.sampled_from(["RU-TYU", "RU-SVE", "RU-MOW"]),
        racer_class=st.sampled_from(["A", "B", None]),
        come=st.integers(0, 500),
    ),
    unique_by=lambda one: one.number,
    max_size=70,
)


def racers(*numbers: int, region: str = "RU-TYU") -> list[Candidacy]:
    return [
        Candidacy(number=one, region=region, racer_class="AB"[one % 2], come=place)
        for place, one in enumerate(numbers)
    ]


def order(drawn: StartList) -> list[int]:
    return [one.number for one in sorted(drawn.seats, key=lambda seat: seat.bib)]


def starts(drawn: StartList) -> list[int | None]:
    return [one.start_ms for one in drawn.lines]


@given(fields, st.sampled_from([*OTHERS, *RELAYS]), st.binary(min_size=32, max_size=32))
def test_everybody_has_one_bib_or_none_and_bibs_count_from_one(
    field: list[Candidacy], name: str, secret: bytes
) -> None:
    drawn = draw(load_format(name), field, secret)

    assert sorted(one.bib for one in drawn.seats) == [*range(1, len(drawn.seats) + 1)]
    seated = [one.number for one in drawn.seats]
    assert Counter([*seated, *drawn.left]) == Counter(one.number for one in field)


@given(fields, st.sampled_from(OTHERS))
def test_who_has_a_higher_bib_never_starts_earlier(field: list[Candidacy], name: str) -> None:
    drawn = draw(load_format(name), field, SECRET)
    lines = [one.start_ms or 0 for one in sorted(drawn.lines, key=lambda line: line.bib)]

    assert lines == sorted(lines)
    assert not lines or lines[0] == 0


@given(fields, st.sampled_from(RELAYS))
def test_a_team_is_of_one_region_and_races_every_leg_once(
    field: list[Candidacy], name: str
) -> None:
    rules = load_format(name)
    drawn = draw(rules, field, SECRET)
    region = {one.number: one.region for one in field}
    racer_class = {one.number: one.racer_class for one in field}
    who = {one.bib: one.number for one in drawn.seats}
    legs: dict[str | None, list[tuple[int, int]]] = defaultdict(list)
    for line in drawn.lines:
        legs[line.team].append((line.leg, line.bib))
    for team, raced in legs.items():
        assert [leg for leg, _ in sorted(raced)] == [*range(1, len(rules.legs) + 1)]
        assert len({bib for _, bib in raced}) == rules.team_size
        assert {region[who[bib]] for _, bib in raced} == {str(team).rpartition("-")[0]}
        for leg, bib in raced:
            wanted = rules.legs[leg - 1].racer_class
            assert racer_class[who[bib]] in ({wanted} if wanted else {"A", "B"})


@given(fields, st.randoms(use_true_random=False))
def test_the_order_of_registration_does_not_change_the_draw(
    field: list[Candidacy], chance: random.Random
) -> None:
    shuffled = list(field)
    chance.shuffle(shuffled)

    assert draw(load_format("sprint"), field, SECRET) == draw(
        load_format("sprint"), shuffled, SECRET
    )


def test_anybody_with_the_secret_can_draw_again() -> None:
    drawn = draw(load_format("sprint"), racers(1001, 1002, 1003, 1004, 1005), SECRET)
    lots = {
        number: hmac.new(SECRET, f"start:{number}".encode(), hashlib.sha256).hexdigest()
        for number in range(1001, 1006)
    }

    assert order(drawn) == sorted(lots, key=lambda number: lots[number])


def test_racers_of_a_single_start_follow_every_thirty_seconds() -> None:
    assert starts(draw(load_format("sprint"), racers(1, 2, 3), SECRET)) == [0, 30_000, 60_000]


def test_a_group_start_sends_them_in_waves() -> None:
    rules = load_format("sprint", {"start": {"kind": "group", "group": 2, "interval_s": 60}})

    assert starts(draw(rules, racers(1, 2, 3, 4, 5), SECRET)) == [0, 0, 60_000, 60_000, 120_000]


def test_who_registered_first_gets_the_places_of_a_limited_field() -> None:
    rules = load_format("mass_start", {"start": {"field": 3}})
    drawn = draw(rules, racers(5, 4, 3, 2, 1), SECRET)

    assert set(order(drawn)) == {5, 4, 3}
    assert drawn.left == (1, 2)


def test_the_ranked_of_an_earlier_race_come_first_in_its_order() -> None:
    rules = load_format("mass_start", {"start": {"field": 3}})
    earlier = [Qualified(bib=number, rank=rank, behind_ms=0) for rank, number in ((1, 1), (2, 2))]
    drawn = draw(rules, racers(5, 4, 3, 2, 1), SECRET, earlier=earlier, earlier_format="sprint")

    assert order(drawn) == [1, 2, 5]


def test_the_halves_of_a_mass_start_of_sixty_shoot_on_different_laps() -> None:
    rules = load_format("mass_start_60")
    drawn = draw(rules, racers(*range(1, 61)), SECRET)
    laps = [course_of(rules, leg=1, bib=one.bib).bout_laps[0] for one in drawn.seats]

    assert Counter(laps) == {1: 30, 2: 30}


EARLIER = [
    Qualified(bib=7, rank=1, behind_ms=0),
    Qualified(bib=5, rank=2, behind_ms=12_400),
    Qualified(bib=9, rank=2, behind_ms=12_400),
    Qualified(bib=3, rank=4, behind_ms=300_000),
]


def test_a_pursuit_starts_at_the_gaps_and_in_the_order_of_the_race_before() -> None:
    drawn = draw(
        load_format("pursuit"), racers(3, 5, 7, 9), SECRET, earlier=EARLIER, earlier_format="sprint"
    )

    assert order(drawn) == [7, 5, 9, 3]
    assert starts(drawn) == [0, 12_400, 12_400, 240_000]


def test_after_an_individual_the_gaps_of_a_pursuit_are_halved() -> None:
    drawn = draw(
        load_format("pursuit"), racers(3, 5), SECRET, earlier=EARLIER, earlier_format="individual"
    )

    assert starts(drawn) == [6_200, 150_000]


def test_who_has_no_place_in_the_race_before_is_left_out_of_a_pursuit() -> None:
    drawn = draw(
        load_format("pursuit"), racers(7, 8), SECRET, earlier=EARLIER, earlier_format="sprint"
    )

    assert (order(drawn), drawn.left) == ([7], (8,))


def test_a_pursuit_takes_only_its_field() -> None:
    rules = load_format("pursuit", {"start": {"field": 2}})
    drawn = draw(rules, racers(3, 5, 7, 9), SECRET, earlier=EARLIER, earlier_format="sprint")

    assert (order(drawn), drawn.left) == ([7, 5, 9], (3,))


def test_two_racers_take_turns_in_a_single_mixed_relay_under_the_same_bibs() -> None:
    drawn = draw(load_format("single_mixed_relay"), racers(2, 3), SECRET)

    assert [(one.leg, one.bib, one.start_ms) for one in drawn.lines] == [
        (1, 1, 0),
        (2, 2, None),
        (3, 1, None),
        (4, 2, None),
    ]
    assert order(drawn) == [2, 3]


def test_who_is_too_few_for_a_team_is_left() -> None:
    field = [*racers(1, 2, 3, 4, 5), *racers(6, 7, region="RU-SVE")]
    drawn = draw(load_format("relay"), field, SECRET)

    assert {one.team for one in drawn.seats} == {"RU-TYU-1"}
    assert len(drawn.left) == 3
    assert {6, 7} <= set(drawn.left)
