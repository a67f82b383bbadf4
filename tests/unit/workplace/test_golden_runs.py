"""Golden runs: the same actions bring about the same effects, state and score for ever."""

import json
from typing import Any

import pytest

from scoring.workplace import START, fold
from tests.workplace import GOLDEN, SESSIONS, session


def golden(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((GOLDEN / f"session_{name}.json").read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("name", SESSIONS)
def test_a_golden_run_is_what_it_was(name: str) -> None:
    now = json.loads(json.dumps(session(name)))

    assert now == golden(name)


@pytest.mark.parametrize("name", SESSIONS)
def test_the_state_is_the_fold_of_what_was_told(name: str) -> None:
    told = golden(name)
    state = START
    for answer in told["answers"]:
        state = {**fold(state, answer["effects"]), "nth": answer["nth"]}

    assert state == told["state"]


def test_every_golden_file_is_a_golden_run() -> None:
    assert {one.stem for one in GOLDEN.glob("session_*")} == {f"session_{one}" for one in SESSIONS}


@pytest.mark.parametrize("name", ["perfect", "perfect_check"])
def test_the_best_run_has_full_marks(name: str) -> None:
    score = golden(name)["score"]

    assert (score["score_ppm"], score["passed"]) == (1_000_000, True)
    assert {one["verdict"] for one in score["parts"] if one["possible"]} == {"right"}
