"""What a decision changes: everybody whose rank, mark, time or points move, and the teams."""

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

MOVES: Final = ("rank", "irm", "total_ms", "points", "shootings", "adjust_ms")
TEAM_MOVES: Final = ("rank", "irm", "total_ms", "points", "shootings")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line before and after; ``team`` alone tells a team's line."""

    bib: int | None
    team: str | None
    leg: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """All changes, in the order of the results after."""

    racers: tuple[Change, ...]
    teams: tuple[Change, ...]
    before_sha256: str
    after_sha256: str

    @property
    def empty(self) -> bool:
        """Whether the results stay exactly what they were."""
        return self.before_sha256 == self.after_sha256


def difference(before: str, after: str) -> Difference:
    """Return what differs between two snapshots of `psot.jury.results`."""
    old, new = json.loads(before), json.loads(after)
    return Difference(
        racers=_changes(old["results"], new["results"], ("bib", "leg"), MOVES),
        teams=_changes(old["teams"], new["teams"], ("team",), TEAM_MOVES),
        before_sha256=old["sha256"],
        after_sha256=new["sha256"],
    )


def _changes(
    old: Sequence[Mapping[str, Any]],
    new: Sequence[Mapping[str, Any]],
    key: tuple[str, ...],
    moves: tuple[str, ...],
) -> tuple[Change, ...]:
    def of(line: Mapping[str, Any]) -> Hashable:
        return tuple(line[name] for name in key)

    known = {of(line): line for line in old}
    return tuple(
        Change(
            bib=line.get("bib"),
            team=line["team"],
            leg=line.get("leg", 1),
            before=known[of(line)],
            after=line,
        )
        for line in new
        if any(line[name] != known[of(line)][name] for name in moves)
    )
