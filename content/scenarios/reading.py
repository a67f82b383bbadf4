"""From a file to the row of a scenario, and back."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from content.quiz.documents import read_text, read_yaml
from content.quiz.problems import Problem
from content.scenarios.kit import kit

Row = dict[str, Any]

FOLDER: Final = "scenarios"
_WORDS: Final = {True: ("yes", "on"), False: ("no", "off")}
"""What an author means who writes a bare yes, no, on or off, which YAML takes for true or false."""

LINE = 100
"""Columns of a written scenario."""


def parse_scenario(file: str, text: str) -> tuple[Any, list[Problem]]:
    """Return the row in YAML ``text``, or None and what is wrong with the YAML.

    Bare ``yes``, ``no``, ``on`` and ``off`` of states stay the words that they are. Whether the
    row makes sense is for `problems`.
    """
    row, found = read_yaml(file, text)
    if not found and not isinstance(row, dict):
        found = [Problem(file=file, subject="", field="", message="must be a set of fields")]
    if found:
        return None, found
    _mend_words(row)
    return row, []


def write_scenario(row: Mapping[str, Any]) -> str:
    """Return the YAML of a row; `parse_scenario` reads the same row from it.

    What is small stands in one line, as authors write it: places, states, short names.
    """
    text = yaml.dump(dict(row), Dumper=_Hand, allow_unicode=True, sort_keys=False, width=LINE)
    return str(text)


class _Hand(yaml.SafeDumper):
    """A dumper with an author's hand, which knows no references."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True

    def represent_sequence(
        self,
        tag: str,
        sequence: Any,
        flow_style: bool | None = None,  # noqa: FBT001 - as inherited
    ) -> yaml.SequenceNode:
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = _is_small(node.value)
        return node

    def represent_mapping(
        self,
        tag: str,
        mapping: Any,
        flow_style: bool | None = None,  # noqa: FBT001 - as inherited
    ) -> yaml.MappingNode:
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = _is_small([each for pair in node.value for each in pair])
        return node


def _is_small(nodes: list[yaml.Node]) -> bool:
    """Return whether nodes fit into one line: plain values, and lists of them."""
    return sum(_width(one) for one in nodes) <= LINE * 3 // 4


def _width(node: yaml.Node) -> int:
    """Return about how wide a node is in one line; a mapping is never put into one."""
    if isinstance(node, yaml.ScalarNode):
        return len(node.value) + 2
    if isinstance(node, yaml.SequenceNode) and node.flow_style:
        return 2 + sum(_width(one) for one in node.value)
    return LINE


def read_scenarios(folder: Path) -> tuple[dict[str, Row], list[Problem]]:
    """Read ``scenarios/*.yaml`` of the pack in ``folder``: readable rows by file name, problems."""
    rows: dict[str, Row] = {}
    problems: list[Problem] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        file = f"{FOLDER}/{path.name}"
        text, found = read_text(folder, file)
        if text is not None:
            row, found = parse_scenario(file, text)
            if row is not None:
                rows[path.stem] = row
        problems += found
    return rows, problems


def load_scenarios(folder: Path) -> dict[str, Row]:
    """Return the readable scenarios of the pack in ``folder`` by id, sorted."""
    return read_scenarios(folder)[0]


def _mend_words(row: Row) -> None:
    """Turn true and false among states back into the words that stand in the file."""
    kinds = kit()["kinds"]
    kind_of = {one.get("id"): one.get("kind") for one in _rows(row, "objects")}

    def mend(kind: Any, states: Any) -> None:
        known = kinds.get(kind, {}).get("states", {}) if isinstance(kind, str) else {}
        for name, value in states.items() if isinstance(states, dict) else ():
            if isinstance(value, bool):
                fitting = [one for one in _WORDS[value] if one in known.get(name, ())]
                states[name] = (fitting or _WORDS[value])[0]

    for one in _rows(row, "objects"):
        mend(one.get("kind"), one.get("states"))
    for one in _rows(row, "hazards"):
        mend(kind_of.get(one.get("object")), one.get("states"))
    for outer, inner in (("procedures", "steps"), ("decisions", "options")):
        for group in _rows(row, outer):
            for one in _rows(group, inner):
                sets = one.get("sets")
                for name, states in sets.items() if isinstance(sets, dict) else ():
                    mend(kind_of.get(name), states)


def _rows(row: Row, key: str) -> Iterator[Row]:
    listed = row.get(key)
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            yield one
