"""Zip archives read into memory within limits: never unpacked to a disk, never one in another."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from content.exchange.limits import ImportRefused, Limits

READ_BYTES = 65_536
ZIP_START = b"PK"
SMALL_BYTES = 10_000
"""An entry this small may be packed as tightly as it likes."""


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as an archive does."""
    return data.startswith(ZIP_START)


def unpack(data: bytes, *, limits: Limits) -> dict[str, bytes]:
    """Every file of the archive by its path.

    Raises ImportRefused for a broken or locked archive, one over the limits, paths that leave it,
    and archives in it. The sizes an archive states are not believed: what is read is counted.
    """
    if len(data) > limits.file_bytes:
        raise ImportRefused("size", f"{len(data):,} > {limits.file_bytes:,}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpack(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        raise ImportRefused("zip") from error
    except (RuntimeError, NotImplementedError) as error:  # a password, or a rare way of packing
        raise ImportRefused("zip_locked") from error


def _unpack(archive: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > limits.zip_entries:
        raise ImportRefused("zip_entries", f"{len(entries):,} > {limits.zip_entries:,}")
    files: dict[str, bytes] = {}
    total = 0
    for one in entries:
        path = safe_path(one.filename)
        most = max(one.compress_size * limits.unpacked_ratio, SMALL_BYTES)
        content = _read(archive, one, most, path)
        total += len(content)
        if total > limits.unpacked_bytes:
            raise ImportRefused("zip_size", f"> {limits.unpacked_bytes:,}")
        if is_zip(content):
            raise ImportRefused("zip_nested", path)
        files[path] = content
    return files


def safe_path(name: str) -> str:
    """The path of an entry. Raises ImportRefused for one that would lead out of the archive."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or not path.parts:
        raise ImportRefused("zip_path", name[:80])
    return str(path)


def _read(archive: zipfile.ZipFile, one: zipfile.ZipInfo, most: int, path: str) -> bytes:
    pieces: list[bytes] = []
    size = 0
    with archive.open(one) as stream:
        while piece := stream.read(READ_BYTES):
            size += len(piece)
            if size > most:
                raise ImportRefused("zip_ratio", path)
            pieces.append(piece)
    return b"".join(pieces)
