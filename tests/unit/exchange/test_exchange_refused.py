"""Files of which nothing is taken: one error that names its subject, and no rows."""

import io
import zipfile

import pytest

from content.exchange import LIMITS, ImportRefused, Limits, import_questions
from tests.exchange import GOLDEN, package, zipped

ITEM = (GOLDEN / "qti2" / "number.xml").read_bytes()
MANIFEST = (GOLDEN / "qti2" / "imsmanifest.xml").read_bytes()
MOODLE = (GOLDEN / "constructs.moodle.xml").read_bytes()
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<quiz><question type="essay"><name><text>&b;</text></name></question></quiz>"""
OUTSIDE = b"""<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>"""


def with_entry(path: str, data: bytes = b"x") -> bytes:
    return zipped({"imsmanifest.xml": MANIFEST, path: data})


def with_a_password() -> bytes:
    data = bytearray(with_entry("a.txt"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + place] |= 1
            start += 4
    return bytes(data)


def bomb() -> bytes:
    return with_entry("items/zero.xml", b"<a>" + b"0" * 5_000_000)


def with_a_false_size() -> bytes:
    """The directory says that the file is small: what is read is counted all the same."""
    data = bytearray(bomb())
    start = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    data[start + 24 : start + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def nested() -> bytes:
    return with_entry("inner.zip", zipped({"a.txt": b"a"}))


def many_entries() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(LIMITS.zip_entries + 1):
            archive.writestr(f"{number}", b"")
    return made.getvalue()


REFUSED = {
    "nothing": (b"", "empty"),
    "spaces": (b" \n ", "empty"),
    "comments only": (b"// nothing", "empty"),
    "too large": (b"x" * (LIMITS.file_bytes + 1), "size"),
    "not text": (b"\x00\x01\x02", "binary"),
    "an encoding nobody declared": ("Верно? {T}".encode("cp1251"), "encoding"),
    "an encoding not known": (b'<?xml version="1.0" encoding="klingon"?><quiz/>', "encoding"),
    "another encoding than declared": (
        '<?xml version="1.0" encoding="UTF-8"?><quiz>Б</quiz>'.encode("cp1251"),
        "encoding",
    ),
    "half an UTF-16 file": ("Верно? {T}".encode("utf-16")[:-1], "encoding"),
    "half a GIFT file": ("А? {T}\n\nЧто верно? {=это ~т".encode(), "brackets"),
    "half an XML file": (MOODLE[: len(MOODLE) // 2], "xml"),
    "half an archive": (package("qti2")[:-30], "zip"),
    "a broken archive": (package("qti2")[:100] + b"?" * 50 + package("qti2")[150:], "zip"),
    "XML of another kind": (b"<html><body/></html>", "root"),
    "QTI 1.2": (b"<questestinterop/>", "root"),
    "a quiz without questions": (b"<quiz/>", "empty"),
    "billion laughs": (LAUGHS, "entities"),
    "a document type from outside": (OUTSIDE, "entities"),
    "an entity nobody declared": (b"<quiz>&nbsp;</quiz>", "xml"),
    "too deep": (b"<quiz>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</quiz>", "depth"),
    "too many elements": (
        b"<quiz>" + b"<a/>" * (LIMITS.elements + 1) + b"</quiz>",
        "elements",
    ),
    "too many questions": (b"A {T}\n\n" * (LIMITS.questions + 1), "questions"),
    "a zip bomb": (bomb(), "zip_ratio"),
    "a zip bomb with a false size": (with_a_false_size(), "zip"),
    "an archive in the archive": (nested(), "zip_nested"),
    "a path that climbs out": (with_entry("../../etc/cron.d/x"), "zip_path"),
    "a path from the root": (with_entry("/etc/passwd"), "zip_path"),
    "a path of another system": (with_entry("C:\\windows\\x"), "zip_path"),
    "too many entries": (many_entries(), "zip_entries"),
    "a locked archive": (with_a_password(), "zip_locked"),
    "no manifest": (zipped({"a.xml": ITEM}), "manifest"),
    "an item cut off": (with_entry("items/number.xml", ITEM[:200]), "xml"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_whole_is_refused_whole(name: str) -> None:
    data, code = REFUSED[name]

    with pytest.raises(ImportRefused) as refused:
        import_questions(data, topic="height")

    assert refused.value.code == code
    assert "\n" not in str(refused.value)


def test_an_archive_over_the_unpacked_size_is_refused() -> None:
    with pytest.raises(ImportRefused) as refused:
        import_questions(package("qti2"), limits=Limits(unpacked_bytes=1000))

    assert refused.value.code == "zip_size"


def test_a_format_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ImportRefused) as refused:
        import_questions(b"A {T}", format="aiken")

    assert (refused.value.code, refused.value.subject) == ("format", "aiken")


def test_an_archive_is_no_gift() -> None:
    with pytest.raises(ImportRefused) as refused:
        import_questions(package("qti2"), format="gift")

    assert refused.value.code == "binary"


def test_the_broken_item_of_a_package_is_named() -> None:
    with pytest.raises(ImportRefused) as refused:
        import_questions(REFUSED["an item cut off"][0])

    assert refused.value.subject.startswith("items/number.xml 2:")
