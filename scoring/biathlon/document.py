"""A race written down as one JSON document: read into the engine's values, or refused by field.

The document is read as a whole on its own; its form is described in the README beside this file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from events import race
from scoring.biathlon.book import Race, replay
from scoring.biathlon.filing import RaceFact
from scoring.biathlon.fold import Impossible
from scoring.biathlon.formats import Format, format_names, load_format
from scoring.biathlon.racer import Entry, Team
from scoring.fields import Fields, Malformed, read_json, shown, whole

_UNKNOWN: Final = UUID(int=0)
"""A document is about one race and does not say which."""

_DOCUMENT: Final = ("format", "options", "entries", "facts", "name")
_ENTRY: Final = ("bib", "team", "leg", "start_ms", "name", "region")
_FACT: Final = ("t_ms", "bib", "kind", "hit", "ms", "question", "shown_ms")


@dataclass(frozen=True, kw_only=True)
class RaceDocument:
    """A race as it was written down."""

    format: Format
    entries: tuple[Entry, ...]
    facts: tuple[RaceFact, ...]

    def race(self, until_ms: int | None = None) -> Race:
        """The state of the race at a moment, or after everything.

        Raises Malformed naming the fact that cannot have happened.
        """
        try:
            return replay(self.format, self.entries, self.facts, until_ms)
        except Impossible as error:
            number = next(n for n, fact in enumerate(self.facts) if fact is error.fact)
            raise Malformed(f"facts[{number}]", error.why) from error


def read_race(text: str) -> RaceDocument:
    """Read a race out of JSON; raises Malformed naming the first field that does not fit."""
    data = read_json(text)
    if not isinstance(data, Mapping):
        raise Malformed("", f"a race must be an object, not {shown(data)}")
    fields = Fields(data, "", _DOCUMENT)
    format_ = load_format(fields.choice("format", format_names()), fields.any("options", {}))
    entries = _entries(fields.array("entries"), format_)
    bibs = {one.bib for one in entries}
    facts = tuple(
        _fact(Fields(one, f"facts[{number}]", _FACT), bibs)
        for number, one in enumerate(fields.array("facts"))
    )
    return RaceDocument(format=format_, entries=entries, facts=facts)


def _entries(values: Sequence[Any], format_: Format) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    taken: dict[object, str] = {}
    for number, value in enumerate(values):
        fields = Fields(value, f"entries[{number}]", _ENTRY)
        one = Entry(
            bib=fields.whole("bib", least=1),
            team=_team(fields),
            leg=fields.whole("leg", 1, least=1, most=len(format_.legs)),
            start_ms=fields.whole("start_ms", 0),
            name=fields.text("name") if fields.has("name") else None,
            region=fields.text("region") if fields.has("region") else None,
        )
        _once(taken, ("bib", one.bib, one.leg), fields.at("bib"))
        if format_.relay:
            if one.team is None:
                raise Malformed(fields.at("team"), "is missing: this is a relay")
            _once(taken, ("team", one.team, one.leg), fields.at("leg"))
            if taken.setdefault(("of", one.bib), str(one.team)) != str(one.team):
                raise Malformed(fields.at("team"), f"bib {one.bib} is in another team already")
        entries.append(one)
    return tuple(entries)


def _team(fields: Fields) -> Team | None:
    team = fields.any("team", None)
    if team is None:
        return None
    return whole(team, fields.at("team")) if isinstance(team, int) else fields.text("team")


def _once(taken: dict[object, str], key: object, field: str) -> None:
    if key in taken:
        raise Malformed(field, f"is the same as {taken[key]}")
    taken[key] = field


def _course(shape: Callable[..., RaceFact]) -> Callable[[Fields, int, int], RaceFact]:
    return lambda _, bib, t_ms: shape(race=_UNKNOWN, bib=bib, t_ms=t_ms)


def _station(shape: Callable[..., RaceFact]) -> Callable[[Fields, int, int], RaceFact]:
    return lambda fields, bib, t_ms: shape(
        race=_UNKNOWN, bib=bib, t_ms=t_ms, question=_question(fields)
    )


def _jury(shape: Callable[..., RaceFact]) -> Callable[[Fields, int, int], RaceFact]:
    return lambda _, bib, t_ms: shape(race=_UNKNOWN, bib=bib, t_ms=t_ms, decision=None)


def _shot(fields: Fields, bib: int, t_ms: int) -> RaceFact:
    shape = race.TargetHit if fields.flag("hit") else race.TargetMissed
    return shape(
        race=_UNKNOWN,
        bib=bib,
        t_ms=t_ms,
        question=_question(fields),
        shown_ms=fields.whole_or_none("shown_ms"),
    )


def _adjust(fields: Fields, bib: int, t_ms: int) -> RaceFact:
    ms = fields.whole("ms", least=-(10**12))
    return race.TimeAdjusted(race=_UNKNOWN, bib=bib, t_ms=t_ms, ms=ms, decision=None)


def _question(fields: Fields) -> str | None:
    return fields.text("question") if fields.has("question") else None


KINDS: Final[Mapping[str, Callable[[Fields, int, int], RaceFact]]] = MappingProxyType(
    {
        "station_passed": _station(race.StationPassed),
        "fell": _station(race.RacerFell),
        "shot": _shot,
        "penalty_loop_done": _course(race.PenaltyLoopDone),
        "lap_done": _course(race.LapDone),
        "exchange": _course(race.LegExchanged),
        "finished": _course(race.RacerFinished),
        "dns": _course(race.RacerAbsent),
        "dnf": _course(race.RacerRetired),
        "dsq": _jury(race.RacerDisqualified),
        "reinstated": _jury(race.RacerReinstated),
        "adjust": _adjust,
    }
)
"""The kinds of facts about a racer; ``question_voided`` is about nobody alone."""

_VOID: Final = "question_voided"


def _fact(fields: Fields, bibs: set[int]) -> RaceFact:
    kind = fields.choice("kind", (*KINDS, _VOID))
    t_ms = fields.whole("t_ms")
    if kind == _VOID:
        question = fields.text("question")
        return race.QuestionVoided(race=_UNKNOWN, t_ms=t_ms, question=question, decision=None)
    bib = fields.whole("bib")
    if bib not in bibs:
        raise Malformed(fields.at("bib"), f"{bib} is not among the entries")
    return KINDS[kind](fields, bib, t_ms)
