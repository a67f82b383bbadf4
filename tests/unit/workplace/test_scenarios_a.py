"""What six workplaces teach: looking closely pays, guessing does not."""

from collections.abc import Iterator
from typing import Any

import pytest

from content.quiz.loader import PACKS
from content.scenarios import load_scenarios, resolved
from scoring.workplace import judge, read_course

ROWS = load_scenarios(PACKS / "start")
MINE = (
    "workshop-walk",
    "switchboard-lockout",
    "roof-edge",
    "confined-entry",
    "hot-works-permit",
    "ppe-five-jobs",
)
SEEDS = range(8)
HALF_PPM = 500_000


def blanket(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Report every object, find every field wrong, put everything on: what is open at once."""
    for thing in row["objects"]:
        if not thing.get("absent"):
            yield {"kind": "report", "object": thing["id"]}
    for paper in row.get("documents", ()):
        if not paper.get("opens"):
            fields = [field["id"] for field in paper["fields"]]
            yield {"kind": "mark", "document": paper["id"], "fields": fields}
    for job in row.get("ppe", ()):
        if not job.get("opens") and not set(job.get("critical", ())) & set(job.get("forbid", ())):
            yield {"kind": "wear", "ppe": job["id"], "items": job["offer"]}
    yield {"kind": "finish"}


@pytest.mark.parametrize("name", MINE)
def test_who_points_at_everything_gets_less_than_half(name: str) -> None:
    row = ROWS[name]
    actions = [
        {"at_ms": 1_000 * nth, **action}
        for nth, action in enumerate(blanket(row), start=1)
        if row.get("hazards") or action["kind"] != "report"
    ]

    scores = [
        judge(read_course(resolved(row, seed=seed)), "check", actions).score.score_ppm
        for seed in SEEDS
    ]

    assert max(scores) < HALF_PPM


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [("roof-edge", "wind-edge", "wind-cradle"), ("hot-works-permit", "wire-oxygen", "wire-gas")],
)
def test_the_same_figure_is_safe_in_one_place_and_not_in_another(
    name: str, one: str, other: str
) -> None:
    told = {row["id"]: row for row in ROWS[name]["measurements"]}

    assert told[one]["value"] == told[other]["value"]
    assert (told[one]["verdict"], told[other]["verdict"]) == ("safe", "unsafe")


@pytest.mark.parametrize("name", MINE)
def test_runs_differ_by_their_seed(name: str) -> None:
    drawn = {
        (tuple(course.hazards), tuple(sorted((doc, *row.flaws) for doc, row in papers)))
        for seed in SEEDS
        for course in [read_course(resolved(ROWS[name], seed=seed))]
        for papers in [course.documents.items()]
    }

    assert len(drawn) > 1


@pytest.mark.parametrize("name", MINE)
def test_most_of_what_stands_around_is_in_order(name: str) -> None:
    for seed in SEEDS:
        course = read_course(resolved(ROWS[name], seed=seed))
        assert 2 * len(course.hazards) < len(course.things)
