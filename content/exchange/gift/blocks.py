"""A GIFT file cut into blocks: lines without an empty one between them, and what comments say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from content.exchange.gift import signs

CATEGORY = "$CATEGORY:"
COMMENT = "//"
_MARK = re.compile(r"\[(id|tag):((?:\\\]|[^\]\[\n]){1,200})\]")


@dataclass(kw_only=True)
class Block:
    """The lines of one question, or of comments alone."""

    line: int
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    category: str = ""

    @property
    def text(self) -> str:
        """The question without its comments."""
        return "\n".join(self.lines).strip()

    @property
    def open(self) -> bool:
        """Whether its answers are begun and never closed."""
        start = signs.find(self.text, "{")
        return start >= 0 and signs.find(self.text, "}", start) < 0


def blocks(text: str) -> Iterator[Block]:
    """Every block of the file with its category."""
    category = ""
    block = Block(line=1)
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith(CATEGORY):
            category = signs.bare(line.removeprefix(CATEGORY))
            line = ""
        if line:
            _add(block, line, number, category)
            continue
        if block.lines or block.comments:
            yield block
        block = Block(line=number + 1)
    if block.lines or block.comments:
        yield block


def _add(block: Block, line: str, number: int, category: str) -> None:
    if not (block.lines or block.comments):
        block.line = number
    block.category = category
    if not line.startswith(COMMENT):
        block.lines.append(line)
        return
    said = line.removeprefix(COMMENT)
    for kind, value in _MARK.findall(said):
        (block.ids if kind == "id" else block.tags).append(value.replace("\\]", "]").strip())
    if rest := _MARK.sub("", said).strip():
        block.comments.append(rest)
