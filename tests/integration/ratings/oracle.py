"""The ratings counted from the plain list of facts in one pass of the pure rules: no database.

Slow and short on purpose: what the product keeps up step by step has to come to the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from events import Fact
from events.community import AnswerAccepted, PostRestored, PostTakenDown
from events.competition import ParticipationCredited, RaceQuestionAnswered
from events.learning import QuestionAnswered
from events.library import VersionPublished
from events.member import MemberMoved, MemberRegistered
from events.rating import RulesPublished, SeasonCalibrated, SeasonOpened
from events.recording import TimeCredited
from events.workplace import RunFinished
from scoring.rating import (
    PARAMETERS,
    FirstAttempt,
    Parameters,
    RegionSums,
    Season,
    Week,
    activity_ppb,
    answer_minutes,
    credited_minutes,
    effectiveness_ppb,
    parameters_from,
    rating_milli,
    season_named,
)
from scoring.rating.regions import NO_MEMBERS
from tests.integration.ratings.history import Entry

ZONE = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True, kw_only=True)
class Rated:
    """What one member comes to in one season."""

    region: str
    on_roster: bool
    activity_ppb: int
    effectiveness_ppb: int
    rating_milli: int
    minutes: int
    first_attempts: int


@dataclass(frozen=True, kw_only=True)
class First:
    """A first answer: the score of ``question``, and the minutes it earns."""

    question: str
    version: int
    week: int
    score_ppm: int
    response_ms: int | None
    """None for a run, which earns the minutes of its norm instead."""


class Oracle:
    """Everything told, ready to be asked about any season."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.told: list[tuple[Fact, datetime]] = [(fact, at) for fact, _, at in entries]

    def of(self, *kinds: type[Fact]) -> list[tuple[Any, datetime]]:
        """Every fact of these kinds, with its moment."""
        return [(fact, at) for fact, at in self.told if isinstance(fact, kinds)]

    def rated(self) -> dict[str, dict[UUID, Rated]]:
        """Every member of every season that is open and whose rules are known."""
        return {opened.season: self._season(opened, params) for opened, params in self._seasons()}

    def regions(self) -> dict[str, dict[str, tuple[RegionSums, int]]]:
        """The sums of every region that has anything, and how many of it are active."""
        found: dict[str, dict[str, tuple[RegionSums, int]]] = {}
        homes = self._homes()
        for opened, params in self._seasons():
            season, rated = opened.season, self._season(opened, params)
            sums: dict[str, RegionSums] = defaultdict(lambda: NO_MEMBERS)
            active: dict[str, int] = defaultdict(int)
            for told in homes.values():
                region, on_roster = _stands(told, season_named(season, ZONE).starts_at)
                if on_roster:
                    sums[region] += _one(members=1)
            for one in rated.values():
                if one.on_roster:
                    active[one.region] += 1
                    qualified = one.first_attempts >= params.region_min_attempts
                    sums[one.region] += _one(
                        activity_ppb=one.activity_ppb,
                        qualified=int(qualified),
                        effectiveness_ppb=one.effectiveness_ppb if qualified else 0,
                    )
            found[season] = {region: (one, active[region]) for region, one in sums.items()}
        return found

    def _seasons(self) -> Iterable[tuple[SeasonOpened, Parameters]]:
        """The seasons that are open and whose rules are known."""
        rules = dict(PARAMETERS)
        for fact, _ in self.of(RulesPublished):
            rules[fact.version] = parameters_from(fact.version, fact.parameters)
        for fact, _ in self.of(SeasonOpened):
            if fact.rules in rules:
                yield fact, rules[fact.rules]

    def _season(self, opened: SeasonOpened, params: Parameters) -> dict[UUID, Rated]:
        season = season_named(opened.season, ZONE)
        mean_ppm, weeks_elapsed, facility, median, out = self._measure(opened)
        firsts = self._firsts(season)
        weeks: dict[UUID, dict[int, dict[str, int]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(int))
        )
        for member, answers in firsts.items():
            for one in answers:
                with_effort = one.response_ms is not None and answer_minutes(
                    one.response_ms,
                    median.get(one.question),
                    replace(params, minutes_per_question=1),
                )
                weeks[member][one.week]["answers_with_effort"] += int(with_effort)
        for member, week, kind, amount in self._normed(season):
            weeks[member][week][kind] += amount
        homes = self._homes()
        rated = {}
        for member in firsts.keys() | weeks.keys():
            minutes = [credited_minutes(Week(**one), params) for one in weeks[member].values()]
            a_ppb = activity_ppb(minutes, weeks_elapsed, params)
            attempts = [
                FirstAttempt(
                    question=one.question,
                    score_ppm=one.score_ppm,
                    facility_ppm=facility.get(one.question),
                    left_out=bool({one.question, f"{one.question}@{one.version}"} & out),
                )
                for one in firsts.get(member, [])
            ]
            e_ppb = effectiveness_ppb(attempts, mean_ppm * 1000, params)
            region, on_roster = _stands(homes.get(member, []), season.starts_at)
            rated[member] = Rated(
                region=region,
                on_roster=on_roster,
                activity_ppb=a_ppb,
                effectiveness_ppb=e_ppb,
                rating_milli=rating_milli(a_ppb, e_ppb),
                minutes=int(sum(minutes)),
                first_attempts=len(attempts),
            )
        return rated

    def _measure(
        self, opened: SeasonOpened
    ) -> tuple[int, int, dict[str, int], dict[str, int], set[str]]:
        known = [fact for fact, _ in self.of(SeasonCalibrated) if fact.season == opened.season]
        if not known:
            return opened.mean_ppm, 1, {}, {}, set()
        last = max(known, key=lambda one: one.number)
        return (
            last.mean_ppm,
            last.weeks_elapsed,
            last.facility_ppm,
            last.median_ms,
            set(last.left_out),
        )

    def _firsts(self, season: Season) -> dict[UUID, list[First]]:
        given: dict[tuple[UUID, str], list[tuple[tuple[Any, ...], First]]] = defaultdict(list)
        for fact, at in self.of(QuestionAnswered, RaceQuestionAnswered, RunFinished):
            if at not in season or (isinstance(fact, RunFinished) and fact.number > 1):
                continue
            order, first = _first(fact, at, season)
            given[fact.member, first.question].append((order, first))
        firsts: dict[UUID, list[First]] = defaultdict(list)
        for (member, _), answers in given.items():
            firsts[member].append(min(answers, key=lambda one: one[0])[1])
        return firsts

    def _normed(self, season: Season) -> Iterable[tuple[UUID, int, str, int]]:
        finished: dict[tuple[UUID, str], tuple[datetime, UUID, int]] = {}
        for fact, at in self.of(TimeCredited, ParticipationCredited, RunFinished):
            if at not in season:
                continue
            week = season.week_index(at)
            if isinstance(fact, TimeCredited):
                yield fact.member, week, "watched_ms", fact.ms
            elif isinstance(fact, ParticipationCredited):
                yield fact.member, week, "practice_min", fact.minutes
            elif fact.minutes:
                where = fact.member, fact.scenario
                new = (at, fact.run, fact.minutes)
                finished[where] = min(finished.get(where, new), new)
        for (member, _), (at, _run, minutes) in finished.items():
            yield member, season.week_index(at), "practice_min", minutes
        yield from self._given(season)

    def _given(self, season: Season) -> Iterable[tuple[UUID, int, str, int]]:
        """Accepted answers and approved questions: in the season of the very first time only."""
        earliest: dict[UUID, tuple[datetime, UUID]] = {}
        for fact, at in self.of(AnswerAccepted):
            if fact.by_expert:
                new = (at, fact.member)
                earliest[fact.answer] = min(earliest.get(fact.answer, new), new)
        settled = season.ends_at + timedelta(days=7)
        for answer, (at, member) in earliest.items():
            if at in season:
                down = self._is_down(answer, settled)
                yield member, season.week_index(at), "accepted_answers", int(not down)
        again = [
            (fact, at)
            for fact, at in self.of(AnswerAccepted)
            if fact.by_expert and at in season and at != earliest[fact.answer][0]
        ]
        for fact, at in again:
            # It earns nothing; its author is a member of this season all the same.
            yield fact.member, season.week_index(at), "accepted_answers", 0
        for fact, at in self.of(VersionPublished):
            people = {fact.author, fact.reviewer} - {None}
            if (fact.kind, fact.version, len(people)) == ("question", 1, 2) and at in season:
                yield fact.author, season.week_index(at), "approved_questions", 1

    def _is_down(self, answer: UUID, before: datetime) -> bool:
        decisions = [
            (fact.nth, isinstance(fact, PostTakenDown))
            for fact, at in self.of(PostTakenDown, PostRestored)
            if fact.answer == answer and at < before
        ]
        return max(decisions, default=(0, False))[1]

    def _homes(self) -> dict[UUID, list[tuple[datetime, str]]]:
        homes: dict[UUID, list[tuple[datetime, str]]] = defaultdict(list)
        for fact, at in self.of(MemberRegistered, MemberMoved):
            homes[fact.member].append((at, fact.region))
        return homes


