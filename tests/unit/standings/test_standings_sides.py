"""What one audience sees of a race equals counting its log up to the same moment."""

from collections import Counter
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from events import race as happened
from psot.races.values import ClassView, Racer
from psot.standings.consumer import main_rows, side_boards
from psot.standings.following import BEFORE_ANYTHING
from psot.standings.pictures import ON_COURSE, SHOOTING, section
from psot.standings.roster import Roster, made_of
from psot.standings.side import Side
from scoring.biathlon import (
    Entry,
    Format,
    Mark,
    RaceFact,
    State,
    board,
    load_format,
    replay,
    tenths,
)
from tests.biathlon import RACE, raced

SPRINT = load_format("sprint", {"stations": 1})
CLASSES = (
    ClassView(code="new", title="Newcomers", rule="experience", values=("newcomer",)),
    ClassView(code="tyumen", title="Tyumen", rule="region", values=("RU-TYU",)),
)


def person(bib: int, team: object = None) -> Racer:
    return Racer(
        member=UUID(int=bib),
        bib=bib,
        team=None if team is None else str(team),
        region="RU-TYU" if bib % 2 else "RU-MOW",
        experience="newcomer" if bib < 3 else "experienced",
        employer="",
        time_percent=100,
        name=f"Racer {bib}",
        number=bib,
    )


def field(format_: Format, entries: list[Entry]) -> Roster:
    people = {one.bib: person(one.bib, one.team) for one in entries}
    return made_of(format_, entries, list(people.values()), CLASSES)


@settings(max_examples=60)
@given(told=raced(), data=st.data())
def test_a_side_is_the_board_of_its_log_at_its_moment(
    told: tuple[Format, list[Entry], list[RaceFact]], data: st.DataObject
) -> None:
    format_, entries, facts = told
    side = Side(field(format_, entries))
    arriving = data.draw(st.permutations(facts))
    last_ms = max((one.t_ms for one in facts), default=0)
    steps = sorted(data.draw(st.lists(st.integers(0, last_ms), max_size=4)))
    here: list[RaceFact] = []
    for until_ms in [*steps, last_ms]:
        count = data.draw(st.integers(0, len(arriving)))
        fresh, arriving = arriving[:count], arriving[count:]
        if until_ms == last_ms:
            fresh, arriving = [*fresh, *arriving], []
        here += fresh
        side.take(fresh)
        side.look(until_ms, until_ms)

    expected = board(replay(format_, entries, here, last_ms))
    assert tuple(side.board.rows()) == expected
    assert sorted(one.crew for one in side.order) == list(range(len(side.roster.lines)))
    keys = [
        f"t:{row.racer.entry.team}" if format_.relay else str(row.racer.entry.bib)
        for row in expected
    ]
    assert [one for one in main_rows(side, {}) if one != "race"] == keys[:30]
    here_ = [one.under_way for one in side.board.crews if one.irm is None]
    counts = side.tally.counts()
    assert +side.tally.sections == Counter(map(section, here_))
    assert (counts.on_course, counts.finished, counts.out) == (
        sum(one.state in ON_COURSE for one in here_),
        sum(one.state is State.FINISHED for one in here_),
        len(side.board.crews) - len(here_),
    )
    shooting = [
        row.racer.entry.bib for row in expected if row.irm is None and row.racer.state in SHOOTING
    ]
    lanes = side_boards(side)["range"]
    assert lanes.pop("range") == {"shooting": len(shooting)}
    assert [one["bib"] for one in lanes.values()] == shooting[:12]


def finishes(side: Side) -> dict[int, tuple[int, int]]:
    """When everybody finished who counts, and with what in tenths, by bib."""
    return {
        one.entry.bib: (one.leg_end_ms, tenths(value))
        for crew in side.board.crews
        for one in crew.racers
        for (leg, point), value in crew.splits.items()
        if leg == one.entry.leg and point.mark is Mark.FINISH and one.leg_end_ms is not None
    }


