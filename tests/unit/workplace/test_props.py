"""An operator's models: what is taken, what is refused, and why."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from content.scenarios import prop_faults
from content.scenarios.props import LARGEST_BYTES, MOST_TRIANGLES
from psot.cli import main
from tests.props import a_box, described, written

NONE = "is no binary glTF 2.0 file"
ASTRAY = "names what is not there"


def changed(**changes: Any) -> bytes:
    gltf, body = described()
    return written(gltf | changes, body)


def corners(count: int) -> list[dict[str, Any]]:
    accessors: list[dict[str, Any]] = described()[0]["accessors"]
    return [accessors[0], accessors[1] | {"count": count}]


def test_a_model_with_everything_inside_is_taken() -> None:
    assert prop_faults(a_box()) == []


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        (b"", NONE),
        (b"glTF", NONE),
        (b"PK\3\4" + a_box()[4:], NONE),
        (a_box() + b"more", NONE),
        (written([]), NONE),
        (a_box()[:12] + b"\0\0\0\0BIN\0" + a_box()[20:], NONE),
        (a_box().replace(b"BIN\0", b"TXT\0"), NONE),
        (written({}), "shows nothing"),
        (
            bytes(LARGEST_BYTES + 1),
            f"has {LARGEST_BYTES + 1} bytes, of {LARGEST_BYTES} at most",
        ),
        (
            changed(buffers=[{"uri": "https://cdn.example/box.bin"}]),
            "buffers.0: lies outside the file",
        ),
        (changed(images=[{}, {"uri": "wood.png"}]), "images.1: lies outside the file"),
        (
            changed(extensionsRequired=["KHR_draco_mesh_compression"]),
            "needs KHR_draco_mesh_compression, which is not read here",
        ),
        (changed(bufferViews=[{"byteLength": 99_999}]), "bufferViews.0: ends behind the file"),
        (
            changed(accessors=corners(3 * MOST_TRIANGLES + 3)),
            f"has {MOST_TRIANGLES + 1} triangles, of {MOST_TRIANGLES} at most",
        ),
        (changed(meshes=[{"primitives": [{"attributes": {"POSITION": 7}}]}]), ASTRAY),
        (changed(buffers=5), ASTRAY),
        (
            changed(meshes=[{"primitives": [{"attributes": {"POSITION": 0}, "mode": 1}]}]),
            "shows nothing",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_reason(file: bytes, fault: str) -> None:
    assert prop_faults(file) == [fault]


@given(st.binary(max_size=200) | st.integers(0, len(a_box())).map(lambda long: a_box()[:long]))
def test_any_bytes_are_judged(file: bytes) -> None:
    assert isinstance(prop_faults(file), list)


def test_the_command_lays_a_sound_model_beside_the_others(tmp_path: Path) -> None:
    file = tmp_path / "magenta-box.glb"
    file.write_bytes(a_box())
    data = {"PSOT_DATA_DIR": str(tmp_path / "data")}

    shown = CliRunner().invoke(main, ["practice", "prop", str(file)], env=data)

    assert (shown.exit_code, shown.output) == (0, "objects may say now: model: magenta-box.glb\n")
    assert (tmp_path / "data/props/magenta-box.glb").read_bytes() == a_box()


@pytest.mark.parametrize(
    ("name", "bytes_", "line"),
    [
        ("box.glb", b"no", "box.glb: is no binary glTF 2.0 file"),
        ("Box.glb", a_box(), "Box.glb: the name may have small Latin letters, digits, - and _"),
    ],
)
def test_the_command_refuses_what_could_not_be_shown(
    tmp_path: Path, name: str, bytes_: bytes, line: str
) -> None:
    file = tmp_path / name
    file.write_bytes(bytes_)
    data = {"PSOT_DATA_DIR": str(tmp_path / "data")}

    shown = CliRunner().invoke(main, ["practice", "prop", str(file)], env=data)

    assert (shown.exit_code, shown.output) == (1, f"{line}\n")
    assert not (tmp_path / "data").exists()
