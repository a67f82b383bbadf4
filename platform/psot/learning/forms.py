"""From the fields of a form, as a browser without script sends them, to the answer of a question.

Names of fields: ``chosen``; ``pair.<left>``; ``place.<item>``; ``value`` and ``unit``; ``text``;
``gap.<id>``; ``area``, ``point`` ("x,y" in permille) or ``picture.x`` and ``picture.y`` (pixels of
a picture `PICTURE_WIDTH_PX` wide). In a part of a case they begin with ``<part>.``.
"""

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from content.quiz import PublicQuestion, Response

PICTURE_WIDTH_PX = 320
LONGEST = 500
"""Characters of a field; the grader refuses what is too long for the question."""
PERMILLE = 1000

Fields = MultiDict[str, str]
Form = Mapping[str, Any]


def response_from(asked: PublicQuestion, fields: Fields, heights: Mapping[str, float]) -> Response:
    """Return the answer in ``fields``; what is missing there is missing in the answer.

    ``heights`` are the heights of pictures by their file, as shares of their width.
    """
    picture = asked.picture.file if asked.picture else ""
    if asked.kind == "case":
        return {
            part["id"]: _read(part["kind"], part["form"], fields, f"{part['id']}.", part_picture)
            for part in asked.form["parts"]
            for part_picture in [heights.get((part["picture"] or {}).get("file", ""), 1.0)]
        }
    return _read(asked.kind, asked.form, fields, "", heights.get(picture, 1.0))


def _read(kind: str, form: Form, fields: Fields, prefix: str, height: float) -> Response:
    reader = READERS.get(kind)
    if reader is not None:
        return reader(form, fields, prefix)
    return _hotspot(fields, prefix, height)


def _choice(_form: Form, fields: Fields, prefix: str) -> Response:
    return fields.getlist(f"{prefix}chosen")


def _matching(form: Form, fields: Fields, prefix: str) -> Response:
    return _named([one["id"] for one in form["left"]], fields, f"{prefix}pair.")


def _ordering(form: Form, fields: Fields, prefix: str) -> Response:
    places = _named([one["id"] for one in form["items"]], fields, f"{prefix}place.")
    by_place = {place: item for item, place in places.items() if place.isdecimal()}
    return [by_place[place] for place in sorted(by_place, key=int)]


def _numeric(form: Form, fields: Fields, prefix: str) -> Response:
    value = _text(form, fields, prefix, name="value")
    if not value:
        return {}
    unit = fields.get(f"{prefix}unit", "") if form["units"] else ""
    return {"value": value, **({"unit": unit} if unit else {})}


def _text(_form: Form, fields: Fields, prefix: str, *, name: str = "text") -> str:
    return fields.get(f"{prefix}{name}", "").strip()[:LONGEST]


def _cloze(form: Form, fields: Fields, prefix: str) -> Response:
    return _named([one["id"] for one in form["gaps"]], fields, f"{prefix}gap.")


def _hotspot(fields: Fields, prefix: str, height: float) -> Response:
    points = [_point(one) for one in fields.getlist(f"{prefix}point")]
    if points:
        return {"points": [one for one in points if one]}
    areas = fields.getlist(f"{prefix}area")
    x, y = (fields.get(f"{prefix}picture.{axis}", "") for axis in "xy")
    # A picture pressed by the keyboard sends its corner: that is no place somebody pointed at.
    if areas or not (x.isdecimal() and y.isdecimal()) or (x, y) == ("0", "0"):
        return {"areas": areas} if areas else {}
    return {
        "points": [
            [
                min(PERMILLE, int(x) * PERMILLE // PICTURE_WIDTH_PX),
                min(PERMILLE, int(int(y) * PERMILLE / (PICTURE_WIDTH_PX * height))),
            ]
        ]
    }


def _point(text: str) -> list[int]:
    x, comma, y = text.partition(",")
    good = comma and x.isdecimal() and y.isdecimal()
    return [min(PERMILLE, int(x)), min(PERMILLE, int(y))] if good else []


def _named(ids: list[str], fields: Fields, prefix: str) -> dict[str, str]:
    found = {id_: fields.get(f"{prefix}{id_}", "")[:LONGEST] for id_ in ids}
    return {id_: value for id_, value in found.items() if value}


READERS: dict[str, Callable[[Form, Fields, str], Response]] = {
    "single": _choice,
    "multiple": _choice,
    "truefalse": _choice,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "text": _text,
    "cloze": _cloze,
}
