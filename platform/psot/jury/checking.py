"""The check anybody can do: every draw derived once more, every hash computed once more. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from psot.races import draws
from psot.races.proof import sha256


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing checked: ``held`` says how many times it holds, ``broken`` where it does not."""

    what: str
    held: int
    broken: tuple[str, ...] = ()


def check(document: Mapping[str, Any]) -> Iterator[Check]:
    """Yield what of a race's proof holds; ``document`` is that of `psot.jury.proof`.

    Before the race is official there is no secret, so only protocols can be checked. Raises
    KeyError for a document that is none.
    """
    commitment = document["commitment"]
    yield from _protocols(document)
    if "secret" not in document:
        return
    secret = bytes.fromhex(document["secret"])
    yield _one("secret", hashlib.sha256(secret).hexdigest() == commitment["secret_sha256"])
    yield _one("questions", sha256(document["questions"]) == commitment["questions_sha256"])
    yield _one("rules", sha256(document["rules"]) == commitment["rules_sha256"])
    yield from _draws(secret, document)


def _protocols(document: Mapping[str, Any]) -> Iterator[Check]:
    for one in document["protocols"]:
        whole = sha256(one["body"]) == one["sha256"]
        yield _one(f"protocol {one['stage']}", whole)
        told = {name: one["body"]["race"][name] for name in document["commitment"]}
        yield _one(f"commitment in protocol {one['stage']}", told == document["commitment"])


def _draws(secret: bytes, document: Mapping[str, Any]) -> Iterator[Check]:
    pools: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for one in document["questions"]:
        question = one["question"]
        pools[one["kind"]][question["id"]] = sorted(each["id"] for each in question["options"])
    met: dict[int, set[str]] = defaultdict(set)
    asked, shown = [], []
    tasks = sorted(document["tasks"], key=lambda one: (one["bib"], one["number"]))
    for task in tasks:
        bib, number, pool = task["bib"], task["number"], pools[task["kind"]]
        where = f"bib {bib}, task {number}"
        if draws.following(secret, bib, pool, met[bib]) != task["question"]:
            asked.append(where)
        met[bib].add(task["question"])
        drawn = draws.options(secret, bib, number, pool.get(task["question"], []))
        if [list(pair) for pair in drawn] != task["options"]:
            shown.append(where)
    yield Check(what="questions drawn", held=len(tasks) - len(asked), broken=tuple(asked))
    yield Check(what="options drawn", held=len(tasks) - len(shown), broken=tuple(shown))


def _one(what: str, holds: bool) -> Check:  # noqa: FBT001 - a plain fact
    return Check(what=what, held=int(holds), broken=() if holds else (what,))
