"""What a run is judged by: a scenario as one seed has made it, with its answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Row = Mapping[str, Any]
Words = Mapping[str, str]
"""A text by language: ``ru`` and ``en``."""
Key = tuple[str, str]
"""Kind of task as the wire calls it, and its id."""

PROCEDURES: Final = "procedures"
PPE: Final = "ppe"
MEASUREMENTS: Final = "measurements"
DOCUMENTS: Final = "documents"
DECISIONS: Final = "decisions"
TASKS: Final = (PROCEDURES, PPE, MEASUREMENTS, DOCUMENTS, DECISIONS)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """An object that is there."""

    kind: str
    name: Words
    wears: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Hazard:
    """Something dangerous that is to be found."""

    id: str
    object: str
    kind: str
    risk: str
    control: str
    text: Words
    why: Words
    norm: str


@dataclass(frozen=True, kw_only=True)
class Task:
    """What every task has."""

    id: str
    object: str
    """Where it is done; empty for anywhere."""
    opens: tuple[str, ...]
    """Conditions, all of which must hold; none for open from the beginning."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a procedure; what must never be done is ``forbidden``."""

    id: str
    text: Words
    after: tuple[str, ...]
    """Steps that must be done before."""
    since: tuple[str, ...]
    """Steps from which on the waiting counts; none for the beginning."""
    wait_min: int
    by: tuple[str, ...]
    sets: Mapping[str, Mapping[str, str]]
    wears: Mapping[str, Sequence[str]]
    critical: bool
    forbidden: bool
    norm: str
    why: Words | None


@dataclass(frozen=True, kw_only=True)
class Procedure(Task):
    """Steps with an order; ``steps`` are by id, those that must never be done last."""

    steps: Mapping[str, Step]

    @property
    def wanted(self) -> list[Step]:
        """The steps that are to be done."""
        return [one for one in self.steps.values() if not one.forbidden]


@dataclass(frozen=True, kw_only=True)
class Ppe(Task):
    """What is to be worn for a job."""

    text: Words
    person: str
    offer: tuple[str, ...]
    need: frozenset[str]
    forbid: frozenset[str]
    critical: frozenset[str]
    norm: str
    why: Words


@dataclass(frozen=True, kw_only=True)
class Measurement(Task):
    """A value to be measured and judged."""

    text: Words
    instrument: str
    value: str
    verdict: str
    critical: bool
    norm: str
    why: Words


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """A field of a document in which something is wrong."""

    text: Words
    norm: str
    why: Words


@dataclass(frozen=True, kw_only=True)
class Document(Task):
    """A paper to be read; ``flaws`` are by field."""

    text: Words
    fields: frozenset[str]
    flaws: Mapping[str, Flaw]


@dataclass(frozen=True, kw_only=True)
class Option:
    """What may be decided."""

    id: str
    score: int
    """Percent of the points of the decision."""
    critical: bool
    then: Words
    sets: Mapping[str, Mapping[str, str]]
    wears: Mapping[str, Sequence[str]]
    norm: str
    why: Words | None


@dataclass(frozen=True, kw_only=True)
class Decision(Task):
    """A choice with consequences."""

    text: Words
    time_ms: int | None
    on_time_out: str
    options: Mapping[str, Option]
    norm: str
    why: Words

    @property
    def best(self) -> str:
        """The option that earns most, the first of them."""
        return max(self.options.values(), key=lambda one: one.score).id


@dataclass(frozen=True, kw_only=True)
class Course:
    """A scenario as one seed has made it; mappings are by id, in the order of the file."""

    id: str
    version: int
    norm_ms: int
    modes: tuple[str, ...]
    things: Mapping[str, Thing]
    asks_hazards: bool
    hazards: Mapping[str, Hazard]
    """By object."""
    procedures: Mapping[str, Procedure]
    ppe: Mapping[str, Ppe]
    measurements: Mapping[str, Measurement]
    documents: Mapping[str, Document]
    decisions: Mapping[str, Decision]
    debrief: Words
    best_path: tuple[str, ...]

    def tasks(self) -> Iterable[tuple[Key, Task]]:
        """Yield every task with its key."""
        for kind in TASKS:
            listed: Mapping[str, Task] = getattr(self, kind)
            for one in listed.values():
                yield (kind, one.id), one


