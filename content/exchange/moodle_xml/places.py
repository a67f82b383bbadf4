"""ddmarker: markers to put on a picture. Each marker asks for its zones, so it is a part."""

import re
from xml.etree.ElementTree import Element

from content.exchange import building
from content.exchange.areas import area
from content.exchange.drafts import Draft, LeftOut, Row
from content.exchange.keeping import decoded
from content.exchange.limits import LIMITS
from content.exchange.moodle_xml import parts
from content.exchange.moodle_xml.zones import RIGHT, WRONG
from content.exchange.pictures import NoPicture, named, size

_NUMBERS = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")
NUMBERS_OF = {"circle": 3, "rectangle": 4}


def ddmarker(draft: Draft, question: Element) -> Row:
    """A case with a part for each marker: its zones are right, those of the others wrong."""
    picture, sides = _picture(draft, question)
    markers = {
        parts.word(one, "no"): draft.plain(parts.said(one), "html", part="marker").text
        for one in question.findall("drag")
    }
    zones = [
        (parts.word(one, "choice"), _zone(draft, one, place, sides))
        for place, one in enumerate(question.findall("drop"), 1)
    ]
    if not zones or any(marker not in markers for marker, _ in zones):
        raise LeftOut("", "broken", "drop")
    if set(markers.values()) == {RIGHT, WRONG}:
        return _hotspot(draft, picture, markers, zones)
    asked = dict.fromkeys(marker for marker, _ in zones)
    if len(asked) < 2:  # noqa: PLR2004 - every zone would be right
        raise LeftOut(", ".join(markers.values()), "few_areas", "drop")
    for unused in markers.keys() - asked.keys():
        draft.lose("drag", markers[unused], "several_markers")
    letters = building.lettered([row["label"] for _, row in zones])
    areas = dict(zip(letters, (row for _, row in zones), strict=True))
    draft.lose("area", ", ".join(row["label"] for _, row in zones), "label")
    made = []
    for marker in asked:
        right = [letter for letter, (own, _) in zip(letters, zones, strict=True) if own == marker]
        made.append(
            {"kind": "hotspot", "text": markers[marker], "picture": picture}
            | {"areas": areas, "correct": right}
        )
    return building.case_row(made) | {"picture": picture}


def _hotspot(
    draft: Draft, picture: Row, markers: dict[str, str], zones: list[tuple[str, Row]]
) -> Row:
    """Ticks and crosses, as `zones` writes them: one question about all the places."""
    letters = building.lettered([row["label"] for _, row in zones])
    draft.lose("area", ", ".join(row["label"] for _, row in zones), "label")
    right = [
        letter for letter, (own, _) in zip(letters, zones, strict=True) if markers[own] == RIGHT
    ]
    return {
        "kind": "hotspot",
        "picture": picture,
        "areas": dict(zip(letters, (row for _, row in zones), strict=True)),
        "correct": right,
    }


def _picture(draft: Draft, question: Element) -> tuple[Row, tuple[int, int]]:
    file = question.find("file")
    data = decoded(file.text or "") if file is not None else None
    if data is None:
        raise LeftOut("", "no_picture", "picture")
    try:
        name = named(data, limits=LIMITS)
        sides = size(data)
    except NoPicture as error:
        raise LeftOut(file.get("name", "") if file is not None else "", error.code) from error
    draft.files = {**draft.files, name: data}
    for image in draft.images:
        draft.lose("text: img", image.alt or image.src, "more_pictures")
    draft.images = []
    draft.lose("picture", name, "no_alt")
    return {"file": name, "alt": draft.title or draft.place}, sides


def _zone(draft: Draft, drop: Element, place: int, sides: tuple[int, int]) -> Row:
    shape = parts.word(drop, "shape").lower()
    at = [float(one) for one in _NUMBERS.findall(parts.word(drop, "coords")[:2000])]
    if len(at) != NUMBERS_OF.get(shape, len(at)) or shape not in ("circle", "rectangle", "polygon"):
        raise LeftOut(parts.word(drop, "coords"), "broken", "drop")
    if shape == "rectangle":
        at = [at[0], at[1], at[0] + at[2], at[1] + at[3]]
    return area(draft, str(place), "rect" if shape == "rectangle" else shape, at, sides)
