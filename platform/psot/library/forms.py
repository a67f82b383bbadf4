"""A row as a form and back: each control shows a part of the row, and reads it again.

Reading gives the row and what could not be read, by the names of the fields; what is wrong with a
row that can be read is for `psot.library.validating` to say.
"""

import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from content.quiz import Problem
from content.quiz.documents import read_yaml
from psot.library.answer_forms import ANSWERS, DIGITS, TAKES, Sent, Several, Unread
from psot.library.controls import CONTROLS
from psot.library.exporting import dump
from psot.library.fields import Field
from psot.library.question_fields import fields_of
from psot.library.rows import Row
from psot.library.wording import MISSING, told

LONGEST_INPUT = 200_000
SPARE_PARTS = 1
PART_ID = re.compile(r"p\d{1,2}\.")


@dataclass(kw_only=True)
class Shown:
    """A field as it stands in the form."""

    field: Field
    id: str
    value: Any
    errors: list[str] = dataclasses.field(default_factory=list)
    prefix: str = ""
    """Stands before the names of its inputs where the form is a part of another."""


@dataclass(kw_only=True)
class Form:
    """The form of a document: what it shows, and what is wrong with it."""

    kind: str
    fields: list[Shown]
    errors: list[str] = dataclasses.field(default_factory=list)
    """What belongs to no field."""
    question_kind: str = ""

    @property
    def wrong(self) -> int:
        """How many places need attention."""
        return len(self.errors) + sum(1 for one in self.fields if one.errors)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a case as it stands in the form; an empty one has no kind yet."""

    id: str
    form: Form
    why: str


def form_of(kind: str, row: Row) -> Form:
    """Return the form of a row."""
    shown = [
        Shown(field=one, id=_id(one), value=_shown(one, row))
        for one in fields_of(kind, row.get("kind", ""))
    ]
    return Form(kind=kind, fields=shown, question_kind=row.get("kind", ""))


def sent_form(kind: str, base: Row, sent: Sent) -> tuple[Row, Form]:
    """Return the row that a sent form makes of ``base``, and the form as it was sent.

    Its fields carry what could not be read; then the row lacks those.
    """
    row: Row = {name: value for name, value in base.items() if not isinstance(value, dict)}
    row |= {name: dict(value) for name, value in base.items() if isinstance(value, dict)}
    form = Form(kind=kind, fields=[], question_kind=base.get("kind", ""))
    for one in fields_of(kind, base.get("kind", "")):
        shown = Shown(field=one, id=_id(one), value=_resent(one, sent))
        try:
            _take(one, row, sent)
        except Unread as error:
            shown.errors.append(str(error))
        form.fields.append(shown)
    _tidy(kind, row)
    return row, form


def blame(form: Form, problems: list[Problem]) -> None:
    """Put each problem at the field that it belongs to, or over the form."""
    for problem in problems:
        path = _path(problem)
        place = next((one for one in form.fields if _is_about(one.field, path)), None)
        sentence = told(problem)
        if place is None:
            form.errors.append(f"{path}: {sentence}" if path else sentence)
        elif sentence not in place.errors:
            detail = _detail(place.field, path)
            place.errors.append(f"{detail}: {sentence}" if detail else sentence)


def _path(problem: Problem) -> str:
    """Return where a problem is; what is missing has no place of its own in the row."""
    missing = MISSING.fullmatch(problem.message)
    return ".".join(filter(None, (problem.field, missing[1] if missing else "")))


def _is_about(one: Field, path: str) -> bool:
    first = path.split(".", maxsplit=1)[0]
    if one.own:
        return first in one.own
    if one.control in TAKES:
        return first in TAKES[one.control]
    return bool(path) and (
        path == one.name or path.startswith(one.name + ".") or one.name.startswith(path + ".")
    )


def _detail(one: Field, path: str) -> str:
    if one.own:
        return path if path not in one.own else ""
    if one.control in TAKES and "." in path:
        return path.removeprefix("options.")
    return ""


def _id(one: Field) -> str:
    return "f-" + (one.name or "-".join(one.own[:1])).replace(".", "-").replace("_", "-")


def _shown(one: Field, row: Row) -> Any:
    if one.control in SEVERAL:
        return SEVERAL[one.control][0](row)
    if one.own:
        own = {name: row[name] for name in one.own if name in row}
        return dump(own) if own else ""
    value = _at(row, one.name)
    return "" if value is None else CONTROLS[one.control].show(value)


def _resent(one: Field, sent: Sent) -> Any:
    if one.control in SEVERAL:
        return SEVERAL[one.control][2](sent)
    return _text(sent, one)


def _take(one: Field, row: Row, sent: Sent) -> None:
    if one.control in SEVERAL:
        SEVERAL[one.control][1](row, sent)
        return
    text = _text(sent, one)
    if one.own:
        _take_yaml(one, row, text)
        return
    if one.control == "flag":
        value: Any = True if text else None
    else:
        value = CONTROLS[one.control].read(text) if text.strip() else None
    if value is None and one.control == "day or none":
        row[one.name] = None
    else:
        _put(row, one.name, value)


def _take_yaml(one: Field, row: Row, text: str) -> None:
    for name in one.own:
        row.pop(name, None)
    if not text.strip():
        return
    data, problems = read_yaml("", text)
    if problems:
        raise Unread(told(problems[0]))
    if not isinstance(data, dict):
        raise Unread(_("Begin each line with the name of a field."))
    strange = [str(name) for name in data if name not in one.own]
    if strange:
        raise Unread(_("There is no field %(name)s here.", name=strange[0]))
    row.update(_with_text_names(data))


def _with_text_names(data: Any) -> Any:
    """Return data whose names are texts: ``1:`` in YAML is a number, in a row it is an id."""
    if isinstance(data, dict):
        return {
            str(name).lower() if isinstance(name, bool) else str(name): _with_text_names(value)
            for name, value in data.items()
        }
    if isinstance(data, list):
        return [_with_text_names(one) for one in data]
    return data


def _text(sent: Sent, one: Field) -> str:
    return sent.get(one.name or ".".join(one.own[:1]), "")[:LONGEST_INPUT].replace("\r\n", "\n")


def _at(row: Row, path: str) -> Any:
    value: Any = row
    for step in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def _put(row: Row, path: str, value: Any) -> None:
    *way, last = path.split(".")
    place = row
    for step in way:
        inner = place.get(step)
        place[step] = inner if isinstance(inner, dict) else {}
        place = place[step]
    if value is None:
        place.pop(last, None)
    else:
        place[last] = value


def _tidy(kind: str, row: Row) -> None:
    """Drop what only stands there because its form has fields for it."""
    for name in [name for name, value in row.items() if value == {}]:
        del row[name]
    source = row.get("source")
    if kind == "question" and isinstance(source, dict):
        if source.get("norm"):
            row["source"] = {"norm": source["norm"]}
        elif set(source) <= {"verified"}:
            del row["source"]
        else:
            source.setdefault("urls", [])
    if kind in {"act", "norm"}:
        row.setdefault("urls", [])


def _parts_of(row: Row) -> dict[str, Row]:
    """Return the parts of a case with an empty one below them."""
    parts: dict[str, Row] = dict(row.get("parts", {}))
    free = [f"p{one}" for one in DIGITS if f"p{one}" not in parts]
    return {**parts, **{id_: {} for id_ in free[:SPARE_PARTS]}}


def _show_parts(row: Row) -> list[Part]:
    why = row.get("why", {})
    return [
        Part(id=id_, form=_prefixed(form_of("part", part), id_), why=why.get(id_, ""))
        for id_, part in _parts_of(row).items()
    ]


def _sent_to(sent: Sent, part: str) -> Sent:
    """Return what was sent for a part of a case, as if it stood alone."""
    return {
        name.removeprefix(f"{part}."): value
        for name, value in sent.items()
        if name.startswith(f"{part}.")
    }


def _sent_parts(sent: Sent) -> list[Part]:
    shown = []
    for id_ in dict.fromkeys(name.split(".")[0] for name in sent if PART_ID.match(name)):
        own = _sent_to(sent, id_)
        form = sent_form("part", {"kind": own.get("kind", "")}, own)[1]
        shown.append(Part(id=id_, form=_prefixed(form, id_), why=sent.get(f"why.{id_}", "")))
    return shown


def _take_parts(row: Row, sent: Sent) -> None:
    known, unread = row.get("parts", {}), []
    row["parts"] = {}
    for one in _sent_parts(sent):
        own = _sent_to(sent, one.id)
        if not own.get("kind"):
            continue
        base = known.get(one.id, {})
        base = base if base.get("kind") == own["kind"] else {"kind": own["kind"]}
        row["parts"][one.id], form = sent_form("part", base, own)
        unread += [f"{one.id}: {error}" for field in form.fields for error in field.errors]
    why = {one.id: one.why.strip() for one in _sent_parts(sent) if one.why.strip()}
    row.pop("why", None)
    if why:
        row["why"] = why
    if unread:
        raise Unread(" ".join(unread))


def _prefixed(form: Form, part: str) -> Form:
    for one in form.fields:
        one.id, one.prefix = f"{part}-{one.id}", f"{part}."
    return form


SEVERAL: dict[str, Several] = {**ANSWERS, "parts": (_show_parts, _take_parts, _sent_parts)}
"""Controls of several inputs: how to show them, how to take what was sent, how to show that."""
