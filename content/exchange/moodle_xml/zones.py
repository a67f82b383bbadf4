"""A question about places as markers to drag: a tick for the right ones, a cross for the others."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from content.exchange.areas import pixels, rounded
from content.exchange.giving import Giving

RIGHT, WRONG = "✓", "✗"
SHAPES = {"rect": "rectangle", "circle": "circle", "polygon": "polygon"}


def write(giving: Giving, question: Element, sides: tuple[int, int]) -> None:
    """Markers and zones of a hotspot on a picture of ``sides`` pixels; names are lost."""
    row = giving.row
    right = set(row["correct"])
    for number, (mark, count) in enumerate(
        ((RIGHT, len(right)), (WRONG, len(row["areas"]) - len(right))), 1
    ):
        drag = SubElement(question, "drag")
        SubElement(drag, "no").text = str(number)
        SubElement(drag, "text").text = mark
        SubElement(drag, "noofdrags").text = str(count)
    for place, (letter, area) in enumerate(row["areas"].items(), 1):
        shape, at = area["shape"], area["at"]
        if shape == "circle" and sides[0] != sides[1]:
            giving.lose("area", f"{shape} {area['label']}", "shape")
            shape, at = "polygon", [round(value) for value in rounded(at)]
        drop = SubElement(question, "drop")
        SubElement(drop, "no").text = str(place)
        SubElement(drop, "shape").text = SHAPES[shape]
        SubElement(drop, "coords").text = _coords(shape, pixels(at, sides))
        SubElement(drop, "choice").text = "1" if letter in right else "2"
        giving.lose("area", area["label"])
    giving.lose("picture", row["picture"]["alt"])
    if row.get("show_areas"):
        giving.lose("show_areas")


def _coords(shape: str, at: Sequence[int]) -> str:
    if shape == "circle":
        return f"{at[0]},{at[1]};{at[2]}"
    if shape == "rect":
        return f"{at[0]},{at[1]};{at[2] - at[0]},{at[3] - at[1]}"
    return ";".join(f"{x},{y}" for x, y in zip(at[::2], at[1::2], strict=True))
