"""What a scenario names and does not have."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from content.scenarios.kit import PERSON, kit
from content.scenarios.public import TASKS

Row = Mapping[str, Any]
Fault = tuple[str, str, str]
"""Entry (its id), field, and what is wrong."""

LISTS: Final = ("zones", "objects", "hazards", *TASKS)


def references(row: Row, norms: Collection[str], topics: Collection[str]) -> Iterator[Fault]:
    """Find every name in a scenario that leads nowhere; the row holds against its schema."""
    for topic in row["topics"]:
        if topic not in topics:
            yield "", "topics", f"there is no topic {topic}"
    yield from _doubles(row)
    for part in LISTS:
        for one in row.get(part, ()):
            for field, norm in _norms(one, ""):
                if norm not in norms:
                    yield one["id"], field, f"there is no norm {norm}"
    yield from _objects(row)
    yield from _kit(row)


def _doubles(row: Row) -> Iterator[Fault]:
    for part in LISTS:
        yield from _double("", part, row.get(part, ()))
    for one in row.get("procedures", ()):
        yield from _double(one["id"], "steps", [*one["steps"], *one.get("forbidden", ())])
    for one in row.get("documents", ()):
        yield from _double(one["id"], "fields", one["fields"])
    for one in row.get("decisions", ()):
        yield from _double(one["id"], "options", one["options"])


def _double(subject: str, field: str, rows: Iterable[Row]) -> Iterator[Fault]:
    seen: set[str] = set()
    for one in rows:
        if one["id"] in seen:
            yield subject, field, f"{one['id']} is used twice"
        seen.add(one["id"])


def _norms(part: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield every (field, norm) inside an entry."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name == "norm":
                yield f"{place}norm", str(value)
            else:
                yield from _norms(value, f"{place}{name}.")
    elif isinstance(part, list):
        for number, value in enumerate(part):
            name = value.get("id", number) if isinstance(value, Mapping) else number
            yield from _norms(value, f"{place}{name}.")


def _objects(row: Row) -> Iterator[Fault]:
    kinds = {one["id"]: one["kind"] for one in row["objects"]}
    absent = {one["id"] for one in row["objects"] if one.get("absent")}
    brought = {one["object"] for one in row.get("hazards", ())}
    for name in sorted(absent - brought):
        yield name, "absent", "is never there: no hazard brings it"
    for one in row.get("hazards", ()):
        if one["object"] not in kinds:
            yield one["id"], "object", f"there is no object {one['object']}"
    for subject, field, name, person in _named(row):
        if name not in kinds:
            yield subject, field, f"there is no object {name}"
        elif person and kinds[name] != PERSON:
            yield subject, field, f"{name} is no person"
        elif name in absent and ".sets" not in field:
            # What is set on an object that is not there is simply not seen.
            yield subject, field, f"{name} is not there at every seed"
    for name in row.get("best_path", ()):
        if name not in kinds:
            yield "", "best_path", f"there is no object {name}"


def _named(row: Row) -> Iterator[tuple[str, str, str, bool]]:
    """Yield (entry, field, object, whether it must be a person) of every task."""
    for kind in TASKS:
        for one in row.get(kind, ()):
            if one.get("object"):
                yield one["id"], "object", one["object"], False
    for one in row.get("ppe", ()):
        if one.get("person"):
            yield one["id"], "person", one["person"], True
    for one, place, acting in acting_parts(row):
        for name in acting.get("by", ()):
            yield one["id"], f"{place}.by", name, True
        for name in acting.get("sets", ()):
            yield one["id"], f"{place}.sets", name, False
        for name in acting.get("wears", ()):
            yield one["id"], f"{place}.wears", name, True


def acting_parts(row: Row) -> Iterator[tuple[Row, str, Row]]:
    """Yield what changes the world: (procedure, place, step), (decision, place, option)."""
    for outer, inner in (("procedures", "steps"), ("decisions", "options")):
        for one in row.get(outer, ()):
            for acting in one[inner]:
                yield one, f"{inner}.{acting['id']}", acting


def _kit(row: Row) -> Iterator[Fault]:
    known = kit()
    kinds = {one["id"]: one["kind"] for one in row["objects"]}
    if row["site"]["floor"] not in known["floors"]:
        yield "", "site.floor", "must be one of " + ", ".join(known["floors"])
    for one in row["objects"]:
        if one["kind"] not in known["kinds"]:
            yield one["id"], "kind", f"the kit has no {one['kind']}"
        yield from _looks(one, one["kind"])
    for one in row.get("hazards", ()):
        yield from _looks(one, kinds.get(one["object"], ""))
    yield from _kit_of_tasks(row, kinds)


def _kit_of_tasks(row: Row, kinds: Mapping[str, str]) -> Iterator[Fault]:
    known = kit()
    for one in row.get("ppe", ()):
        yield from _wears(one["id"], "offer", one["offer"])
    for one in row.get("measurements", ()):
        if one["instrument"] not in known["instruments"]:
            message = "must be one of " + ", ".join(known["instruments"])
            yield one["id"], "instrument", message
    for one, place, acting in acting_parts(row):
        for name, states in acting.get("sets", {}).items():
            yield from _states(one["id"], f"{place}.sets.{name}", kinds.get(name, ""), states)
        for name, items in acting.get("wears", {}).items():
            yield from _wears(one["id"], f"{place}.wears.{name}", items)


def _looks(one: Row, kind: str) -> Iterator[Fault]:
    """Find states and clothes that an object of that kind cannot have."""
    if one.get("wears") and kind != PERSON:
        yield one["id"], "wears", "only a person wears something"
    yield from _states(one["id"], "states", kind, one.get("states", {}))
    yield from _wears(one["id"], "wears", one.get("wears", ()))


def _states(subject: str, field: str, kind: str, states: Row) -> Iterator[Fault]:
    if kind not in kit()["kinds"]:
        return
    known = kit()["kinds"][kind].get("states", {})
    for name, value in states.items():
        if name not in known:
            yield subject, f"{field}.{name}", f"a {kind} has no such state"
        elif value not in known[name]:
            yield subject, f"{field}.{name}", "must be one of " + ", ".join(known[name])


def _wears(subject: str, field: str, items: Iterable[str]) -> Iterator[Fault]:
    for one in items:
        if one not in kit()["wears"]:
            yield subject, field, f"the kit has no {one} to wear"
