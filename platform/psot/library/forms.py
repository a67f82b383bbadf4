"""A row as a form and back: each control shows a part of the row, and reads it again.

Reading gives the row and what could not be read, by the names of the fields; what is wrong with a
row that can be read is for `psot.library.validating` to say.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from flask_babel import gettext as _

from content.quiz import Problem
from content.quiz.documents import read_yaml
from psot.library.exporting import dump
from psot.library.fields import Field, fields_of
from psot.library.rows import Row
from psot.library.wording import MISSING, told

Sent = Mapping[str, str]
LONGEST_INPUT = 200_000
SPARE_OPTIONS = 2
FEWEST_OPTIONS = 4
MOST_OPTIONS = 10
PART = re.compile(r"(.*?)\s*=\s*(\d{1,3})\s*%")


class Unread(ValueError):  # noqa: N818 - says what could not be read
    """What was typed into a field is not of its kind; the message is for the reader."""


@dataclass(kw_only=True)
class Shown:
    """A field as it stands in the form."""

    field: Field
    id: str
    value: Any
    errors: list[str] = dataclasses.field(default_factory=list)


@dataclass(kw_only=True)
class Form:
    """The form of a document: what it shows, and what is wrong with it."""

    kind: str
    fields: list[Shown]
    errors: list[str] = dataclasses.field(default_factory=list)
    """What belongs to no field."""

    @property
    def wrong(self) -> int:
        """How many places need attention."""
        return len(self.errors) + sum(1 for one in self.fields if one.errors)


@dataclass(frozen=True, kw_only=True)
class Control:
    """How a part of a row becomes text of a form and how that becomes a part of a row again.

    ``read`` gets what was sent for the field and returns None for nothing.
    """

    show: Callable[[Any], Any]
    read: Callable[[str], Any]


def form_of(kind: str, row: Row) -> Form:
    """Return the form of a row."""
    shown = [
        Shown(field=one, id=_id(one), value=_shown(one, row))
        for one in fields_of(kind, row.get("kind", ""))
    ]
    return Form(kind=kind, fields=shown)


def sent_form(kind: str, base: Row, sent: Sent) -> tuple[Row, Form]:
    """Return the row that a sent form makes of ``base``, and the form as it was sent.

    Its fields carry what could not be read; then the row lacks those.
    """
    row: Row = {name: value for name, value in base.items() if not isinstance(value, dict)}
    row |= {name: dict(value) for name, value in base.items() if isinstance(value, dict)}
    form = Form(kind=kind, fields=[])
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
    if one.control == "options":
        return first in {"options", "correct", "why"}
    if one.control == "truth":
        return first in {"correct", "why"}
    return bool(path) and (
        path == one.name or path.startswith(one.name + ".") or one.name.startswith(path + ".")
    )


def _detail(one: Field, path: str) -> str:
    if one.own:
        return path if path not in one.own else ""
    if one.control == "options" and path.startswith("options."):
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


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _integer(text: str) -> int:
    try:
        return int(text.strip())
    except ValueError:
        raise Unread(_("A whole number, please.")) from None


def _number(text: str) -> int | float:
    try:
        value = float(text.strip().replace(",", ".").replace(" ", ""))
    except ValueError:
        raise Unread(_("A number, please.")) from None
    return int(value) if value.is_integer() else value


def _factors(text: str) -> Row:
    found: Row = {}
    for line in _lines(text):
        unit, equals, factor = line.rpartition("=")
        if not equals or not unit.strip():
            raise Unread(_("Write each unit with its factor: km = 1000"))
        found[unit.strip()] = _number(factor)
    return found


def _accepted(text: str) -> list[Any]:
    found: list[Any] = []
    for line in _lines(text):
        part = PART.fullmatch(line)
        found.append({"text": part[1], "score": int(part[2])} if part else line)
    return found


def _tell_accepted(value: list[Any]) -> str:
    return "\n".join(
        one if isinstance(one, str) else f"{one['text']} = {one['score']} %" for one in value
    )


def _plain(value: Any) -> str:
    return str(value)


_PLAIN = Control(show=_plain, read=str.strip)
_DAY = Control(show=_plain, read=str.strip)

CONTROLS: dict[str, Control] = {
    "text": Control(show=_plain, read=lambda text: " ".join(text.split())),
    "area": _PLAIN,
    "tall": Control(show=_plain, read=lambda text: text.strip() + "\n"),
    "markdown": Control(show=_plain, read=lambda text: text.strip() + "\n"),
    "choice": _PLAIN,
    "topic": _PLAIN,
    "number choice": Control(show=_plain, read=_integer),
    "day": _DAY,
    "day or none": _DAY,
    "integer": Control(show=_plain, read=_integer),
    "number": Control(show=_plain, read=_number),
    "lines": Control(show="\n".join, read=_lines),
    "words": Control(show=" ".join, read=str.split),
    "factors": Control(
        show=lambda value: "\n".join(f"{unit} = {factor}" for unit, factor in value.items()),
        read=_factors,
    ),
    "accepted": Control(show=_tell_accepted, read=_accepted),
    "flag": Control(show=lambda value: "1" if value else "", read=str.strip),
    "yaml": _PLAIN,
}


def _show_options(row: Row) -> list[Row]:
    options, why = row.get("options", {}), row.get("why", {})
    shown = [
        {"id": id_, "text": text, "right": id_ in row.get("correct", ()), "why": why.get(id_, "")}
        for id_, text in options.items()
    ]
    free = [one for one in ascii_lowercase if one not in options]
    wanted = max(FEWEST_OPTIONS, min(len(shown) + SPARE_OPTIONS, MOST_OPTIONS)) - len(shown)
    return shown + [{"id": one, "text": "", "right": False, "why": ""} for one in free[:wanted]]


def _sent_options(sent: Sent) -> list[Row]:
    ids = [one for one in ascii_lowercase if f"options.{one}" in sent]
    return [
        {
            "id": one,
            "text": sent[f"options.{one}"],
            "right": sent.get(f"correct.{one}") == "1" or sent.get("correct") == one,
            "why": sent.get(f"why.{one}", ""),
        }
        for one in ids
    ]


def _take_options(row: Row, sent: Sent) -> None:
    given = [one for one in _sent_options(sent) if one["text"].strip() or one["why"].strip()]
    row["options"] = {
        one["id"]: " ".join(one["text"].split()) for one in given if one["text"].strip()
    }
    row["correct"] = [one["id"] for one in _sent_options(sent) if one["right"]]
    why = {one["id"]: one["why"].strip() for one in given if one["why"].strip()}
    row.pop("why", None)
    if why:
        row["why"] = why


def _show_truth(row: Row) -> Row:
    why = row.get("why", {})
    right = row.get("correct")
    return {
        "right": "" if right is None else str(right).lower(),
        "true": why.get("true", ""),
        "false": why.get("false", ""),
    }


def _sent_truth(sent: Sent) -> Row:
    return {
        "right": sent.get("correct", ""),
        "true": sent.get("why.true", ""),
        "false": sent.get("why.false", ""),
    }


def _take_truth(row: Row, sent: Sent) -> None:
    shown = _sent_truth(sent)
    why = {name: shown[name].strip() for name in ("true", "false") if shown[name].strip()}
    row.pop("why", None)
    if why:
        row["why"] = why
    if shown["right"] not in {"true", "false"}:
        row.pop("correct", None)
        raise Unread(_("Say whether it is so."))
    row["correct"] = shown["right"] == "true"


Several = tuple[Callable[[Row], Any], Callable[[Row, Sent], None], Callable[[Sent], Any]]
SEVERAL: dict[str, Several] = {
    "options": (_show_options, _take_options, _sent_options),
    "truth": (_show_truth, _take_truth, _sent_truth),
}
"""Controls of several inputs: how to show them, how to take what was sent, how to show that."""
