"""What was answered and what would have been right, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from content.quiz import Names
from content.scenarios import CONTROLS, HAZARD_KINDS, kit
from scoring.workplace import Part

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A line of a debrief: whose answer it is, and the answer."""

    label: str
    text: str


def tellings(row: Row, part: Part, language: str) -> Iterator[Told]:
    """Yield the answer given, where there is one, and the right one."""
    say = _SAYING.get(part.kind)
    if say is None:
        return
    given, right = say(row, part, part.given, language), say(row, part, part.right, language)
    if given:
        yield Told(label=gettext("Your answer"), text=given)
    if right and right != given:
        yield Told(label=gettext("Right"), text=right)


def _hazard(_: Row, __: Part, said: Row, language: str) -> str:
    kind = said.get("hazard_kind", said.get("kind"))
    named = [(HAZARD_KINDS, kind), (CONTROLS, said.get("control"))]
    texts = [names[one].in_language(language) for names, one in named if one in names]
    return ", ".join([texts[0], *(one[:1].lower() + one[1:] for one in texts[1:])] if texts else [])


def _ppe(_: Row, __: Part, said: Row, language: str) -> str:
    if "need" not in said:
        return _kit("wears", said.get("items", ()), language)
    needed = _kit("wears", said["need"], language)
    forbidden = _kit("wears", said["forbid"], language)
    return needed + (gettext("; not: %(items)s", items=forbidden) if forbidden else "")


def _measurement(row: Row, part: Part, said: Row, language: str) -> str:
    task = _task(row, "measurements", part.id)
    verdicts = {"safe": gettext("safe"), "unsafe": gettext("not safe")}
    value = f"{task['value']} {_in(task['unit'], language)}" if said.get("value") else ""
    instrument = said.get("instrument", "")
    known = (
        _kit("instruments", [instrument] if instrument else [], language),
        value,
        verdicts.get(said.get("verdict", said.get("answer", "")), ""),
    )
    return ", ".join(one for one in known if one)


def _decision(row: Row, part: Part, said: Row, language: str) -> str:
    options = {one["id"]: one for one in _task(row, "decisions", part.id)["options"]}
    found = options.get(said.get("option", ""))
    return _in(found["text"], language) if found else ""


def _step(row: Row, part: Part, said: Row, language: str) -> str:
    steps = _task(row, "procedures", part.id.partition(".")[0])["steps"]
    texts = {one["id"]: _in(one["text"], language) for one in steps}
    people = {one["id"]: _in(one["name"], language) for one in row["objects"]}
    said_by = said.get("by", ())
    by = [said_by] if isinstance(said_by, str) else said_by
    before = [texts[one] for one in list(said.get("after", ()))[-1:] if one in texts]
    known = [
        *(gettext("after “%(step)s”", step=one) for one in before),
        *(
            [gettext("not before %(minutes)d min", minutes=said["wait_min"])]
            if said.get("wait_min")
            else []
        ),
        *(
            [gettext("together with: %(people)s", people=", ".join(names))]
            if (names := [people[one] for one in by if one in people])
            else []
        ),
    ]
    return ", ".join(known)


def _fields(row: Row, part: Part, said: Row, language: str) -> str:
    fields = _task(row, "documents", part.id.partition(".")[0])["fields"]
    names = {one["id"]: _in(one["name"], language) for one in fields}
    return ", ".join(names[one] for one in said.get("fields", ()) if one in names)


def _flaw(row: Row, part: Part, said: Row, language: str) -> str:
    """A flaw is told by its own field: the others have lines of their own."""
    field = part.id.partition(".")[2]
    if field in said.get("fields", ()) and part.verdict == "right":
        return _fields(row, part, {"fields": [field]}, language)
    return ""


_SAYING: Mapping[str, Callable[[Row, Part, Row, str], str]] = {
    "hazard": _hazard,
    "ppe": _ppe,
    "measurement": _measurement,
    "decision": _decision,
    "step": _step,
    "mismarked": _fields,
    "flaw": _flaw,
}
"""By the kind of a part."""


def _task(row: Row, kind: str, id_: str) -> Any:
    return next(one for one in row[kind] if one["id"] == id_)


def _kit(part: str, ids: Iterable[str], language: str) -> str:
    names = kit()[part]
    return ", ".join(_in(names[one], language) for one in ids if one in names)


def _in(names: Row | Names, language: str) -> str:
    if isinstance(names, Names):
        return names.in_language(language)
    return str(names["en" if language == "en" else "ru"])
