"""Races told in short, for tests: a racer's way as words, one document out of many ways.

A way is a row of ``<seconds> <word>``, parted by commas. Words: ``s`` station, ``fall``, a bout of
``H`` and ``M`` (one shot a second), ``loop``, ``lap``, ``ex``, ``fin``, ``dns``, ``dnf``, ``dsq``,
``back`` (reinstated), ``adj+2.5`` or ``adj-2.5`` (seconds).
"""

import json
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from events import race
from scoring.biathlon import (
    Entry,
    Format,
    RaceDocument,
    RaceFact,
    Racer,
    awaited,
    course_of,
    format_names,
    load_format,
    read_race,
)
from scoring.biathlon.fold import fold

RACE = UUID(int=7)
WORDS = {
    "s": "station_passed",
    "fall": "fell",
    "loop": "penalty_loop_done",
    "lap": "lap_done",
    "ex": "exchange",
    "fin": "finished",
    "dns": "dns",
    "dnf": "dnf",
    "dsq": "dsq",
    "back": "reinstated",
}


def ms(seconds: str | float) -> int:
    return round(float(seconds) * 1000)


def way(bib: int, text: str) -> list[dict[str, Any]]:
    """The facts of one racer's way, as a document writes them."""
    facts: list[dict[str, Any]] = []
    for step in filter(None, (one.strip() for one in text.split(","))):
        seconds, word = step.split()
        at = {"t_ms": ms(seconds), "bib": bib}
        if word.startswith("adj"):
            facts.append({**at, "kind": "adjust", "ms": ms(word[3:])})
        elif set(word) <= set("HM"):
            facts += [
                {"t_ms": ms(seconds) + 1000 * n, "bib": bib, "kind": "shot", "hit": shot == "H"}
                for n, shot in enumerate(word)
            ]
        else:
            facts.append({**at, "kind": WORDS[word]})
    return facts


def document(
    format_: str,
    ways: Mapping[int, str],
    *,
    starts: Mapping[int, float] | None = None,
    teams: Mapping[int, tuple[str, int]] | None = None,
    options: Mapping[str, Any] | None = None,
    more: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """A race as a document; ``starts`` in seconds, ``teams`` as team and leg by bib."""
    entries = []
    for bib in ways:
        team, leg = (teams or {}).get(bib, (None, 1))
        start_ms = ms((starts or {}).get(bib, 0))
        entries.append({"bib": bib, "team": team, "leg": leg, "start_ms": start_ms})
    facts = [fact for bib, text in ways.items() for fact in way(bib, text)]
    return {
        "format": format_,
        "options": dict(options or {}),
        "entries": entries,
        "facts": [*facts, *(more or [])],
    }


def told(data: Mapping[str, Any]) -> RaceDocument:
    """The document as the engine reads it."""
    return read_race(json.dumps(data))


FINISH = (race.RacerFinished, race.LegExchanged)


@st.composite
def fields(draw: st.DrawFn, format_: Format) -> list[Entry]:
    """A start list of up to four racers or teams."""
    crews = draw(st.integers(1, 4))
    if not format_.relay:
        starts = draw(st.lists(st.integers(0, 90_000), min_size=crews, max_size=crews))
        return [Entry(bib=bib, start_ms=ms) for bib, ms in enumerate(starts, 1)]
    legs = len(format_.legs)
    return [
        Entry(bib=10 * crew + leg, team=f"team {crew}", leg=leg)
        for crew in range(1, crews + 1)
        for leg in range(1, legs + 1)
    ]


@st.composite
def raced(draw: st.DrawFn, *names: str) -> tuple[Format, list[Entry], list[RaceFact]]:
    """A race that was run by the rules, broken off anywhere, with the jury at work."""
    format_ = load_format(draw(st.sampled_from(names or format_names())), {"stations": 1})
    entries = draw(fields(format_))
    facts: list[RaceFact] = []
    handed_over: dict[object, int] = {}
    for entry in entries:
        before = (entry.team, entry.leg - 1)
        start_ms = entry.start_ms if entry.leg == 1 else handed_over.get(before)
        if start_ms is not None:
            mine = draw(run(format_, entry, start_ms))
            facts += mine
            if mine and isinstance(mine[-1], FINISH):
                handed_over[entry.team, entry.leg] = mine[-1].t_ms
    last_ms = max((fact.t_ms for fact in facts), default=0)
    for entry in entries:
        facts += draw(judged(entry.bib, last_ms))
    return format_, entries, facts


@st.composite
def run(draw: st.DrawFn, format_: Format, entry: Entry, start_ms: int) -> list[Any]:
    """One leg, step by step as the rules offer it, up to its end or to where it broke off."""
    course = course_of(format_, leg=entry.leg, bib=entry.bib)
    chance = draw(st.randoms(use_true_random=True))
    facts: list[Any] = []
    t_ms, length = start_ms, draw(st.integers(0, 60))
    here = fold(Racer(entry=entry, course=course, start_ms=start_ms), (), ())
    while len(facts) < length:
        choices = sorted(awaited(here), key=lambda kind: kind.type)
        if not choices:
            break
        t_ms += chance.randint(1, 30_000)
        facts.append(made(chance.choice(choices), entry.bib, t_ms, f"q{chance.randint(1, 9)}"))
        fold(here, facts[-1:], ())
    return facts


def made(kind: type[Any], bib: int, t_ms: int, question: str = "q1") -> Any:
    """A fact of the course with what its kind needs."""
    more = {"question": question, "shown_ms": None}
    names = {one.name for one in dataclass_fields(kind)}
    kept = {name: value for name, value in more.items() if name in names}
    return kind(race=RACE, bib=bib, t_ms=t_ms, **kept)


@st.composite
def judged(draw: st.DrawFn, bib: int, last_ms: int) -> list[RaceFact]:
    """What may happen to a racer beside the course, after everybody is in."""
    at = {"race": RACE, "bib": bib, "t_ms": last_ms + draw(st.integers(1, 9_000))}
    return draw(
        st.sampled_from(
            [
                [],
                [],
                [race.RacerRetired(**at)],
                [race.RacerDisqualified(**at, decision=None)],
                [race.TimeAdjusted(**at, ms=-1500, decision=None)],
                [race.QuestionVoided(race=RACE, t_ms=at["t_ms"], question="q1", decision=None)],
            ]
        )
    )
