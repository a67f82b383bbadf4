"""At the desk of a mixed relay an organizer says which class races which legs."""

from flask import Flask

from psot.races import queries
from psot.races.stages import Stage
from tests.races import a_race
from tests.web import database_of, sign_in


def test_a_class_of_ones_own_takes_legs_of_a_mixed_relay(app: Flask) -> None:
    with database_of(app).begin() as session:
        race = a_race(session, stage=Stage.DRAFT, format="mixed_relay", racers=0)
    organizer = sign_in(app, roles=("organizer",))
    address = f"/organizer/races/{race.id}/classes"
    form = {
        "title": "Школы",
        "rule": "employer",
        "values": "education",
        "legs": "leg-b",
        "version": str(race.version),
    }
    answer = organizer.post(address, data=form)
    page = organizer.get(address).text
    with database_of(app).begin() as session:
        (made,) = queries.classes(session, race.id)

    assert answer.status_code == 303
    assert (made.code, made.values) == ("leg-b", ("education",))
    assert "этапы 3, 4" in page


def test_where_legs_have_no_classes_none_are_offered(app: Flask) -> None:
    with database_of(app).begin() as session:
        race = a_race(session, stage=Stage.DRAFT, format="relay", racers=0)
    page = sign_in(app, roles=("organizer",)).get(f"/organizer/races/{race.id}/classes").text

    assert 'name="legs"' not in page


def test_the_rules_of_a_pursuit_and_of_a_super_sprint_open_at_the_desk(app: Flask) -> None:
    organizer = sign_in(app, roles=("organizer",))
    for format_ in ("pursuit", "super_sprint_final"):
        with database_of(app).begin() as session:
            race = a_race(session, stage=Stage.DRAFT, format=format_, racers=1)

        assert organizer.get(f"/organizer/races/{race.id}/rules").status_code == 200
