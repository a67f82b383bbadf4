"""A picture of a pack shows something and does nothing."""

import struct
from pathlib import Path

import pytest

from content.quiz import picture_faults

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
OUTSIDE = "must not refer to anything outside itself"


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def faults(inside: str) -> list[str]:
    return list(picture_faults("a.svg", f"{OPEN}{inside}</svg>".encode()))


def test_a_drawing_is_taken() -> None:
    drawing = """
      <title>Лестница</title>
      <style>.a { fill: url(#paint) }</style>
      <defs><linearGradient id="paint"><stop offset="0"/></linearGradient></defs>
      <g class="a"><path d="M0 0h5"/><text x="1" y="2">1,8 м</text><use href="#paint"/></g>
    """

    assert faults(drawing) == []


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "must not have the element script"),
        ("<foreignObject/>", "must not have the element foreignObject"),
        ('<image href="https://example.org/a.png"/>', "must not have the element image"),
        ("<animate/>", "must not have the element animate"),
        ('<g xmlns="http://www.w3.org/1999/xhtml"/>', "must not have the element g"),
        ('<path onclick="alert(1)"/>', "must not have the attribute onclick"),
        ('<use href="https://example.org/a.svg#x"/>', OUTSIDE),
        ('<a xlink:href="x" xmlns:xlink="http://www.w3.org/1999/xlink"/>', OUTSIDE),
        ('<path fill="url(https://example.org/a)"/>', OUTSIDE),
        ("<path style=\"fill: URL( '//example.org/a')\"/>", OUTSIDE),
        ("<style>@import 'https://example.org/a.css';</style>", OUTSIDE),
        ("<style>.a { background: url(data:image/png;base64,A) }</style>", OUTSIDE),
        ('<use href="javascript:alert(1)"/>', OUTSIDE),
        ("<?xml-stylesheet href='a.css'?>", "must have no processing instructions"),
        ("<g>", "is no readable SVG"),
    ],
)
def test_a_drawing_that_could_do_something_is_refused(inside: str, message: str) -> None:
    assert message in faults(inside)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html/>", "is no SVG: its first element must be svg, with xmlns"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "needs a viewBox"),
        (b"<!DOCTYPE svg><svg/>", "must have no document type and no entities"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><svg>&b;</svg>', "must have no document type"),
        (b"\xff\xfe", "is no readable SVG"),
        (b'<?xml version="1.0" encoding="nonsense"?><svg/>', "is no readable SVG"),
        (b"", "is no readable SVG"),
        (b"x" * 500_001, "is larger than 500,000 bytes"),
    ],
)
def test_what_is_no_drawing_is_refused(data: bytes, message: str) -> None:
    assert next(picture_faults("a.svg", data)).startswith(message)


def test_an_image_is_taken_up_to_four_thousand_pixels() -> None:
    assert list(picture_faults("a.png", png(4000, 1))) == []
    assert list(picture_faults("a.png", png(4001, 1))) != []
    assert list(picture_faults("a.png", png(0, 1))) != []
    assert list(picture_faults("a.png", b"GIF89a")) == ["is no PNG"]


@pytest.mark.parametrize("name", ["a.gif", "A.svg", "лестница.svg", "a b.png", "../a.svg"])
def test_a_picture_is_named_plainly(name: str) -> None:
    assert next(picture_faults(name, b"")).startswith("must be named in small Latin letters")


def test_every_picture_of_the_start_pack_is_taken() -> None:
    folder = Path(__file__).parents[3] / "content/packs/start/pictures"
    found = {
        path.name: list(picture_faults(path.name, path.read_bytes())) for path in folder.iterdir()
    }

    assert {name: told for name, told in found.items() if told} == {}
