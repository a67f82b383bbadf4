"""The vocabulary: names, frozen shapes, the wire both ways, and how old shapes become new ones."""

import json
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import events
from events.base import Fact, fact
from events.handbook import handbook
from events.learning import QuestionAnswered
from events.shapes import freeze, json_schema

SCHEMAS = Path(events.__file__).parent / "schemas"
MEMBER = UUID("0190f0c4-0000-7000-8000-000000000001")


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A catalogue of one's own, so that no test fact reaches the product's."""
    catalogue: dict[str, Any] = dict(events.CATALOGUE)
    for module in ("base", "codec"):
        monkeypatch.setattr(f"events.{module}.CATALOGUE", catalogue)
    return catalogue


def values(shape: type[Fact]) -> st.SearchStrategy[Fact]:
    st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
    return st.builds(shape)


@pytest.mark.parametrize("name", sorted(events.CATALOGUE))
def test_every_fact_has_its_frozen_schema_and_still_fits_it(name: str) -> None:
    frozen = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))

    assert json_schema(events.CATALOGUE[name]) == frozen


def test_no_frozen_schema_is_left_without_its_fact() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == set(events.CATALOGUE)


LIVING = sorted(name for name, entry in events.CATALOGUE.items() if entry.successor is None)


@given(st.data())
@pytest.mark.parametrize("name", LIVING)
def test_a_fact_comes_back_from_the_wire_as_it_went(name: str, data: st.DataObject) -> None:
    told = data.draw(values(events.CATALOGUE[name].shape))

    wired = json.loads(json.dumps(events.dump(told)))

    assert events.load(name, wired) == told
    assert events.recall(name, wired) == told


def test_a_fact_cannot_be_changed() -> None:
    told = events.member.MemberRegistered(member=MEMBER, region="RU-TYU")

    with pytest.raises(FrozenInstanceError):
        told.region = "RU-ALT"  # type: ignore[misc]  # that is the point


def test_a_name_off_the_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a fact name"):
        fact("psot.member.Registered")


@pytest.mark.usefixtures("scratch")
def test_a_name_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        fact("psot.member.registered.v1")


@pytest.mark.usefixtures("scratch")
def test_half_an_upcast_is_refused() -> None:
    with pytest.raises(ValueError, match="successor and an upcast"):
        fact("psot.test.thing.v1", successor="psot.test.thing.v2")


@pytest.mark.usefixtures("scratch")
def test_an_old_version_is_read_as_the_newest() -> None:
    @fact(
        "psot.test.thing.done.v1",
        successor="psot.test.thing.done.v2",
        upcast=lambda data: {**data, "unit": "s"},
    )
    class Old(Fact):
        took: int

    @fact("psot.test.thing.done.v2")
    class New(Fact):
        took: int
        unit: str

    assert events.load("psot.test.thing.done.v1", {"took": 3}) == New(took=3, unit="s")
    assert events.names_of(New) == ("psot.test.thing.done.v1", "psot.test.thing.done.v2")


def test_an_unknown_name_is_named() -> None:
    with pytest.raises(events.UnknownFact, match=r"psot\.member\.vanished\.v1"):
        events.load("psot.member.vanished.v1", {})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"region": 7}, "region"),
        ({"member": "nobody"}, "member"),
        ({"colour": "amber"}, "colour"),
    ],
)
def test_data_off_the_shape_is_refused_by_field(change: dict[str, Any], field: str) -> None:
    data = {"member": str(MEMBER), "region": "RU-TYU", **change}

    with pytest.raises(events.MalformedFact) as caught:
        events.load("psot.member.registered.v1", data)

    assert set(caught.value.problems) == {field}


def test_a_fact_with_a_value_of_the_wrong_type_is_not_written() -> None:
    told = events.member.MemberRegistered(member=MEMBER, region=7)  # type: ignore[arg-type]  # that is the point

    with pytest.raises(events.MalformedFact):
        events.dump(told)


@pytest.mark.usefixtures("scratch")
def test_a_field_of_a_type_that_json_does_not_know_is_refused() -> None:
    @fact("psot.test.thing.weighed.v1")
    class Weighed(Fact):
        weight: complex

    with pytest.raises(TypeError, match="cannot carry"):
        events.dump(Weighed(weight=1j))


@pytest.mark.usefixtures("scratch")
def test_a_moment_on_the_wire_has_its_offset() -> None:
    @fact("psot.test.thing.seen.v1")
    class Seen(Fact):
        at: datetime
        on: date | None
        by: tuple[UUID, ...]

    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    wired = events.dump(Seen(at=noon, on=None, by=(MEMBER,)))

    assert wired == {"at": "2026-11-22T12:00:00+00:00", "on": None, "by": [str(MEMBER)]}
    assert events.load("psot.test.thing.seen.v1", wired) == Seen(at=noon, on=None, by=(MEMBER,))
    with pytest.raises(events.MalformedFact):
        events.load("psot.test.thing.seen.v1", {**wired, "at": "2026-11-22T12:00:00"})


def test_dates_and_maps_keep_their_types() -> None:
    opened = events.rating.SeasonOpened(
        season="2026-Q4", starts_on=date(2026, 9, 28), weeks=13, rules=1, mean_ppm=620_000
    )
    calibrated = events.rating.SeasonCalibrated(
        season="2026-Q4",
        number=1,
        weeks_elapsed=2,
        mean_ppm=620_000,
        facility_ppm={"height-01": 700_000},
        median_ms={},
        left_out={"height-02@3": "negative_discrimination"},
        left_out_at={"height-02@3": datetime(2026, 11, 22, 12, tzinfo=UTC)},
    )

    for told in (opened, calibrated):
        assert events.load(told.type, events.dump(told)) == told


@pytest.mark.usefixtures("scratch")
def test_a_map_holds_what_json_knows_and_what_it_does_not() -> None:
    @fact("psot.test.thing.counted.v1")
    class Counted(Fact):
        times: dict[str, int]
        last_at: dict[str, datetime]

    told = Counted(times={"a": 3}, last_at={"a": datetime(2026, 11, 22, 12, tzinfo=UTC)})

    assert events.load(told.type, events.dump(told)) == told


def test_freezing_writes_what_is_missing_and_leaves_the_rest(tmp_path: Path) -> None:
    kept = tmp_path / "psot.member.moved.v1.json"
    kept.write_text("{}")

    born = freeze(tmp_path)

    assert set(born) == set(events.CATALOGUE) - {"psot.member.moved.v1"}
    assert kept.read_text() == "{}"
    assert freeze(tmp_path) == []


def test_a_fact_whose_date_is_text_is_not_written() -> None:
    told = events.rating.SeasonOpened(
        season="2026-Q4",
        starts_on="2026-09-28",  # type: ignore[arg-type]  # that is the point
        weeks=13,
        rules=1,
        mean_ppm=620_000,
    )

    with pytest.raises(events.MalformedFact, match=r"season\.opened"):
        events.dump(told)


def test_the_handbook_tells_every_fact_as_it_is() -> None:
    page = Path(events.__file__).parents[1] / "docs" / "events.md"

    assert page.read_text(encoding="utf-8") == handbook(), "run python -m events.handbook"


def test_an_answer_of_the_first_version_says_that_its_response_was_not_kept() -> None:
    ids = dict.fromkeys(("member", "attempt"), str(UUID(int=1)))
    numbers = {"question_version": 1, "nth": 1, "score_ppm": 0, "response_ms": 5}
    old = {**ids, "quiz": "ppe", "question": "ppe-01", **numbers}

    read = events.load("psot.learning.question.answered.v1", old)

    assert isinstance(read, QuestionAnswered)
    assert (read.mode, read.response) == ("practice", None)
    assert events.names_of(QuestionAnswered) == (
        "psot.learning.question.answered.v1",
        "psot.learning.question.answered.v2",
    )
