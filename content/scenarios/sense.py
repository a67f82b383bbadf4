"""What makes no sense in a scenario, though every name in it leads somewhere."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from content.scenarios.public import TASKS
from content.scenarios.references import Fault, Row

_BEST: Final = 100
"""The score of the option that is right."""
_EDGE_M: Final = 0.5
"""How far an object may stand out over the site, in metres."""
Fact = tuple[str, ...]
"""What may come true in a run, such as ("step", procedure, step)."""


def sense(row: Row) -> Iterator[Fault]:
    """Find what makes no sense; the row holds against its schema."""
    yield from _place(row)
    yield from _draw(row)
    yield from _procedures(row)
    yield from _ppe(row)
    yield from _documents(row)
    yield from _decisions(row)
    yield from _opening(row)
    if not row.get("hazards") and not any(row.get(kind) for kind in TASKS):
        yield "", "", "has nothing to do: no hazards and no tasks"


def _place(row: Row) -> Iterator[Fault]:
    half = [side / 2 + _EDGE_M for side in row["site"]["size"]]

    def outside(spot: Any) -> bool:
        return any(abs(one) > most for one, most in zip(spot, half, strict=True))

    if outside(row["site"]["start"]["at"]):
        yield "", "site.start.at", "is outside the site"
    for one in row["objects"]:
        if "at" in one and outside(one["at"]):
            yield one["id"], "at", "is outside the site"
        if any(outside(spot) for spot in one.get("path", ())):
            yield one["id"], "path", "is outside the site"
    for one in row.get("zones", ()):
        if any(outside(spot) for spot in one["area"]):
            yield one["id"], "area", "is outside the site"


def _draw(row: Row) -> Iterator[Fault]:
    always: set[str] = set()
    for one in row.get("hazards", ()):
        if one.get("always") and one["object"] in always:
            yield one["id"], "always", f"{one['object']} has another hazard at every seed"
        if one.get("always"):
            always.add(one["object"])
    drawn = {one["object"] for one in row.get("hazards", ())} - always
    flaws = [
        field["flaw"]
        for document in row.get("documents", ())
        for field in document["fields"]
        if "flaw" in field
    ]
    for name, there in (
        ("hazards", len(drawn)),
        ("flaws", sum(not one.get("always") for one in flaws)),
    ):
        wanted = row.get("draw", {}).get(name, 0)
        if wanted > there:
            yield "", f"draw.{name}", f"draws {wanted}, and there are {there}"


def _procedures(row: Row) -> Iterator[Fault]:
    for one in row.get("procedures", ()):
        steps = [step["id"] for step in one["steps"]]
        for number, step in enumerate(one["steps"]):
            field = f"steps.{step['id']}.after"
            for name in step.get("after", ()):
                if name not in steps:
                    yield one["id"], field, f"there is no step {name}"
                elif one["order"] == "strict" and steps.index(name) >= number:
                    yield one["id"], field, f"{name} comes later in a strict order"
        if one["order"] == "partly" and (looped := _looped(one)):
            yield one["id"], "steps", "wait for each other: " + ", ".join(looped)


def _looped(procedure: Row) -> list[str]:
    """Return the steps that can never be done, because they wait for each other."""
    names = {step["id"] for step in procedure["steps"]}
    left = {step["id"]: names & {*step.get("after", ())} for step in procedure["steps"]}
    while free := [name for name, after in left.items() if not after & left.keys()]:
        for name in free:
            del left[name]
    return list(left)


def _ppe(row: Row) -> Iterator[Fault]:
    for one in row.get("ppe", ()):
        need, forbid = {*one["need"]}, {*one.get("forbid", ())}
        for field in ("need", "forbid", "critical"):
            if missing := sorted({*one.get(field, ())} - {*one["offer"]}):
                yield one["id"], field, f"{', '.join(missing)} is not offered"
        if both := sorted(need & forbid):
            yield one["id"], "forbid", f"{', '.join(both)} is needed too"
        if stray := sorted({*one.get("critical", ())} - need - forbid):
            yield one["id"], "critical", f"{', '.join(stray)} is neither needed nor forbidden"
        if not need and not forbid:
            yield one["id"], "need", "neither needs nor forbids anything"


def _documents(row: Row) -> Iterator[Fault]:
    for one in row.get("documents", ()):
        for field in one["fields"]:
            if "flaw" in field and field["flaw"]["value"] == field["value"]:
                yield one["id"], f"fields.{field['id']}.flaw.value", "is what it should be"


def _decisions(row: Row) -> Iterator[Fault]:
    for one in row.get("decisions", ()):
        options = {option["id"]: option for option in one["options"]}
        best = [option for option in options.values() if option["score"] == _BEST]
        if not best:
            yield one["id"], "options", f"none has the score {_BEST}"
        elif best[0].get("critical"):
            yield one["id"], f"options.{best[0]['id']}.critical", "is the best and ends the run"
        late = one.get("on_time_out", "")
        if one.get("time_s") is not None and not late:
            yield one["id"], "on_time_out", "is missing"
        if late and late not in options:
            yield one["id"], "on_time_out", f"there is no option {late}"
        if late and one.get("time_s") is None:
            yield one["id"], "time_s", "is missing"


def _opening(row: Row) -> Iterator[Fault]:
    facts = _facts(row)
    for kind in TASKS:
        for one in row.get(kind, ()):
            for condition in one.get("opens", ()):
                if _fact(condition) not in facts:
                    yield one["id"], "opens", f"there is no {condition}"
    for kind, name in _closed(row):
        if all(
            _fact(condition) in facts
            for one in row[kind]
            if one["id"] == name
            for condition in one["opens"]
        ):
            yield name, "opens", "never opens: it waits for itself"


def _facts(row: Row) -> dict[Fact, tuple[str, str]]:
    """Return everything that may come true, and the task that makes it so."""
    made: dict[Fact, tuple[str, str]] = {}
    for kind, facts in _MADE.items():
        for one in row.get(kind, ()):
            made |= dict.fromkeys(facts(one), (kind, one["id"]))
    return made


_MADE: Final[Mapping[str, Callable[[Row], list[Fact]]]] = {
    "procedures": lambda one: [
        ("procedure", one["id"]),
        *(("step", one["id"], step["id"]) for step in one["steps"]),
    ],
    "ppe": lambda one: [("ppe", one["id"])],
    "measurements": lambda one: [("measured", one["id"])],
    "documents": lambda one: [("marked", one["id"])],
    "decisions": lambda one: [
        ("decision", one["id"]),
        *(("decision", one["id"], option["id"]) for option in one["options"]),
    ],
}


def _fact(condition: str) -> Fact:
    word, _, rest = condition.partition(":")
    return (word, *rest.split("."))


def _closed(row: Row) -> list[tuple[str, str]]:
    """Return the tasks that no choice opens."""
    facts = _facts(row)
    left = {
        (kind, one["id"]): [facts.get(_fact(each)) for each in one.get("opens", ())]
        for kind in TASKS
        for one in row.get(kind, ())
    }
    while free := [key for key, waits in left.items() if not any(one in left for one in waits)]:
        for key in free:
            del left[key]
    return list(left)
