"""The formats, told from a file, and the one way in."""

from collections.abc import Collection
from enum import StrEnum
from xml.etree.ElementTree import Element

from content.exchange.archives import is_zip
from content.exchange.decoding import decode
from content.exchange.drafts import Draft
from content.exchange.finishing import House, Imported, finish
from content.exchange.gift import reader as gift
from content.exchange.limits import LIMITS, ImportRefused, Limits
from content.exchange.losses import Loss
from content.exchange.moodle_xml import reader as moodle_xml
from content.exchange.qti.item import read_item
from content.exchange.qti.names import camel
from content.exchange.qti.package import read_package
from content.exchange.trees import local, parse_text


class Format(StrEnum):
    """A format of question banks."""

    GIFT = "gift"
    MOODLE_XML = "moodle-xml"
    QTI = "qti"


def import_questions(
    data: bytes,
    *,
    format: Format | str = "",  # noqa: A002 - what the command calls it
    file: str = "",
    topic: str = "",
    topics: Collection[str] | None = None,
    norms: Collection[str] | None = None,
    taken: Collection[str] = (),
    encoding: str = "",
    limits: Limits = LIMITS,
) -> Imported:
    """Rows, pictures and the loss report of a question bank; nothing is stored anywhere.

    ``format`` "" is told from the file. All questions go to ``topic``; without one, each to the
    one of ``topics`` that its category names. ``taken`` are ids not to be given again, ``norms``
    those there are (None: any). ``encoding`` is for text that declares none.

    Raises ImportRefused, and nothing else, for a file of which nothing is taken.
    """
    house = House(topic=topic, topics=topics, norms=norms, taken=frozenset(taken))
    chosen, drafts, losses = _read(data, format, encoding, limits)
    return finish(drafts, format=chosen, file=file, house=house, losses=losses, limits=limits)


def _read(
    data: bytes, wanted: str, encoding: str, limits: Limits
) -> tuple[Format, list[Draft], list[Loss]]:
    if wanted and wanted not in set(Format):
        raise ImportRefused("format", wanted)
    if is_zip(data):
        if wanted not in ("", Format.QTI):
            raise ImportRefused("binary", "zip")
        return Format.QTI, *read_package(data, limits=limits)
    text = decode(data, limits=limits, encoding=encoding)
    if not text.strip():
        raise ImportRefused("empty")
    if wanted == Format.GIFT or (not wanted and not text.lstrip().startswith("<")):
        return Format.GIFT, *gift.read(text, limits=limits)
    root = parse_text(text.lstrip(), limits=limits)
    chosen = Format(wanted) if wanted else _told_by(root)
    if chosen is Format.MOODLE_XML:
        return chosen, *moodle_xml.read(root, limits=limits)
    return chosen, [read_item(root, place="item")], []


def _told_by(root: Element) -> Format:
    name = camel(local(root.tag))
    if name == "quiz":
        return Format.MOODLE_XML
    if name == "assessmentItem":
        return Format.QTI
    raise ImportRefused("root", name[:80])