def read_course(resolved: Row) -> Course:
    """Return the course in a resolved scenario (``content.scenarios.resolved``)."""
    return Course(
        id=resolved["id"],
        version=resolved["version"],
        norm_ms=resolved["minutes"] * 60_000,
        modes=tuple(resolved["modes"]),
        things={
            one["id"]: Thing(kind=one["kind"], name=one["name"], wears=tuple(one["wears"]))
            for one in resolved["objects"]
        },
        asks_hazards=resolved["asks_hazards"],
        hazards={one["object"]: Hazard(**one) for one in resolved["hazards"]},
        procedures={one["id"]: _procedure(one) for one in resolved[PROCEDURES]},
        ppe={one["id"]: _ppe(one) for one in resolved[PPE]},
        measurements={one["id"]: _measurement(one) for one in resolved[MEASUREMENTS]},
        documents={one["id"]: _document(one) for one in resolved[DOCUMENTS]},
        decisions={one["id"]: _decision(one) for one in resolved[DECISIONS]},
        debrief=resolved["debrief"],
        best_path=tuple(resolved["best_path"]),
    )


def _task(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "object": row.get("object", row.get("person", "")),
        "opens": tuple(row.get("opens", ())),
    }


def _procedure(row: Row) -> Procedure:
    steps: dict[str, Step] = {}
    strict = row["order"] == "strict"
    for one in row["steps"]:
        after = tuple(one.get("after", ()))
        before = tuple(steps) if strict else ()
        since = (after or before[-1:]) if strict else after
        required = tuple(dict.fromkeys((*before, *after)))
        steps[one["id"]] = _step(one, after=required, since=since, forbidden=False)
    for one in row.get("forbidden", ()):
        steps[one["id"]] = _step(one, after=(), since=(), forbidden=True)
    return Procedure(**_task(row), steps=steps)


def _step(row: Row, *, after: tuple[str, ...], since: tuple[str, ...], forbidden: bool) -> Step:
    return Step(
        id=row["id"],
        text=row["text"],
        after=after,
        since=since,
        wait_min=row.get("wait_min", 0),
        by=tuple(row.get("by", ())),
        sets=row.get("sets", {}),
        wears=row.get("wears", {}),
        critical=row.get("critical", False),
        forbidden=forbidden,
        norm=row.get("norm", ""),
        why=row.get("why"),
    )


def _ppe(row: Row) -> Ppe:
    return Ppe(
        **_task(row),
        text=row["task"],
        person=row.get("person", ""),
        offer=tuple(row["offer"]),
        need=frozenset(row["need"]),
        forbid=frozenset(row.get("forbid", ())),
        critical=frozenset(row.get("critical", ())),
        norm=row["norm"],
        why=row["why"],
    )


def _measurement(row: Row) -> Measurement:
    return Measurement(
        **_task(row),
        text=row["point"],
        instrument=row["instrument"],
        value=row["value"],
        verdict=row["verdict"],
        critical=row.get("critical", False),
        norm=row["norm"],
        why=row["why"],
    )


def _document(row: Row) -> Document:
    return Document(
        **_task(row),
        text=row["title"],
        fields=frozenset(one["id"] for one in row["fields"]),
        flaws={
            one["id"]: Flaw(text=one["name"], norm=one["flaw"]["norm"], why=one["flaw"]["why"])
            for one in row["fields"]
            if "flaw" in one
        },
    )


def _decision(row: Row) -> Decision:
    time_s = row.get("time_s")
    return Decision(
        **_task(row),
        text=row["text"],
        time_ms=None if time_s is None else time_s * 1000,
        on_time_out=row.get("on_time_out", ""),
        options={one["id"]: _option(one) for one in row["options"]},
        norm=row["norm"],
        why=row["why"],
    )


def _option(row: Row) -> Option:
    return Option(
        id=row["id"],
        score=row["score"],
        critical=row.get("critical", False),
        then=row["then"],
        sets=row.get("sets", {}),
        wears=row.get("wears", {}),
        norm=row.get("norm", ""),
        why=row.get("why"),
    )
