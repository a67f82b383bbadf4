"""A race goes through its stages by the table, does each stage's work, and tells every step."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from sqlalchemy import select

from psot.database import Database
from psot.members.models import Mail
from psot.races import operations, proof, queries, surroundings
from psot.races.errors import NotReady, UnknownRace, WrongStage
from psot.races.models import Race
from psot.races.signals import list_undone
from psot.races.stages import FOLLOWS, Stage
from psot.races.startlist import document, lots
from psot.races.values import ClassView
from scoring.biathlon import Qualified
from tests.integration.races.told import told
from tests.races import NOW, SMALL, a_race, enter, racer
from tests.web import a_member

SECOND = timedelta(seconds=1)
IMPOSSIBLE = [(one, other) for one, other in product(Stage, Stage) if other not in FOLLOWS[one]]


@pytest.mark.parametrize("before", [*Stage])
def test_what_cannot_follow_is_refused(races: Database, before: Stage) -> None:
    with races.begin() as session:
        race = a_race(session, stage=before)
        for stage in (other for one, other in IMPOSSIBLE if one is before):
            with pytest.raises(WrongStage):
                operations.enter_stage(session, race.id, stage, now=NOW, by=None)

        assert queries.race(session, race.id).stage is before


def test_every_step_is_a_fact_with_who_did_it(races: Database) -> None:
    with races.begin() as session:
        organizer = a_member(session, roles=("organizer",)).id
        race = a_race(session, stage=Stage.DRAFT, racers=0)
        for stage in (Stage.ANNOUNCED, Stage.DRAFT, Stage.ANNOUNCED):
            operations.enter_stage(session, race.id, stage, now=NOW, by=organizer)
        operations.enter_stage(session, race.id, Stage.REGISTRATION, now=NOW, by=None)

        facts = told(session, race.id, "stage.entered")
        assert [(one["stage"], one["by"]) for one in facts] == [
            ("announced", str(organizer)),
            ("draft", str(organizer)),
            ("announced", str(organizer)),
            ("registration", None),
        ]


def test_two_hands_at_once_make_one_step(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.ZEROING)

    def run(_: int) -> bool:
        try:
            with races.begin() as session:
                operations.enter_stage(session, race.id, Stage.RUNNING, now=NOW, by=None)
        except WrongStage:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(run, range(4)))
    with races.begin() as session:
        assert done == 1
        assert [one["stage"] for one in told(session, race.id, "stage.entered")].count(
            "running"
        ) == 1


def test_the_start_list_is_told_by_its_hash(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.ZEROING, racers=3)
        number = {one.bib: one.number for one in queries.start_list(session, race.id)}
        lines = [
            {
                "bib": one.bib,
                "leg": one.leg,
                "team": one.team,
                "start_ms": one.start_ms,
                "number": number[one.bib],
            }
            for one in queries.starts(session, race.id)
        ]

        (fact,) = told(session, race.id, "start.listed")
        assert (fact["racers"], fact["sha256"]) == (3, proof.sha256(lines))
        assert [one["start_ms"] for one in lines] == [0, 30_000, 60_000]


def test_before_the_start_the_race_commits_to_its_secret_questions_and_rules(
    races: Database,
) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.ZEROING)
        secret = queries.secret(session, race.id)
        questions = queries.question_set(session, race.id)

        (fact,) = told(session, race.id, "draw.committed")
        assert fact["secret_sha256"] == hashlib.sha256(secret).hexdigest() == race.secret_sha256
        assert fact["questions_sha256"] == proof.sha256(proof.questions_document(questions))
        assert fact["rules_sha256"] == proof.sha256(proof.rules_document(race.rules))
        assert secret.hex() not in repr(race) + str(fact)


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.OFFICIAL])
def test_the_secret_stays_one_until_the_race_is_official(races: Database, stage: Stage) -> None:
    with races.begin() as session:
        race = a_race(session, stage=stage)

        assert told(session, race.id, "draw.revealed") == []


def test_an_official_race_reveals_its_secret(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.OFFICIAL)

        (fact,) = told(session, race.id, "draw.revealed")
        assert hashlib.sha256(bytes.fromhex(fact["secret"])).hexdigest() == race.secret_sha256


def test_stages_after_the_race_are_stamped(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.RUNNING)
        for number, stage in enumerate((Stage.LOCKED, Stage.PROVISIONAL, Stage.OFFICIAL)):
            operations.enter_stage(session, race.id, stage, now=NOW + number * SECOND, by=None)
        after = queries.race(session, race.id)

        assert [after.locked_at, after.provisional_at, after.official_at] == [
            NOW,
            NOW + SECOND,
            NOW + 2 * SECOND,
        ]
        assert after.protests_until == NOW + SECOND + timedelta(hours=24)


@pytest.mark.parametrize(
    ("starts_at", "zero_at"),
    [
        (None, NOW + 10 * SECOND),
        (NOW + 7 * SECOND, NOW + 7 * SECOND),
        (NOW - SECOND, NOW - SECOND),
        (NOW - 2 * SECOND, NOW + 10 * SECOND),
        (NOW + timedelta(minutes=20), NOW + 10 * SECOND),
    ],
    ids=["by hand", "on time", "just passed", "too late", "early by hand"],
)
def test_the_zero_is_the_scheduled_start_or_a_countdown(
    races: Database, starts_at: datetime | None, zero_at: datetime
) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.RUNNING, starts_at=starts_at)

        assert race.zero_at == zero_at


def test_opening_registration_again_undoes_the_list_but_not_the_secret(races: Database) -> None:
    undone: list[UUID] = []

    def note(_session: object, *, race: UUID) -> None:
        undone.append(race)

    with races.begin() as session, list_undone.connected_to(note):
        race = a_race(session, stage=Stage.ZEROING)
        secret = queries.secret(session, race.id)
        back = operations.enter_stage(session, race.id, Stage.REGISTRATION, now=NOW, by=None)
        empty = (
            queries.start_list(session, race.id),
            queries.starts(session, race.id),
            queries.question_set(session, race.id),
        )
        enter(session, race.id, [a_member(session).id])
        again = operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)

        assert undone == [race.id]
        assert empty == ([], [], ())
        assert (back.secret_sha256, back.questions_sha256, back.rules_sha256) == ("", "", "")
        assert len(queries.start_list(session, race.id)) == 3
        # Who could draw another secret could draw until a favourite starts first.
        assert queries.secret(session, race.id) == secret
        assert again.secret_sha256 == race.secret_sha256
        assert len(told(session, race.id, "draw.committed")) == 2


def test_a_race_without_racers_is_not_zeroed(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=0)
        with pytest.raises(NotReady):
            operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)


def test_who_withdrew_is_not_on_the_list(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=2)
        leaver = a_member(session).id
        operations.register(session, race.id, leaver, now=NOW)
        operations.withdraw(session, race.id, leaver, now=NOW)
        operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)

        assert leaver not in {one.member for one in queries.start_list(session, race.id)}


def test_who_finds_no_place_is_told_by_letter(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=0, format="relay")
        members = [a_member(session, language="en") for _ in range(5)]
        lonely = a_member(session, region="RU-SVE", language="en")
        enter(session, race.id, [*(one.id for one in members), lonely.id])
        operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)
        letters = {one.recipient: one.body for one in session.scalars(select(Mail))}
        racing = {one.member for one in queries.start_list(session, race.id)}

        assert len(racing) == 4
        assert {*letters} == {one.email for one in [*members, lonely] if one.id not in racing}
        assert "full team" in letters[lonely.email]


def test_a_relay_without_a_full_team_is_not_zeroed(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=3, format="relay")
        with pytest.raises(NotReady, match="team"):
            operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)


def of_employers(code: str, *values: str) -> ClassView:
    return ClassView(code=code, title=code, rule="employer", values=values)


@pytest.mark.parametrize(
    ("classes", "legs"),
    [
        ([], {1: "newcomer", 2: "experienced"}),
        ([of_employers("leg-a", "education")], {1: "education", 2: "public_body"}),
        ([of_employers("leg-b", "education")], {1: "public_body", 2: "education"}),
        (
            [of_employers("leg-b", "public_body"), of_employers("leg-a", "education")],
            {1: "education", 2: "public_body"},
        ),
        ([of_employers("ural", "education")], {1: "newcomer", 2: "experienced"}),
    ],
    ids=["experience", "own A", "own B", "both own", "another class"],
)
def test_the_organizer_chooses_who_races_which_legs_of_a_mixed_relay(
    races: Database, classes: list[ClassView], legs: dict[int, str]
) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.DRAFT, format="single_mixed_relay", racers=0)
        operations.set_classes(session, race.id, classes)
        operations.enter_stage(session, race.id, Stage.REGISTRATION, now=NOW, by=None)
        for experience, employer in (("newcomer", "education"), ("experienced", "public_body")):
            operations.register(
                session,
                race.id,
                a_member(session).id,
                experience=experience,
                employer=employer,
                now=NOW,
            )
        operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)
        racers = {one.bib: one for one in queries.start_list(session, race.id)}

        for leg, line in enumerate(queries.starts(session, race.id)[:2], 1):
            racer_ = racers[line.bib]
            assert legs[leg] in {racer_.experience, racer_.employer}


def test_who_is_of_neither_class_of_a_mixed_relay_finds_no_team(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.DRAFT, format="single_mixed_relay", racers=0)
        classes = [of_employers("leg-a", "education"), of_employers("leg-b", "public_body")]
        operations.set_classes(session, race.id, classes)
        operations.enter_stage(session, race.id, Stage.REGISTRATION, now=NOW, by=None)
        for employer in ("education", "public_body", "self_employed"):
            operations.register(session, race.id, a_member(session).id, employer=employer, now=NOW)
        operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)

        assert {one.employer for one in queries.start_list(session, race.id)} == {
            "education",
            "public_body",
        }


def protocol(rows: list[Qualified]) -> Callable[..., list[dict[str, object]]]:
    return lambda *_: [
        {"bib": one.bib, "rank": one.rank, "behind_ms": one.behind_ms} for one in rows
    ]


def test_a_pursuit_starts_by_the_protocol_of_the_race_before(races: Database) -> None:
    rows = [
        Qualified(bib=2, rank=1, behind_ms=0),
        Qualified(bib=3, rank=2, behind_ms=4_200),
        Qualified(bib=1, rank=3, behind_ms=500_000),
    ]
    surroundings.attach(races, surroundings.Surroundings(results=protocol(rows)))
    with races.begin() as session:
        before = a_race(session, stage=Stage.PROVISIONAL, racers=3)
        order = [racer(session, before.id, bib) for bib in (2, 3, 1)]
        race = operations.create(
            session,
            by=None,
            title="Гонка преследования",
            format="pursuit",
            options=SMALL,
            now=NOW,
            from_race=before.id,
        )
        operations.enter_stage(session, race.id, Stage.REGISTRATION, now=NOW, by=None)
        stranger = a_member(session).id
        enter(session, race.id, [stranger, *reversed(order)])
        operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)

        assert [one.member for one in queries.start_list(session, race.id)] == order
        assert [one.start_ms for one in queries.starts(session, race.id)] == [0, 4_200, 240_000]


def test_a_pursuit_waits_for_the_results_of_the_race_before(races: Database) -> None:
    surroundings.attach(races, surroundings.Surroundings(results=lambda *_: None))
    with races.begin() as session:
        before = a_race(session, stage=Stage.RUNNING)
        race = a_race(session, format="pursuit", from_race=before.id)
        with pytest.raises(NotReady) as refused:
            operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)

        assert [*refused.value.fields] == ["from_race"]


def test_the_public_board_can_be_let_go_and_frozen_again(races: Database) -> None:
    later = NOW + timedelta(hours=1)
    with races.begin() as session:
        race = a_race(session, stage=Stage.RUNNING, freeze_after_s=600)
        let_go = operations.set_frozen(session, race.id, frozen=False, now=later)
        frozen = operations.set_frozen(session, race.id, frozen=True, now=later)

        assert race.frozen_ms(later) == 600_000
        assert let_go.frozen_ms(later) is None
        assert frozen.frozen_ms(later) == 600_000


def test_the_jurys_facts_are_counted_one_by_one(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.RUNNING)

    def count(_: int) -> int:
        with races.begin() as session:
            return operations.count_told(session, race.id)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(count, range(8))) == [*range(1, 9)]
    with races.begin() as session:
        assert queries.jury_told(session, race.id) == 8
        with pytest.raises(UnknownRace):
            operations.count_told(session, UUID(int=1))


def test_a_leg_opens_at_the_exchange_and_the_first_moment_stands(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.RUNNING, format="single_mixed_relay")
        team = queries.starts(session, race.id)[0].team or ""
        operations.end_leg(session, race.id, 1, 1, 61_000)
        operations.end_leg(session, race.id, 1, 1, 99_000)
        bibs = [operations.open_leg(session, race.id, team, 2, ms) for ms in (61_000, 99_000)]
        beyond = operations.open_leg(session, race.id, team, 5, 99_000)
        first, second, *_ = queries.starts(session, race.id)

        assert (first.ended_ms, second.start_ms) == (61_000, 61_000)
        assert (bibs, beyond) == ([2, 2], None)


def test_an_example_of_the_list_is_not_the_draw(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=12)
        row = session.get_one(Race, race.id)
        examples = {repr(document(lots(session, row)[1])) for _ in range(5)}

        assert len(examples) > 1
