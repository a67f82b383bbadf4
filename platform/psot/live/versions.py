"""Boards as values: a board has a version, and a delta brings an older copy up to a newer one.

A row is any JSON object under a key of its own; a delta carries whole rows, so applying it twice,
or to a copy that lies anywhere between its two ends, gives the same board.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Rows = Mapping[str, Row]


class Gap(ValueError):  # noqa: N818 - read as a sentence: raise Gap(...)
    """The copy is older than the delta's beginning, or of another epoch: ask for a snapshot."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """The rows of board ``name`` at ``version``, counted from 1 within an ``epoch``."""

    name: str
    epoch: str
    version: int
    rows: Rows = field(default_factory=dict)

    def wire(self) -> dict[str, Any]:
        """Return the payload of ``board.snapshot``."""
        return {
            "board": self.name,
            "epoch": self.epoch,
            "version": self.version,
            "rows": dict(self.rows),
        }


@dataclass(frozen=True, kw_only=True)
class Delta:
    """What changed on a board after version ``since`` up to ``version``."""

    name: str
    epoch: str
    since: int
    version: int
    changed: Rows = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    def wire(self) -> dict[str, Any]:
        """Return the payload of ``board.delta``."""
        return {
            "board": self.name,
            "epoch": self.epoch,
            "from": self.since,
            "to": self.version,
            "set": dict(self.changed),
            "gone": list(self.gone),
        }


def board_from(wire: Mapping[str, Any]) -> Board:
    """Return the board of a ``board.snapshot`` payload."""
    return Board(
        name=wire["board"], epoch=wire["epoch"], version=wire["version"], rows=wire["rows"]
    )


def delta_from(wire: Mapping[str, Any]) -> Delta:
    """Return the delta of a ``board.delta`` payload."""
    return Delta(
        name=wire["board"],
        epoch=wire["epoch"],
        since=wire["from"],
        version=wire["to"],
        changed=wire["set"],
        gone=tuple(wire["gone"]),
    )


def difference(board: Board, rows: Rows) -> Delta | None:
    """Return the delta from ``board`` to ``rows`` as its next version; None where they are equal.

    >>> old = Board(name="r:1", epoch="e", version=4, rows={"a": {"n": 1}, "b": {"n": 2}})
    >>> difference(old, {"a": {"n": 3}}).wire()["set"], difference(old, {"a": {"n": 3}}).gone
    ({'a': {'n': 3}}, ('b',))
    """
    changed = {key: row for key, row in rows.items() if board.rows.get(key) != row}
    gone = tuple(sorted(key for key in board.rows if key not in rows))
    if not changed and not gone:
        return None
    return Delta(
        name=board.name,
        epoch=board.epoch,
        since=board.version,
        version=board.version + 1,
        changed=changed,
        gone=gone,
    )


def apply(board: Board, delta: Delta) -> Board:
    """Return ``board`` with ``delta``; a delta it has already seen changes nothing. Raises Gap."""
    if delta.epoch != board.epoch or delta.since > board.version:
        raise Gap(f"{delta.name} {delta.since}..{delta.version} does not fit {board.version}")
    if delta.version <= board.version:
        return board
    gone = set(delta.gone)
    rows = {key: row for key, row in board.rows.items() if key not in gone}
    return Board(
        name=board.name,
        epoch=board.epoch,
        version=delta.version,
        rows={**rows, **delta.changed},
    )


def merge(deltas: Sequence[Delta]) -> Delta:
    """Return one delta for several that follow each other. Raises Gap where they do not."""
    first, last = deltas[0], deltas[-1]
    changed: dict[str, Row] = {}
    gone: set[str] = set()
    reached = first.since
    for one in deltas:
        if one.epoch != first.epoch or one.since != reached:
            raise Gap(f"{one.name} {one.since}..{one.version} does not follow {reached}")
        gone.difference_update(one.changed)
        gone.update(one.gone)
        for key in one.gone:
            changed.pop(key, None)
        changed.update(one.changed)
        reached = one.version
    return Delta(
        name=first.name,
        epoch=first.epoch,
        since=first.since,
        version=last.version,
        changed=changed,
        gone=tuple(sorted(gone)),
    )


def bridge(history: Iterable[Delta], since: int, version: int) -> Delta | None:
    """Return the merged delta from ``since`` to ``version``, or None if ``history`` is too short.

    ``history`` is in the order of versions and of one epoch.
    """
    wanted = [one for one in history if since < one.version <= version]
    if not wanted or wanted[0].since != since or wanted[-1].version != version:
        return None
    return merge(wanted)
