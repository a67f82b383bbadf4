"""What is wrong with an operator's model: binary glTF 2.0 with everything inside one file."""

import json
import struct
from collections.abc import Iterator, Mapping
from typing import Any, Final

LARGEST_BYTES: Final = 4_000_000
MOST_TRIANGLES: Final = 50_000
"""About as many as all objects of a scenario have together: a phone still draws them."""

_HEADER: Final = struct.Struct("<4sII")
_CHUNK: Final = struct.Struct("<II")
_JSON, _BIN = 0x4E4F534A, 0x004E4942
_VERSION: Final = 2
_CORNERS: Final = 3
_TRIANGLES: Final = 4

Row = Mapping[str, Any]


def prop_faults(file: bytes) -> list[str]:
    """Return what is wrong with a model, one line each; nothing where it can be shown."""
    if len(file) > LARGEST_BYTES:
        return [f"has {len(file)} bytes, of {LARGEST_BYTES} at most"]
    try:
        gltf, body_bytes = _opened(file)
        return list(_faults(gltf, body_bytes))
    except (struct.error, ValueError):
        return ["is no binary glTF 2.0 file"]
    except (AttributeError, IndexError, KeyError, TypeError):
        return ["names what is not there"]


def _opened(file: bytes) -> tuple[Row, int]:
    """Return the description in a file and the size of its body. Raises ValueError for no glTF."""
    magic, version, length = _HEADER.unpack_from(file)
    if (magic, version, length) != (b"glTF", _VERSION, len(file)):
        raise ValueError(magic)
    long, kind = _CHUNK.unpack_from(file, _HEADER.size)
    start = _HEADER.size + _CHUNK.size
    if kind != _JSON:
        raise ValueError(kind)
    gltf = json.loads(file[start : start + long])
    if not isinstance(gltf, dict):
        raise ValueError(gltf)  # noqa: TRY004 - a file that says so is none of ours
    if start + long == len(file):
        return gltf, 0
    body_bytes, kind = _CHUNK.unpack_from(file, start + long)
    if kind != _BIN or start + long + _CHUNK.size + body_bytes > len(file):
        raise ValueError(kind)
    return gltf, body_bytes


def _faults(gltf: Row, body_bytes: int) -> Iterator[str]:
    for kind in ("buffers", "images"):
        for nth, one in enumerate(gltf.get(kind, ())):
            if "uri" in one:
                yield f"{kind}.{nth}: lies outside the file"
    for name in gltf.get("extensionsRequired", ()):
        yield f"needs {name}, which is not read here"
    for nth, one in enumerate(gltf.get("bufferViews", ())):
        if one.get("byteOffset", 0) + one["byteLength"] > body_bytes:
            yield f"bufferViews.{nth}: ends behind the file"
    triangles = sum(_triangles(gltf))
    if not triangles:
        yield "shows nothing"
    if triangles > MOST_TRIANGLES:
        yield f"has {triangles} triangles, of {MOST_TRIANGLES} at most"


def _triangles(gltf: Row) -> Iterator[int]:
    """Yield how many triangles each part of the model has; lines and points are not drawn."""
    for mesh in gltf.get("meshes", ()):
        for one in mesh["primitives"]:
            corners = gltf["accessors"][one.get("indices", one["attributes"]["POSITION"])]
            if one.get("mode", _TRIANGLES) == _TRIANGLES:
                yield corners["count"] // _CORNERS