@settings(max_examples=40)
@given(told=raced("sprint", "mass_start", "relay"), data=st.data())
def test_the_ticker_tells_the_same_in_however_many_steps_the_log_was_read(
    told: tuple[Format, list[Entry], list[RaceFact]], data: st.DataObject
) -> None:
    format_, entries, facts = told
    last_ms = max((one.t_ms for one in facts), default=0)
    once, slowly = Side(field(format_, entries)), Side(field(format_, entries))
    once.take(facts)
    once.look(None, last_ms)
    for one in data.draw(st.permutations(facts)):
        slowly.take([one])
        slowly.look(None, last_ms)
    slowly.look(None, last_ms)

    assert slowly.ticker.rows(slowly.roster) == once.ticker.rows(once.roster)
    ends = finishes(once)
    for row in once.ticker.rows(once.roster).values():
        if row["kind"] == "finished":
            t_ms, value = ends[row["bib"]]
            better = [bib for bib, one in ends.items() if one[0] <= t_ms and one[1] < value]
            assert row["n"] == 1 + len(better)
    assert main_rows(slowly, {}) == main_rows(once, {})


def test_a_class_holds_whoever_answers_to_its_rule_and_a_team_if_all_do() -> None:
    single = field(SPRINT, [Entry(bib=bib) for bib in (1, 2, 3)])
    relay = load_format("relay")
    team = [Entry(bib=bib, team="A", leg=bib) for bib in range(1, 5)]

    assert [one.groups for one in single.lines] == [
        ("r.RU-TYU", "c.new", "c.tyumen"),
        ("r.RU-MOW", "c.new"),
        ("r.RU-TYU", "c.tyumen"),
    ]
    (line,) = field(relay, team).lines
    assert (line.key, line.bibs, line.groups) == ("t:A", (1, 2, 3, 4), ("r.RU-TYU",))


def frozen_and_true() -> tuple[Side, Side]:
    """Three racers at 10, 11 and 12 s; after the freeze they turn round."""
    roster = field(SPRINT, [Entry(bib=bib) for bib in (1, 2, 3)])
    facts = [
        happened.StationPassed(race=RACE, bib=bib, t_ms=9_000 + 1_000 * bib, question=None)
        for bib in (1, 2, 3)
    ]
    later = [happened.LapDone(race=RACE, bib=bib, t_ms=40_000 - 1_000 * bib) for bib in (1, 2, 3)]
    public, true = Side(roster), Side(roster)
    for side, until_ms in ((public, 20_000), (true, None)):
        side.take([*facts, *later])
        side.look(until_ms, 60_000)
    return public, true


def bibs(side: Side) -> list[int]:
    return [int(one) for one in main_rows(side, {}) if one != "race"]


def test_places_are_revealed_from_the_last_upwards() -> None:
    public, true = frozen_and_true()
    assert (bibs(public), bibs(true)) == ([1, 2, 3], [3, 2, 1])
    seen = []
    for hidden in (3, 2, 1, 0):
        public.reveal(true, hidden)
        rows = main_rows(public, {})
        ends = [one for one in bibs(public) if rows[str(one)]["point"] == "lap1.lap_end"]
        seen.append((bibs(public), ends))

    assert seen == [
        ([1, 2, 3], []),
        ([2, 3, 1], [1]),
        ([3, 2, 1], [2, 1]),
        ([3, 2, 1], [3, 2, 1]),
    ]
    public.reveal(true, 3)
    assert main_rows(public, {}) == main_rows(frozen_and_true()[0], {})


def test_nobody_moves_before_anything_happened() -> None:
    side = Side(field(SPRINT, [Entry(bib=1, start_ms=-5), Entry(bib=2)]))

    assert side.look(BEFORE_ANYTHING, BEFORE_ANYTHING) == set()
    assert side.look(None, 0) == {0, 1}
    assert side.look(None, 0) == set()
