"""Pictures that come with a question: their names, their sizes, and the rule of packs for them."""

import re
import struct
from hashlib import sha256

from content.exchange.limits import ImportRefused, Limits
from content.exchange.trees import parse
from content.quiz import picture_faults

PNG = b"\x89PNG\r\n\x1a\n"
SVG_LIMITS = Limits(depth=100)
_LENGTH = re.compile(r"(\d{1,5})(?:\.\d{1,6})?(?:px)?\Z")


class NoPicture(Exception):  # noqa: N818 - read as a sentence
    """Bytes that are not kept as a picture; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def named(data: bytes, *, limits: Limits) -> str:
    """The name a picture gets: by its content, so that the same one is kept once.

    Raises NoPicture for what a pack would not take.
    """
    if len(data) > limits.picture_bytes:
        raise NoPicture("picture_large")
    ending = "png" if data.startswith(PNG) else "svg"
    name = f"import-{sha256(data).hexdigest()[:16]}.{ending}"
    if next(iter(picture_faults(name, data)), None):
        raise NoPicture("picture_format")
    return name


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, of an SVG in units of its own. Raises NoPicture."""
    width, height = struct.unpack(">II", data[16:24]) if _is_png(data) else _svg_size(data)
    if not (width and height):
        raise NoPicture("picture_format")
    return width, height


def _is_png(data: bytes) -> bool:
    return data.startswith(PNG) and len(data) >= 24  # noqa: PLR2004 - up to the end of its sizes


def _svg_size(data: bytes) -> tuple[int, int]:
    """The size it states, else that of its view box: what a page shows without other orders."""
    try:
        root = parse(data, limits=SVG_LIMITS)
    except ImportRefused as error:
        raise NoPicture("picture_format") from error
    stated = [_LENGTH.match(root.get(name, "")) for name in ("width", "height")]
    boxed = [_LENGTH.match(one) for one in root.get("viewBox", "").replace(",", " ").split()[2:4]]
    for sides in (stated, boxed):
        found = [int(side.group(1)) for side in sides if side]
        if len(found) == 2:  # noqa: PLR2004 - width and height
            return found[0], found[1]
    raise NoPicture("picture_format")
