"""hotspotInteraction, selectPointInteraction."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from content.exchange import building
from content.exchange.areas import area
from content.exchange.drafts import LeftOut, Row
from content.exchange.figures import number
from content.exchange.limits import LIMITS
from content.exchange.pictures import NoPicture, named, size
from content.exchange.qti.asked import Asked
from content.exchange.qti.body import path_of
from content.exchange.qti.responses import shares

SHAPES = {"rect": "rect", "circle": "circle", "poly": "polygon", "ellipse": "ellipse"}
LONGEST_COORDS = 2000
LONGEST_ALT = 500


def hotspot(asked: Asked) -> Row:
    """Areas to choose; the declared ones are right."""
    found = asked.element.findall("hotspotChoice")
    ids = [one.get("identifier", "") for one in found]
    labels = [one.get("hotspotLabel", "").strip() for one in found]
    share = shares(asked.declared, dict.fromkeys(ids, ""), single=False)
    right = [id_ for id_ in ids if share.get(id_, 0) > 0]
    return _row(asked, found, labels, [ids.index(id_) for id_ in right if ids.count(id_) == 1])


def select_point(asked: Asked) -> Row:
    """Areas that earn something are right; those that earn nothing are wrong."""
    found = list(asked.declared.areas)
    values = [number(one.get("mappedValue", "")) or 0 for one in found]
    return _row(
        asked, found, [""] * len(found), [place for place, value in enumerate(values) if value > 0]
    )


def _row(asked: Asked, found: Sequence[Element], labels: list[str], right: list[int]) -> Row:
    if not right:
        raise LeftOut("", "no_key", "areas")
    if len(right) == len(found):
        raise LeftOut("", "few_areas", "areas")
    picture, sides = _picture(asked)
    if not all(labels) or len(set(labels)) < len(labels):
        asked.draft.lose("areas", ", ".join(labels), "label")
        labels = [str(place) for place in range(1, len(found) + 1)]
    letters = building.lettered(labels)
    areas = {
        letter: _area(asked, one, label, sides)
        for (letter, label), one in zip(letters.items(), found, strict=True)
    }
    by_place = list(letters)
    return {
        "kind": "hotspot",
        "picture": picture,
        "areas": areas,
        "correct": [by_place[place] for place in right],
    }


def _area(asked: Asked, one: Element, label: str, sides: tuple[int, int]) -> Row:
    shape = one.get("shape", "")
    if shape == "default":
        return area(asked.draft, label, "rect", [0, 0, *sides], sides)
    at = [number(value) for value in one.get("coords", "")[:LONGEST_COORDS].split(",")]
    if any(value is None for value in at):
        raise LeftOut(one.get("coords", ""), "broken", "area")
    figures = [float(value) for value in at if value is not None]
    return area(asked.draft, label, SHAPES.get(shape, shape), figures, sides)


def _picture(asked: Asked) -> tuple[Row, tuple[int, int]]:
    """The picture that is pointed at, with the size in which coordinates are given."""
    element = next((one for one in asked.element if one.tag in ("object", "img", "picture")), None)
    if element is not None and element.tag == "picture":
        element = element.find("img")
    if element is None:
        raise LeftOut("", "no_picture", "picture")
    path = path_of(element.get("data") or element.get("src") or "", asked.folder)
    data = asked.draft.files.get(path)
    if data is None:
        raise LeftOut(path, "no_picture", "picture")
    try:
        name, sides = named(data, limits=LIMITS), size(data)
    except NoPicture as error:
        raise LeftOut(path, error.code, "picture") from error
    stated = number(element.get("width", "")), number(element.get("height", ""))
    if stated[0] and stated[1] and min(stated[0], stated[1]) >= 1:
        sides = int(stated[0]), int(stated[1])
    asked.draft.files = {**asked.draft.files, name: data}
    alt = (element.get("alt") or "".join(element.itertext())).strip()
    if not alt:
        asked.draft.lose("picture", path, "no_alt")
        alt = asked.draft.title or asked.draft.place
    return {"file": name, "alt": " ".join(alt.split())[:LONGEST_ALT]}, sides
