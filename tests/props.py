"""A model made by hand: a box in one colour, as a modelling program writes binary glTF."""

import json
import struct
from itertools import product
from typing import Any

CORNERS = [tuple(one) for one in product((-0.5, 0.5), (0.0, 1.0), (-0.5, 0.5))]
SIDES = (
    (0, 1, 3, 2),
    (4, 6, 7, 5),
    (0, 4, 5, 1),
    (2, 3, 7, 6),
    (0, 2, 6, 4),
    (1, 5, 7, 3),
)


def described(
    *, size_m: float = 1.0, colour: tuple[float, float, float] = (1, 0, 1)
) -> tuple[dict[str, Any], bytes]:
    """Return description and body of a box that glows, ``size_m`` wide, standing on the floor."""
    points = [tuple(each * size_m for each in CORNERS[corner]) for side in SIDES for corner in side]
    order = [4 * side + corner for side in range(6) for corner in (0, 1, 2, 0, 2, 3)]
    where = b"".join(struct.pack("<3f", *one) for one in points)
    faces = b"".join(struct.pack("<H", one) for one in order)
    gltf = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "material": 0}]}],
        "materials": [
            {
                "pbrMetallicRoughness": {"baseColorFactor": [*colour, 1], "metallicFactor": 0},
                "doubleSided": True,
            }
        ],
        "buffers": [{"byteLength": len(where) + len(faces)}],
        "bufferViews": [
            {"buffer": 0, "byteOffset": 0, "byteLength": len(where)},
            {"buffer": 0, "byteOffset": len(where), "byteLength": len(faces)},
        ],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": len(points), "type": "VEC3"},
            {"bufferView": 1, "componentType": 5123, "count": len(order), "type": "SCALAR"},
        ],
    }
    return gltf, where + faces


def written(gltf: Any, body: bytes = b"") -> bytes:
    """Return a binary glTF file."""
    text = json.dumps(gltf).encode()
    text += b" " * (-len(text) % 4)
    body += b"\0" * (-len(body) % 4)
    chunks = struct.pack("<II", len(text), 0x4E4F534A) + text
    if body:
        chunks += struct.pack("<II", len(body), 0x004E4942) + body
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def a_box(**looks: Any) -> bytes:
    """Return the file of a box."""
    return written(*described(**looks))
