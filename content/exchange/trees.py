"""XML read with nothing in it that could hurt: no document type, no entities, bounded depth."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from content.exchange.decoding import decode
from content.exchange.limits import ImportRefused, Limits


class _Bounded(TreeBuilder):
    """Builds the tree and refuses one that is too deep or too large while it grows."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits
        self._depth = 0
        self._elements = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        self._elements += 1
        if self._depth > self._limits.depth:
            raise ImportRefused("depth", f"> {self._limits.depth}")
        if self._elements > self._limits.elements:
            raise ImportRefused("elements", f"> {self._limits.elements:,}")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse(data: bytes, *, limits: Limits, encoding: str = "", name: str = "") -> Element:
    """The root of an XML file, in any encoding it declares.

    Raises ImportRefused, with ``name`` in its subject where one is given.
    """
    text = decode(data, limits=limits, encoding=encoding)
    return parse_text(text, limits=limits, name=name)


def parse_text(text: str, *, limits: Limits, name: str = "") -> Element:
    """The root of XML that is text already. Raises ImportRefused."""
    parser = DefusedXMLParser(target=_Bounded(limits), forbid_dtd=True, encoding="utf-8")
    try:
        parser.feed(text.encode("utf-8"))
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        raise ImportRefused("xml", f"{name} {line}:{column + 1}".strip()) from error
    except DefusedXmlException as error:
        raise ImportRefused("entities", name) from error
    except UnicodeError as error:
        raise ImportRefused("encoding", name) from error
    return root


def local(tag: Any) -> str:
    """Name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
