"""Which picture a question keeps, out of those its text names."""

import base64
import binascii
from urllib.parse import unquote

from content.exchange.drafts import Draft
from content.exchange.limits import Limits
from content.exchange.losses import shown
from content.exchange.markup import Image
from content.exchange.pictures import NoPicture, named

MOODLE_FILE = "@@PLUGINFILE@@/"
INLINE = "data:"
LONGEST_ALT = 500


def keep_pictures(draft: Draft, kept: dict[str, bytes], *, limits: Limits) -> None:
    """Give the row the first picture of its text that came along; the others are noted as lost.

    The bytes of what is kept go into ``kept`` by the name the row uses.
    """
    for image in draft.images:
        if "picture" in draft.row:
            draft.lose("text: img", image.alt or _told(image.src), "more_pictures")
        else:
            keep_picture(draft, image, kept, limits=limits)


def keep_picture(draft: Draft, image: Image, kept: dict[str, bytes], *, limits: Limits) -> bool:
    """Make ``image`` the picture of the row; whether that could be done."""
    data = content(draft, image.src)
    if data is None:
        outside = image.src.startswith(("http:", "https:", "//"))
        code = "picture_outside" if outside else "picture_missing"
        draft.lose("text: img", _told(image.src), code)
        return False
    try:
        name = named(data, limits=limits)
    except NoPicture as error:
        draft.lose("text: img", _told(image.src), error.code)
        return False
    if not image.alt:
        draft.lose("text: img", _told(image.src), "no_alt")
    alt = image.alt or draft.title or draft.place
    draft.row["picture"] = {"file": name, "alt": " ".join(alt.split())[:LONGEST_ALT]}
    kept[name] = data
    return True


def content(draft: Draft, src: str) -> bytes | None:
    """Bytes of a picture by the address a text gives; None where they did not come along."""
    if src.startswith(INLINE):
        head, _, body = src.partition(",")
        return decoded(body) if head.endswith(";base64") else None
    name = unquote(src.removeprefix(MOODLE_FILE))
    return draft.files.get(src) or draft.files.get(name) or None


def decoded(text: str) -> bytes | None:
    """Bytes of base64, line breaks in it allowed; None for anything else."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _told(src: str) -> str:
    return shown(src[:40] if src.startswith(INLINE) else src)
