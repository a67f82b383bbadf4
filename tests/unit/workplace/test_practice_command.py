"""Authors check scenarios and judge runs at the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from content.quiz.loader import PACKS
from content.scenarios import load_scenarios, write_scenario
from psot.cli import main
from tests.workplace import GOLDEN, mini

NAME, ROW = next(iter(load_scenarios(PACKS / "start").items()))


def psot(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["practice", *words], input=given)


def pack_with(folder: Path, row: dict[str, Any]) -> Path:
    """Write a pack that has what the small shop rests on, and the shop."""
    topics = [{"id": one, "name": {"ru": "Тема", "en": "Topic"}} for one in ("risk", "ppe")]
    manifest = yaml.safe_load((PACKS / "start" / "pack.yaml").read_text(encoding="utf-8"))
    (folder / "pack.yaml").write_text(yaml.safe_dump(manifest | {"topics": topics}))
    (folder / "norms").symlink_to(PACKS / "start" / "norms")
    (folder / "scenarios").mkdir()
    file = folder / "scenarios" / "mini.yaml"
    file.write_text(write_scenario(row), encoding="utf-8")
    return file


def test_every_scenario_of_the_first_pack_is_sound_and_has_full_marks_in_reach() -> None:
    shown = psot("check", str(PACKS / "start" / "scenarios"))

    assert (shown.exit_code, shown.output.count("\n")) == (0, 1)
    assert shown.output.endswith(" scenario(s), 0 problem(s)\n")


def test_a_scenario_is_held_against_its_own_pack(tmp_path: Path) -> None:
    assert psot("check", str(pack_with(tmp_path, mini()))).output == "1 scenario(s), 0 problem(s)\n"


def test_a_scenario_outside_a_pack_is_held_against_the_first_one(tmp_path: Path) -> None:
    file = tmp_path / f"{NAME}.yaml"
    file.write_text(write_scenario(ROW), encoding="utf-8")

    assert psot("check", str(file)).exit_code == 0


def test_each_problem_is_a_line_and_the_end_is_a_failure(tmp_path: Path) -> None:
    file = pack_with(tmp_path, mini(topics=["roofs"]))
    shown = psot("check", str(file.parent))

    assert shown.exit_code == 1
    assert shown.output.splitlines() == [
        "mini.yaml: topics: there is no topic roofs",
        "1 scenario(s), 1 problem(s)",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"\xff", "mini.yaml: is not UTF-8 text"),
        (b"- a", "mini.yaml: must be a set of fields"),
    ],
)
def test_what_cannot_be_read_is_a_line(tmp_path: Path, text: bytes, line: str) -> None:
    file = tmp_path / "mini.yaml"
    file.write_bytes(text)

    assert psot("check", str(file)).output.splitlines()[0] == line


def test_full_marks_that_nobody_can_reach_are_a_problem(tmp_path: Path) -> None:
    row = mini()
    for step in row["procedures"][0]["steps"]:
        step.update(wait_min=480, after=[])
    shown = psot("check", str(pack_with(tmp_path, row)))

    assert shown.exit_code == 1
    assert shown.output.startswith("mini.yaml: full marks are beyond reach: too_long: ")


def test_a_run_is_judged_from_its_file(tmp_path: Path) -> None:
    golden = json.loads((GOLDEN / "session_mistakes.json").read_text(encoding="utf-8"))
    run = {
        "scenario": str(GOLDEN / "mini.yaml"),
        "seed": golden["seed"],
        "mode": golden["mode"],
        "actions": golden["actions"],
    }
    file = tmp_path / "run.json"
    file.write_text(json.dumps(run), encoding="utf-8")
    told = json.loads(psot("score", str(file)).output)

    assert told["score_ppm"] == golden["state"]["score_ppm"]
    assert told["ended"] == "finished"
    assert told["refused"] == [{"action": 3, "code": "already", "subject": "rack"}]
    assert json.loads(psot("score", "-", given=json.dumps(run | {"scenario": mini()})).output) == (
        told
    )


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"seed": "x"}, "seed: is missing or of another kind"),
        ({"seed": True}, "seed: is missing or of another kind"),
        ({"mode": "play"}, "mode: must be one of practice, check"),
        ({"actions": [{}]}, "actions.0.at_ms: is missing or no whole number"),
        ({"scenario": "nowhere.yaml"}, "nowhere.yaml: "),
        ({"scenario": {"id": "mini"}}, "scenario: 'version' is a required property"),
    ],
)
def test_a_run_that_does_not_fit_is_one_line(changes: dict[str, Any], line: str) -> None:
    run = {"scenario": mini(), "seed": 1, "mode": "check", "actions": []} | changes
    shown = psot("score", "-", given=json.dumps(run))

    assert shown.exit_code == 1
    assert shown.output.startswith(f"Error: {line}")
    assert shown.output.count("\n") == 1


def test_a_scenario_that_is_no_yaml_is_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("- a", encoding="utf-8")
    run = {"scenario": str(broken), "seed": 1, "mode": "check", "actions": []}

    assert psot("score", "-", given=json.dumps(run)).output == (
        "Error: broken.yaml: must be a set of fields\n"
    )
    assert psot("score", str(tmp_path / "nothing.json")).output.startswith("Error: ")
