"""A question as plain data: the same in files, in the database, in editors and importers.

`read_question` expects a row that `content.quiz.row_problems` finds nothing wrong with, apart
from what a draft may lack: explanation, source and version.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import singledispatch
from typing import Any

from content.quiz.acts import Act, Norm
from content.quiz.kinds import (
    FULL,
    Accepted,
    Area,
    Case,
    Cloze,
    Gap,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    ShortText,
    TrueFalse,
)
from content.quiz.questions import (
    UNKNOWN_DAY,
    MultipleChoice,
    Option,
    Picture,
    Question,
    SingleChoice,
    Source,
    Verified,
)

Row = dict[str, Any]
Fields = Mapping[str, Any]

_NOWHERE = Source(act="", ref="", urls=(), verified=Verified.ONE, as_of=UNKNOWN_DAY, own_day=False)


def read_question(
    row: Fields,
    *,
    topic: str,
    version: int | None = None,
    norms: Mapping[str, Norm] | None = None,
    acts: Mapping[str, Act] | None = None,
    as_of: date | None = None,
) -> Question:
    """Return the question in ``row``.

    ``version`` overrules the row's own. Where the row gives no day of checking, ``as_of`` is
    taken, or else the day on which its act was checked. A norm or an act that is not among
    ``norms`` and ``acts`` leaves the source with what the row says.
    """
    source = _read_source(row.get("source"), norms or {}, acts or {}, as_of)
    return _read(
        row,
        id=row["id"],
        version=version if version is not None else row.get("version", 1),
        topic=topic,
        difficulty=row["difficulty"],
        also=tuple(row.get("also", ())),
        source=source,
    )


def write_question(question: Question) -> Row:
    """Return ``question`` as a row; reading it again gives an equal question."""
    source = _write_source(question.source)
    return {
        "id": question.id,
        "version": question.version,
        "kind": question.kind,
        "difficulty": question.difficulty,
        **({"also": list(question.also)} if question.also else {}),
        **_write(question),
        **({"source": source} if source else {}),
    }


def _read(row: Fields, **common: Any) -> Question:
    kind = KINDS[row["kind"]]
    picture = row.get("picture")
    return kind(
        **common,
        text=row["text"],
        picture=Picture(file=picture["file"], alt=picture["alt"]) if picture else None,
        explanation=row.get("explanation", ""),
        why=dict(row.get("why", {})),
        **_OWN_FIELDS[row["kind"]](row, common),
    )


def _options(row: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(id=id_, text=text) for id_, text in row.items())


def _choice(row: Fields, _: Fields) -> Row:
    return {"options": _options(row["options"]), "correct": frozenset(row["correct"])}


def _true_false(row: Fields, _: Fields) -> Row:
    return {"correct": frozenset({"true" if row["correct"] else "false"})}


def _matching(row: Fields, _: Fields) -> Row:
    return {
        "left": _options(row["left"]),
        "right": _options(row["right"]),
        "pairs": dict(row["pairs"]),
    }


def _ordering(row: Fields, _: Fields) -> Row:
    return {"items": _options(row["items"]), "order": tuple(row["order"])}


def _numeric(row: Fields, _: Fields) -> Row:
    return {
        "answer": row["answer"],
        "tolerance": row["tolerance"],
        "unit": row.get("unit", ""),
        "units": dict(row.get("units", {})),
    }


def _text(row: Fields, _: Fields) -> Row:
    return {
        "accept": tuple(
            Accepted(text=one)
            if isinstance(one, str)
            else Accepted(text=one["text"], percent=one["score"])
            for one in row["accept"]
        ),
        "case_sensitive": row.get("case_sensitive", False),
    }


def _cloze(row: Fields, _: Fields) -> Row:
    gaps = [
        Gap(id=id_, options=_options(gap["options"]), correct=gap["correct"])
        for id_, gap in row["gaps"].items()
    ]
    return {"gaps": tuple(gaps)}


def _hotspot(row: Fields, _: Fields) -> Row:
    areas = [
        Area(id=id_, label=area["label"], shape=area["shape"], at=tuple(area["at"]))
        for id_, area in row["areas"].items()
    ]
    return {
        "areas": tuple(areas),
        "correct": frozenset(row["correct"]),
        "show_areas": row.get("show_areas", False),
    }


def _case(row: Fields, common: Fields) -> Row:
    return {
        "parts": {
            id_: _read(part, **{**common, "id": f"{common['id']}.{id_}"})
            for id_, part in row["parts"].items()
        }
    }


KINDS: Mapping[str, type[Question]] = {
    one.kind: one
    for one in (
        SingleChoice,
        MultipleChoice,
        TrueFalse,
        Matching,
        Ordering,
        Numeric,
        ShortText,
        Cloze,
        Hotspot,
        Case,
    )
}
"""Every kind of question by its name in a row."""

_OWN_FIELDS: Mapping[str, Callable[[Fields, Fields], Row]] = {
    "single": _choice,
    "multiple": _choice,
    "truefalse": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "text": _text,
    "cloze": _cloze,
    "hotspot": _hotspot,
    "case": _case,
}
"""By kind: its own fields of a question, from the row and from what parts take from their case."""


def _write(question: Question) -> Row:
    """Return what a part of a case has too."""
    picture = question.picture
    return {
        "text": question.text,
        **({"picture": {"file": picture.file, "alt": picture.alt}} if picture else {}),
        **_write_own(question),
        **({"explanation": question.explanation} if question.explanation else {}),
        **({"why": dict(question.why)} if question.why else {}),
    }


def _texts(options: tuple[Option, ...]) -> dict[str, str]:
    return {one.id: one.text for one in options}


@singledispatch
def _write_own(question: Question) -> Row:
    return {"options": _texts(question.options), "correct": sorted(question.correct)}


@_write_own.register
def _(question: TrueFalse) -> Row:
    return {"correct": "true" in question.correct}


@_write_own.register
def _(question: Matching) -> Row:
    return {
        "left": _texts(question.left),
        "right": _texts(question.right),
        "pairs": dict(question.pairs),
    }


@_write_own.register
def _(question: Ordering) -> Row:
    return {"items": _texts(question.items), "order": list(question.order)}


@_write_own.register
def _(question: Numeric) -> Row:
    return {
        "answer": question.answer,
        "tolerance": question.tolerance,
        **({"unit": question.unit} if question.unit else {}),
        **({"units": dict(question.units)} if question.units else {}),
    }


@_write_own.register
def _(question: ShortText) -> Row:
    return {
        "accept": [
            one.text if one.percent == FULL else {"text": one.text, "score": one.percent}
            for one in question.accept
        ],
        **({"case_sensitive": True} if question.case_sensitive else {}),
    }


@_write_own.register
def _(question: Cloze) -> Row:
    return {
        "gaps": {
            gap.id: {"options": _texts(gap.options), "correct": gap.correct}
            for gap in question.gaps
        }
    }


@_write_own.register
def _(question: Hotspot) -> Row:
    return {
        "areas": {
            area.id: {"label": area.label, "shape": area.shape, "at": list(area.at)}
            for area in question.areas
        },
        "correct": sorted(question.correct),
        **({"show_areas": True} if question.show_areas else {}),
    }


@_write_own.register
def _(question: Case) -> Row:
    return {
        "parts": {id_: {"kind": part.kind, **_write(part)} for id_, part in question.parts.items()}
    }


def _read_source(
    row: Fields | None, norms: Mapping[str, Norm], acts: Mapping[str, Act], as_of: date | None
) -> Source:
    if not row:
        return _NOWHERE
    if "norm" in row:
        norm = norms.get(row["norm"])
        if norm is None:
            return replace(_NOWHERE, norm=row["norm"])
        act = acts.get(norm.act)
        return Source(
            act=act.title.ru if act else norm.act,
            ref=norm.ref,
            urls=norm.urls,
            verified=norm.verified,
            as_of=norm.checked,
            also_seen_on=norm.also_seen_on,
            act_id=norm.act,
            norm=norm.id,
            own_day=False,
        )
    act = acts.get(row["act"])
    checked = act.checked if act else UNKNOWN_DAY
    return Source(
        act=act.title.ru if act else row["act"],
        ref=row["ref"],
        urls=tuple(row["urls"]),
        verified=Verified(row["verified"]),
        as_of=date.fromisoformat(row["as_of"]) if "as_of" in row else as_of or checked,
        also_seen_on=tuple(row.get("also_seen_on", ())),
        act_id=row["act"] if act else "",
        own_day="as_of" in row or as_of is not None,
    )


def _write_source(source: Source) -> Row:
    if source.norm:
        return {"norm": source.norm}
    if not source.act:
        return {}
    return {
        "act": source.act_id or source.act,
        "ref": source.ref,
        "verified": source.verified.value,
        **({"as_of": source.as_of.isoformat()} if source.own_day else {}),
        "urls": list(source.urls),
        **({"also_seen_on": list(source.also_seen_on)} if source.also_seen_on else {}),
    }