def _first(fact: Any, at: datetime, season: Season) -> tuple[tuple[Any, ...], First]:
    week = season.week_index(at)
    if isinstance(fact, RunFinished):
        first = First(
            question=f"workplace:{fact.scenario}",
            version=fact.version,
            week=week,
            score_ppm=fact.score_ppm,
            response_ms=None,
        )
        return (at, fact.number, fact.run), first
    first = First(
        question=fact.question,
        version=fact.question_version,
        week=week,
        score_ppm=fact.score_ppm,
        response_ms=fact.response_ms,
    )
    if isinstance(fact, RaceQuestionAnswered):
        return (at, 0, fact.race), first
    return (at, fact.nth, fact.attempt), first


def _stands(homes: list[tuple[datetime, str]], starts_at: datetime) -> tuple[str, bool]:
    before = [one for one in homes if one[0] < starts_at]
    if before:
        return max(before)[1], True
    return (min(homes)[1], False) if homes else ("", False)


def _one(
    *, members: int = 0, activity_ppb: int = 0, qualified: int = 0, effectiveness_ppb: int = 0
) -> RegionSums:
    return RegionSums(
        members=members,
        activity_ppb=activity_ppb,
        qualified=qualified,
        effectiveness_ppb=effectiveness_ppb,
    )
