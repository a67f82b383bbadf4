"""Own files: the folder of recordings, what may lie in it, and never a step outside.

There are two roots: ``own`` is ``recordings/`` of the data folder, ``pack`` the recordings that
come with PSOT. A name is a path inside its root with forward slashes.
"""

import re
from pathlib import Path
from typing import cast

from flask import current_app
from flask_babel import lazy_gettext as _

import content
from psot.config import Settings
from psot.recordings.errors import BadFile, UnknownRecording

PACK = Path(content.__file__).parent / "packs" / "start" / "recordings"
PARTS = ".parts"
PLAY_LIST = ".m3u8"

# What may be played or shown, with the type it is sent as.
TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
}
STREAM = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".ts": "video/mp2t",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".aac": "audio/aac",
}
POSTERS = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg"}
_PART = re.compile(r"(?!\.)[\w .()+-]{1,120}", re.UNICODE)

# How the files of a type begin: (offset, bytes). A name is no proof of what is inside.
_SIGNS: dict[str, tuple[tuple[int, bytes], ...]] = {
    ".mp4": ((4, b"ftyp"),),
    ".m4v": ((4, b"ftyp"),),
    ".m4a": ((4, b"ftyp"),),
    ".webm": ((0, b"\x1a\x45\xdf\xa3"),),
    ".mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")),
    ".ogg": ((0, b"OggS"),),
    ".opus": ((0, b"OggS"),),
    ".m3u8": ((0, b"#EXTM3U"),),
}


def folder(root: str) -> Path:
    """Return the folder of ``root``, own or pack; the own one is made at first use."""
    if root == "pack":
        return PACK
    settings = cast("Settings", current_app.extensions["psot.settings"])
    own = settings.data_dir.resolve() / "recordings"
    own.mkdir(parents=True, exist_ok=True)
    return own


def find(root: str, name: str) -> Path:
    """Return the file ``name`` of ``root``; raises UnknownRecording for anything outside it."""
    parts = name.split("/")
    base = folder(root).resolve()
    if not all(_PART.fullmatch(part) for part in parts):
        raise UnknownRecording(_("There is no such file."), subject=name)
    found = base.joinpath(*parts).resolve()
    if not found.is_relative_to(base) or not found.is_file():
        raise UnknownRecording(_("There is no such file."), subject=name)
    return found


def choices() -> list[str]:
    """Return the names in the own folder that a recording can be made of, sorted.

    What lies beside or below a play list is a part of its stream, and no recording by itself.
    """
    base = folder("own").resolve()
    streams = {one.parent for one in base.rglob(f"*{PLAY_LIST}")} - {base}
    found = [one for one in base.rglob("*") if one.suffix in TYPES and not streams & {*one.parents}]
    found += [one for one in base.rglob(f"*{PLAY_LIST}") if one.parent != base]
    names = (one.relative_to(base).as_posix() for one in found)
    return sorted(name for name in names if _playable(name))


def kind_of(name: str) -> str:
    """Return hls for a play list, file for what is played as it is.

    Raises BadFile for others, and for a play list outside a folder of its own.
    """
    suffix = Path(name).suffix.lower()
    if suffix == PLAY_LIST:
        # Everything beside a play list is sent to its viewers: it never lies among others' files.
        if "/" not in name:
            message = _("Put a play list and its parts into a folder of their own.")
            raise BadFile(message, subject=name)
        return "hls"
    if suffix in TYPES:
        return "file"
    raise BadFile(
        _("Only MP4, WebM, M4A, MP3, Ogg and HLS play lists can be played."), subject=name
    )


def check_content(path: Path, name: str) -> None:
    """Raise BadFile where the first bytes of ``path`` are not of the type that ``name`` claims."""
    with path.open("rb") as file:
        head = file.read(16)
    signs = _SIGNS[Path(name).suffix.lower()]
    if not any(head[offset : offset + len(sign)] == sign for offset, sign in signs):
        raise BadFile(_("The file is not what its name says."), subject=name)


def safe_name(name: str) -> str:
    """Return the name under which an upload called ``name`` may lie; raises BadFile without one."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].strip()
    if not _PART.fullmatch(last):
        raise BadFile(_("Give the file a plain name of letters, digits and dashes."))
    kind_of(last)
    return last


def _playable(name: str) -> bool:
    return all(_PART.fullmatch(part) for part in name.split("/"))
