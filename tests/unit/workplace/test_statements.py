"""Runs as xAPI statements: the standard verbs, the same ids for the same facts."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from events import Fact
from events.member import MemberRegistered
from events.workplace import Acted, RunFinished, RunStarted
from psot.workplace.statements import Statement, statements

MEMBER, RUN = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def told(fact: Fact) -> list[Statement]:
    return statements(fact, at=AT, base_url="https://psot.test/")


def verbs(fact: Fact) -> list[str]:
    return [one["verb"]["id"] for one in told(fact)]


def finished(how: str, score_ppm: int) -> RunFinished:
    return RunFinished(
        member=MEMBER,
        run=RUN,
        scenario="roof",
        version=2,
        mode="check",
        number=1,
        how=how,
        score_ppm=score_ppm,
        duration_ms=425_120,
        minutes=9 if how == "finished" else 0,
    )


@pytest.mark.parametrize(
    ("how", "score_ppm", "expected"),
    [
        ("finished", 700_000, ["completed", "passed"]),
        ("finished", 699_999, ["completed", "failed"]),
        ("critical", 900_000, ["failed", "terminated"]),
        ("stopped", 0, ["terminated"]),
    ],
)
def test_an_end_has_its_verbs(how: str, score_ppm: int, expected: list[str]) -> None:
    base = "http://adlnet.gov/expapi/verbs/"

    assert verbs(finished(how, score_ppm)) == [f"{base}{one}" for one in expected]


def test_a_result_has_score_success_and_duration() -> None:
    result = told(finished("finished", 850_000))[0]["result"]

    assert result == {
        "score": {"scaled": 0.85},
        "completion": True,
        "success": True,
        "duration": "PT425.12S",
    }


def test_a_start_and_an_action_say_what_they_are() -> None:
    started = RunStarted(
        member=MEMBER,
        run=RUN,
        scenario="roof",
        version=2,
        mode="practice",
        seed=5,
        number=1,
        group=None,
    )
    acted = Acted(
        member=MEMBER,
        run=RUN,
        scenario="roof",
        nth=3,
        at_ms=4_200,
        action='{"kind":"report","object":"ladder"}',
    )

    [begun], [done] = told(started), told(acted)

    assert begun["verb"]["id"].endswith("/initialized")
    assert begun["object"]["id"] == "https://psot.test/workplace/roof"
    assert begun["actor"]["account"] == {"homePage": "https://psot.test", "name": str(MEMBER)}
    assert done["verb"]["id"].endswith("/interacted")
    assert done["context"]["registration"] == str(RUN)
    action = done["context"]["extensions"]["https://psot.test/xapi/extensions/action"]
    assert action == {"kind": "report", "object": "ladder"}
    assert "seed" not in str(begun), "who has the seed knows what is present"


def test_the_same_fact_has_the_same_ids_and_others_have_others() -> None:
    one, two = told(finished("finished", 1)), told(finished("finished", 1))

    assert one == two
    assert len({each["id"] for each in one}) == 2
    assert told(MemberRegistered(member=MEMBER, region="RU-TYU")) == []
