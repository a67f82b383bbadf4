"""Organizers make races, copy them, change them until the start list is made, and no further."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from psot.database import Database
from psot.races import operations, queries
from psot.races.errors import EditedElsewhere, NotReady, RaceInvalid, UnknownRace, WrongStage
from psot.races.pools import check
from psot.races.stages import Stage
from psot.races.values import ClassView, RaceView
from tests.quizzes import the_pack
from tests.races import NOW, SMALL, a_race
from tests.web import a_member

HOUR = timedelta(hours=1)
LATE = [Stage.RUNNING, Stage.LOCKED, Stage.PROVISIONAL, Stage.OFFICIAL, Stage.CANCELLED]


def edited(session: Session, race: RaceView, **fields: Any) -> RaceView:
    now = queries.race(session, race.id)
    return operations.edit(session, race.id, version=now.version, by=None, now=NOW, **fields)


def made(session: Session, **fields: Any) -> RaceView:
    given = {"title": "Кубок", "format": "sprint"} | fields
    return operations.create(session, by=None, now=NOW, **given)


def test_a_new_race_is_a_draft_with_the_usual_pools(races: Database) -> None:
    with races.begin() as session:
        race = made(session, title="  Кубок   Урала ", options=SMALL)

        assert (race.title, race.stage, race.version) == ("Кубок Урала", Stage.DRAFT, 1)
        assert race.rules.stations == 1
        assert queries.pools(session, race.id) == {
            "station": ([], []),
            "P": ([], []),
            "S": ([], [2, 3]),
        }
        assert queries.secret(session, race.id) != bytes(32)
        assert race.secret_sha256 == ""


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"title": "  "}, "title"),
        ({"title": "я" * 121}, "title"),
        ({"format": "chess"}, "format"),
        ({"options": {"laps": 0}}, "options.laps"),
        ({"options": {"penalty": {"kind": "fine"}}}, "options.penalty.kind"),
        ({"options": {"colour": 1}}, "options.colour"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"protest_hours": -1}, "protest_hours"),
        ({"spectator_delay_s": 3601}, "spectator_delay_s"),
        ({"freeze_after_s": -1}, "freeze_after_s"),
        ({"starts_at": NOW, "zeroes_at": NOW + HOUR}, "starts_at"),
        ({"announces_at": NOW + HOUR, "closes_at": NOW}, "closes_at"),
        ({"from_race": uuid4()}, "from_race"),
    ],
)
def test_a_field_that_does_not_fit_is_named(
    races: Database, fields: dict[str, Any], name: str
) -> None:
    with races.begin() as session:
        with pytest.raises(RaceInvalid) as refused:
            made(session, **fields)

        assert [*refused.value.fields] == [name]


def test_a_refused_edit_changes_nothing(races: Database) -> None:
    with races.begin() as session:
        race = made(session)
    with pytest.raises(RaceInvalid), races.begin() as session:
        edited(session, race, title="Другой", protest_hours=-1)
    with races.begin() as session:
        assert queries.race(session, race.id) == race


def test_everything_wrong_is_told_at_once(races: Database) -> None:
    with races.begin() as session:
        with pytest.raises(RaceInvalid) as refused:
            made(session, title="", zone="here", normed_minutes=601)

        assert {*refused.value.fields} == {"title", "zone", "normed_minutes"}


def test_two_desks_do_not_overwrite_each_other(races: Database) -> None:
    with races.begin() as session:
        race = made(session)
        second = edited(session, race, title="Кубок севера")
        with pytest.raises(EditedElsewhere):
            operations.edit(
                session, race.id, version=race.version, by=None, now=NOW, title="Кубок юга"
            )

        assert second.version == 2
        assert queries.race(session, race.id).title == "Кубок севера"


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.ANNOUNCED, Stage.REGISTRATION])
def test_until_the_start_list_is_made_everything_can_be_changed(
    races: Database, stage: Stage
) -> None:
    with races.begin() as session:
        race = a_race(session, stage=stage)
        after = edited(session, race, format="individual", options={"stations": 2})

        assert (after.format, after.rules.stations) == ("individual", 2)


def test_with_the_list_made_only_what_nobody_committed_to_can_be_changed(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.ZEROING)
        after = edited(session, race, title="Кубок севера", starts_at=NOW + HOUR)
        with pytest.raises(WrongStage):
            edited(session, race, options={"stations": 2})
        with pytest.raises(WrongStage):
            operations.set_pools(session, race.id, {"P": ((), ())})
        with pytest.raises(WrongStage):
            operations.set_classes(session, race.id, [])

        assert (after.title, after.starts_at) == ("Кубок севера", NOW + HOUR)


@pytest.mark.parametrize("stage", LATE)
def test_after_the_start_only_the_jury_changes_something(races: Database, stage: Stage) -> None:
    with races.begin() as session:
        race = a_race(session, stage=stage)
        with pytest.raises(WrongStage):
            edited(session, race, title="Кубок севера")


def test_a_copy_has_the_rules_pools_and_classes_but_no_moments_and_nobody_in_it(
    races: Database,
) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.DRAFT, starts_at=NOW + HOUR, protest_hours=5)
        operations.set_pools(session, race.id, {"P": (["height"], [])})
        operations.set_classes(session, race.id, [CLASS])
        operations.enter_stage(session, race.id, Stage.REGISTRATION, now=NOW, by=None)
        after = operations.copy(session, race.id, by=None, now=NOW, title="Ещё раз")

        assert (after.title, after.stage, after.starts_at) == ("Ещё раз", Stage.DRAFT, None)
        assert (after.options, after.protest_hours) == (race.options, 5)
        assert queries.pools(session, after.id) == queries.pools(session, race.id)
        assert queries.classes(session, after.id) == [CLASS]
        assert queries.secret(session, after.id) != queries.secret(session, race.id)


CLASS = ClassView(code="ural", title="Урал", rule="region", values=("RU-TYU", "RU-SVE"))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"code": "Урал"}, "code"),
        ({"title": " "}, "title"),
        ({"values": ()}, "values"),
        ({"values": ("RU-XXX",)}, "values"),
        ({"rule": "age"}, "values"),
        ({"rule": "experience", "values": ("veteran",)}, "values"),
    ],
)
def test_a_class_that_cannot_be_is_refused(
    races: Database, change: dict[str, Any], name: str
) -> None:
    wrong = ClassView(
        **{"code": "x", "title": "X", "rule": "region", "values": ("RU-TYU",)} | change
    )
    with races.begin() as session:
        race = made(session)
        with pytest.raises(RaceInvalid) as refused:
            operations.set_classes(session, race.id, [CLASS, wrong])

        assert [*refused.value.fields] == [f"classes.1.{name}"]


def test_a_racer_belongs_to_every_class_whose_rule_fits(races: Database) -> None:
    classes = [
        CLASS,
        ClassView(code="new", title="Новички", rule="experience", values=("newcomer",)),
        ClassView(code="school", title="Школы", rule="employer", values=("education",)),
    ]
    with races.begin() as session:
        race = a_race(session, stage=Stage.DRAFT, racers=0)
        operations.set_classes(session, race.id, classes)
        operations.enter_stage(session, race.id, Stage.REGISTRATION, now=NOW, by=None)
        member = a_member(session).id
        operations.register(
            session, race.id, member, experience="newcomer", employer="education", now=NOW
        )
        operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)
        (racer,) = queries.start_list(session, race.id)

        assert [one.code for one in queries.classes(session, race.id) if one.holds(racer)] == [
            "ural",
            "new",
            "school",
        ]


def test_an_unknown_topic_is_no_pool(races: Database) -> None:
    with races.begin() as session:
        race = made(session)
        with pytest.raises(RaceInvalid) as refused:
            operations.set_pools(session, race.id, {"P": (["astrology"], []), "S": ([], [4])})

        assert {*refused.value.fields} == {"P", "S"}


def test_pools_are_checked_by_name_and_number(races: Database) -> None:
    with races.begin() as session:
        race = made(session)
        operations.set_pools(session, race.id, {"P": (["ppe"], []), "S": (["height"], [2, 3])})
        found = {one.kind: one for one in check(session, race.id)}
        single = [one for one in the_pack().questions.values() if one.kind == "single"]
        height = [one for one in single if one.topic == "height" and one.difficulty > 1]

        assert found["station"].needed == 18
        assert found["station"].wanted == 54
        assert found["S"].available == len(height) < found["S"].wanted


def test_a_race_whose_pools_cannot_serve_one_racer_is_not_announced(races: Database) -> None:
    with races.begin() as session:
        race = made(session)
        operations.set_pools(session, race.id, {"S": (["ppe"], [3])})
        for stage in (Stage.ANNOUNCED, Stage.REGISTRATION):
            with pytest.raises(NotReady) as refused:
                operations.enter_stage(session, race.id, stage, now=NOW, by=None)

            assert [*refused.value.fields] == ["pools.S"]


def test_every_question_of_the_frozen_set_serves_one_kind_of_task(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.ZEROING)
        found = queries.question_set(session, race.id)
        by_kind = {one.kind: one.available for one in check(session, race.id)}

        assert len({one.question.id for one in found}) == len(found)
        assert {one.question.kind for one in found} == {"single"}
        assert all(one.question.difficulty > 1 for one in found if one.kind == "S")
        for kind, available in by_kind.items():
            assert sum(one.kind == kind for one in found) >= available


def test_a_pursuit_of_nothing_is_not_announced(races: Database) -> None:
    with races.begin() as session:
        race = made(session, format="pursuit", options=SMALL)
        with pytest.raises(NotReady) as refused:
            operations.enter_stage(session, race.id, Stage.ANNOUNCED, now=NOW, by=None)

        assert [*refused.value.fields] == ["from_race"]


def test_a_race_that_does_not_exist_is_unknown(races: Database) -> None:
    with races.begin() as session, pytest.raises(UnknownRace):
        operations.edit(session, uuid4(), version=1, by=None, now=NOW, title="Кубок")
