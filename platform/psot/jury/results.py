"""The results of a race as one text: the same race gives the same bytes, wherever it is computed.

The text is canonical JSON (`psot.races.proof.canonical`); what a decision keeps of it is short: a
line for everybody, and the SHA-256 of all of it, every split included.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from psot.races.proof import canonical, sha256
from psot.races.values import RaceView
from psot.standings.log import settled
from scoring.biathlon import Book, Entry, Format, RaceFact, protocol, written

LINE: Final = (
    "bib",
    "leg",
    "team",
    "rank",
    "irm",
    "total_ms",
    "points",
    "shootings",
    "penalty_ms",
    "adjust_ms",
)
"""What a decision keeps of a racer's line."""
TEAM: Final = ("team", "rank", "irm", "total_ms", "points", "shootings")


def compute(
    rules: Format,
    entries: Sequence[Entry],
    facts: Iterable[RaceFact],
    until_ms: int | None = None,
) -> dict[str, Any]:
    """Return ``results`` and ``teams`` of a race out of its facts, without a name.

    Each line is that of `scoring.biathlon.written` with the racer's region. What cannot have
    happened is left out, as on the boards.
    """
    book = Book(rules, entries)
    book.add(facts)
    race, _left_out = settled(book, until_ms)
    told = written(protocol(race))
    regions = {(one.bib, one.leg): one.region for one in entries}
    for line in told["results"]:
        line["name"] = None
        line["region"] = regions[line["bib"], line["leg"]]
    plain: dict[str, Any] = json.loads(canonical(told))
    return plain


def body(view: RaceView, stage: str, results: Mapping[str, Any]) -> dict[str, Any]:
    """Return a protocol as it is published at ``stage``: the race, its commitment, its results."""
    race = {
        "id": str(view.id),
        "title": view.title,
        "format": view.format,
        "options": dict(view.options),
        "season": view.season,
        "stage": stage,
        "starts_at": _moment(view.starts_at),
        "zero_at": _moment(view.zero_at),
        "secret_sha256": view.secret_sha256,
        "questions_sha256": view.questions_sha256,
        "rules_sha256": view.rules_sha256,
    }
    return {"race": race, "results": results["results"], "teams": results["teams"]}


def snapshot(results: Mapping[str, Any]) -> str:
    """Return what a decision keeps of results: canonical JSON of short lines and the whole's hash.

    Two snapshots are equal exactly where the whole results are.
    """
    short = {
        "sha256": sha256({"results": results["results"], "teams": results["teams"]}),
        "results": [{name: one[name] for name in LINE} for one in results["results"]],
        "teams": [{name: one[name] for name in TEAM} for one in results["teams"]],
    }
    return canonical(short).decode()


def _moment(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()
