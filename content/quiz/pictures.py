"""Pictures of a pack: drawings that cannot do anything, and images of a sensible size."""

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from content.quiz.packs import PackFile
from content.quiz.problems import Problem

LARGEST_BYTES: Final = 500_000
LARGEST_SIDE_PX: Final = 4_000
NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\.(svg|png)")
MEDIA_TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}

_SVG: Final = "{http://www.w3.org/2000/svg}"
_ELEMENTS: Final = frozenset(
    [
        "svg",
        "g",
        "defs",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "use",
        "symbol",
        "marker",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "clipPath",
        "mask",
        "style",
        "filter",
        "feGaussianBlur",
        "feOffset",
        "feMerge",
        "feMergeNode",
        "feBlend",
        "feFlood",
        "feComposite",
        "feDropShadow",
        "feColorMatrix",
    ]
)
_FOREIGN: Final = re.compile(
    r"javascript:|data:|@import|expression\(|url\(\s*['\"]?\s*[^#'\"\s]", re.IGNORECASE
)
_PNG_HEAD: Final = struct.Struct(">8s4x4sII")


def read_pictures(folder: Path) -> tuple[dict[str, PackFile], list[Problem]]:
    """Read ``pictures/`` of a pack, in the order of names."""
    pictures: dict[str, PackFile] = {}
    problems: list[Problem] = []
    for path in sorted((folder / "pictures").glob("*")):
        file = f"pictures/{path.name}"
        data = path.read_bytes() if path.stat().st_size <= LARGEST_BYTES else None
        faults = (
            [f"is larger than {LARGEST_BYTES:,} bytes"]
            if data is None
            else list(picture_faults(path.name, data))
        )
        problems += [
            Problem(file=file, subject="", field="", message=message) for message in faults
        ]
        if data is not None and not faults:
            media_type = MEDIA_TYPES[path.suffix[1:]]
            pictures[path.name] = PackFile(name=path.name, media_type=media_type, data=data)
    return pictures, problems


def picture_faults(name: str, data: bytes) -> Iterator[str]:
    """Find why ``data`` must not be shown as the picture ``name``."""
    if not NAME.fullmatch(name):
        yield "must be named in small Latin letters, digits and hyphens, ending in .svg or .png"
    elif len(data) > LARGEST_BYTES:
        yield f"is larger than {LARGEST_BYTES:,} bytes"
    elif name.endswith(".png"):
        yield from _png_faults(data)
    else:
        yield from _svg_faults(data)


def _png_faults(data: bytes) -> Iterator[str]:
    head = data[: _PNG_HEAD.size]
    if len(head) < _PNG_HEAD.size or not head.startswith(b"\x89PNG\r\n\x1a\n"):
        yield "is no PNG"
        return
    _, chunk, width, height = _PNG_HEAD.unpack(head)
    if chunk != b"IHDR" or not (0 < width <= LARGEST_SIDE_PX and 0 < height <= LARGEST_SIDE_PX):
        yield f"must be at most {LARGEST_SIDE_PX} pixels wide and high"


def _svg_faults(data: bytes) -> Iterator[str]:
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        yield "must have no document type and no entities"
        return
    except (ParseError, ValueError, LookupError):
        yield "is no readable SVG"
        return
    if root.tag != f"{_SVG}svg":
        yield "is no SVG: its first element must be svg, with xmlns"
    elif "viewBox" not in root.attrib:
        yield "needs a viewBox, so that it fits every screen"
    if b"<?" in data.removeprefix(b"\xef\xbb\xbf").lstrip()[5:]:
        yield "must have no processing instructions"
    seen: dict[str, None] = {}
    for element in root.iter():
        seen.update(dict.fromkeys(_element_faults(element)))
    yield from seen


def _element_faults(element: Element) -> Iterator[str]:
    name = element.tag.removeprefix(_SVG)
    if name not in _ELEMENTS:
        yield f"must not have the element {name.rpartition('}')[2][:40]}"
    for attribute, value in element.attrib.items():
        plain = attribute.rpartition("}")[2].lower()
        if plain.startswith("on"):
            yield f"must not have the attribute {plain[:40]}"
        if plain in {"href", "src"} and not value.startswith("#"):
            yield "must not refer to anything outside itself"
        if _FOREIGN.search(value):
            yield "must not refer to anything outside itself"
    if _FOREIGN.search(element.text or "") and name == "style":
        yield "must not refer to anything outside itself"
