"""What runs are worth, worked by hand."""

from typing import Any

import pytest
import yaml

from scoring.workplace import judge
from tests.workplace import GOLDEN, mini_course

WORKED: list[dict[str, Any]] = yaml.safe_load((GOLDEN / "worked.yaml").read_text(encoding="utf-8"))
POSSIBLE = 83


@pytest.mark.parametrize("run", WORKED, ids=lambda run: run["story"])
def test_a_run_is_worth_what_was_worked_out_by_hand(run: dict[str, Any]) -> None:
    judgement = judge(mini_course(1), run.get("mode", "practice"), run["actions"])
    score = judgement.score
    parts = {one.id: [one.earned, one.verdict] for one in score.parts if one.kind != "order"}

    assert {name: getattr(score, name) for name in run["score"]} == run["score"]
    assert score.possible == POSSIBLE
    assert {name: parts[name] for name in run.get("parts", {})} == run.get("parts", {})
    assert judgement.ended == run.get("ended", judgement.ended)
    assert score.earned == sum(one.earned for one in score.parts)
