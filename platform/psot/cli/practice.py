"""``psot practice``: scenarios of the virtual workplace checked, models added, a run judged."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

SEEDS: Final = range(1, 9)
"""Seeds at which a scenario must be playable to full marks."""
FULL_PPM: Final = 1_000_000


@click.group
def command() -> None:
    """The virtual workplace: its scenarios and what a run is worth.

    Example: psot practice check content/packs/start/scenarios
    """


@command.command
@click.argument("path", metavar="PATH", type=click.Path(exists=True, path_type=Path))
def check(path: Path) -> None:
    """Check the scenario in PATH, or every scenario of the folder PATH.

    One line for each thing to mend: file, entry, field, what is wrong. A scenario is also played
    to the end with several seeds: full marks must be within reach. Ends with 1 where something is
    wrong.

    Example: psot practice check content/packs/start/scenarios/workshop-walk.yaml
    """
    from content.quiz.loader import PACKS  # noqa: PLC0415
    from content.scenarios import known_in  # noqa: PLC0415

    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    pack = (path if path.is_dir() else path.parent).resolve().parent
    norms, topics = known_in(pack if (pack / "pack.yaml").exists() else PACKS / "start")
    wrong = 0
    for file in files:
        for line in _problems(file, norms, topics):
            click.echo(line)
            wrong += 1
    click.echo(f"{len(files)} scenario(s), {wrong} problem(s)")
    if wrong:
        raise SystemExit(1)


@command.command
@click.argument("file")
def score(file: str) -> None:
    """Print what the run written down in FILE (- is standard input) is worth, as JSON.

    The scenario is a path or the scenario itself. Nothing else is read: no database, no settings.
    Actions that cannot be are passed over and listed as refused.

    \b
    {"scenario": "content/packs/start/scenarios/workshop-walk.yaml",
     "seed": 7, "mode": "practice",
     "actions": [{"at_ms": 4000, "kind": "report", "object": "lathe"},
                 {"at_ms": 9000, "kind": "finish"}]}

    \b
    Example: psot practice score run.json
    """  # noqa: D301 - Click reads \b as "leave these lines as they are"
    from scoring.workplace import MODES, Refused, act, begin, read_course  # noqa: PLC0415

    run = _run(file)
    if run["mode"] not in MODES:
        raise click.ClickException(f"mode: must be one of {', '.join(MODES)}")
    judgement = begin(read_course(_resolved(run["scenario"], run["seed"])), run["mode"])
    refused: list[dict[str, Any]] = []
    for number, action in enumerate(run["actions"]):
        try:
            judgement, _ = act(judgement, action, action["at_ms"])
        except Refused as error:
            refused.append({"action": number, "code": error.code, "subject": error.subject})
    told = {**asdict(judgement.score), "ended": judgement.ended, "refused": refused}
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


@command.command
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def prop(file: Path) -> None:
    """Check the model in FILE (.glb) and lay it where objects of scenarios find it by its name.

    One line for each thing to mend. Everything has to be inside the one file, uncompressed.
    Ends with 1 where something is wrong.

    Example: psot practice prop our-press.glb
    """
    from content.scenarios import prop_faults  # noqa: PLC0415
    from psot.config import Settings  # noqa: PLC0415
    from psot.workplace.props import PROP, folder_of  # noqa: PLC0415

    wrong = prop_faults(file.read_bytes())
    if not PROP.fullmatch(file.name):
        wrong = ["the name may have small Latin letters, digits, - and _", *wrong]
    for line in wrong:
        click.echo(f"{file.name}: {line}")
    if wrong:
        raise SystemExit(1)
    folder = folder_of(Settings.from_environment(os.environ).data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file.name).write_bytes(file.read_bytes())
    click.echo(f"objects may say now: model: {file.name}")


def _problems(file: Path, norms: frozenset[str], topics: frozenset[str]) -> Iterator[str]:
    from content.scenarios import parse_scenario, problems  # noqa: PLC0415

    try:
        row, found = parse_scenario(file.name, file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        yield f"{file.name}: is not UTF-8 text"
        return
    found = found or problems(file.name, row, norms=norms, topics=topics)
    yield from (str(one) for one in found)
    if not found:
        yield from _beyond_reach(file.name, row)


def _beyond_reach(name: str, row: dict[str, Any]) -> Iterator[str]:
    """Play the best run with every seed; yield a line for the first that lacks full marks."""
    from content.scenarios import resolved  # noqa: PLC0415
    from scoring.workplace import Refused, best_actions, judge, read_course  # noqa: PLC0415

    for seed in SEEDS:
        course = read_course(resolved(row, seed=seed))
        for mode in course.modes:
            try:
                best = judge(course, mode, best_actions(course, mode))
            except Refused as error:
                lost = [str(error)]
            else:
                lost = [one.id for one in best.score.parts if one.earned < one.possible]
                if best.score.score_ppm == FULL_PPM:
                    continue
            yield f"{name}: full marks are beyond reach: {', '.join(lost)}"
            return


def _run(file: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        run = json.loads(text)
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file}: {error}") from error
    fields: dict[str, type | tuple[type, ...]] = {
        "scenario": (str, dict),
        "seed": int,
        "mode": str,
        "actions": list,
    }
    for name, type_ in fields.items():
        value = run.get(name) if isinstance(run, dict) else None
        if isinstance(value, bool) or not isinstance(value, type_):
            raise click.ClickException(f"{name}: is missing or of another kind")
    for number, action in enumerate(run["actions"]):
        if not isinstance(action, dict) or not isinstance(action.get("at_ms"), int):
            raise click.ClickException(f"actions.{number}.at_ms: is missing or no whole number")
    told: dict[str, Any] = run
    return told


def _resolved(scenario: str | dict[str, Any], seed: int) -> dict[str, Any]:
    from content.quiz.documents import schema_problems  # noqa: PLC0415
    from content.scenarios import parse_scenario, resolved  # noqa: PLC0415

    row: Any = scenario
    name = "scenario"
    if isinstance(scenario, str):
        path = Path(scenario)
        name = path.name
        try:
            row, found = parse_scenario(name, path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise click.ClickException(f"{scenario}: {error}") from error
        if found:
            raise click.ClickException(str(found[0]))
    for problem in schema_problems(name, row, "scenario"):
        raise click.ClickException(str(problem))
    return resolved(row, seed=seed)
