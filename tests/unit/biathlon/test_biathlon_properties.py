"""What holds for every race that is run by the rules, whatever happens in it."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.biathlon import Book, board, protocol, replay, tenths
from scoring.biathlon.splits import result_ms
from tests.biathlon import raced

few = settings(max_examples=25, deadline=None)


@few
@given(raced(), st.data())
def test_the_order_in_which_facts_arrive_does_not_matter(told: Any, data: st.DataObject) -> None:
    format_, entries, facts = told

    shuffled = data.draw(st.permutations(facts))

    assert replay(format_, entries, shuffled) == replay(format_, entries, facts)


@few
@given(raced(), st.data())
def test_a_race_told_fact_by_fact_is_the_race_told_at_once(told: Any, data: st.DataObject) -> None:
    format_, entries, facts = told
    book = Book(format_, entries)

    cut = data.draw(st.integers(0, len(facts)))
    book.add(facts[:cut])
    book.race()
    book.add(facts[cut:])

    assert book.race() == replay(format_, entries, facts)


@few
@given(raced(), st.data())
def test_a_moment_is_told_the_same_by_those_who_know_the_future(
    told: Any, data: st.DataObject
) -> None:
    format_, entries, facts = told
    last_ms = max((fact.t_ms for fact in facts), default=0)

    moment_ms = data.draw(st.integers(0, last_ms + 1))
    by_then = [fact for fact in facts if fact.t_ms <= moment_ms]

    assert replay(format_, entries, facts, moment_ms) == replay(
        format_, entries, by_then, moment_ms
    )


@few
@given(raced(), st.integers(0, 900_000))
def test_a_board_is_a_permutation_of_the_field(told: Any, moment_ms: int) -> None:
    format_, entries, facts = told

    rows = board(replay(format_, entries, facts, moment_ms))

    field = Counter(entry.team if format_.relay else entry.bib for entry in entries)
    shown = Counter(row.racer.entry.team if format_.relay else row.racer.entry.bib for row in rows)
    assert shown == Counter(dict.fromkeys(field, 1))


@few
@given(raced())
def test_a_protocol_is_a_permutation_of_the_start_list(told: Any) -> None:
    format_, entries, facts = told

    found = protocol(replay(format_, entries, facts))

    assert Counter(line.entry for line in found.results) == Counter(entries)
    assert Counter(line.team for line in found.teams) == Counter(
        {entry.team: 1 for entry in entries if format_.relay}
    )


@few
@given(raced("individual", "sprint", "pursuit", "mass_start", "super_sprint_final"))
def test_ranks_follow_the_tenths_and_skip_after_a_tie(told: Any) -> None:
    format_, entries, facts = told
    race = replay(format_, entries, facts)
    values = {racer.entry: result_ms(format_, racer) for racer in race.racers}

    ranked = [line for line in protocol(race).results if line.rank is not None]

    for line in ranked:
        mine = values[line.entry] or 0
        better = sum(tenths(values[one.entry] or 0) < tenths(mine) for one in ranked)
        assert line.rank == 1 + better
        assert line.behind_ms == mine - min(values[one.entry] or 0 for one in ranked)


@few
@given(raced())
def test_the_sections_add_up_and_none_is_negative(told: Any) -> None:
    format_, entries, facts = told

    for line in protocol(replay(format_, entries, facts)).results:
        spent = line.times
        parts = [spent.course_ms, spent.range_ms, spent.loop_ms]
        assert sum(parts) == spent.run_ms
        assert min(*parts, spent.shooting_ms, spent.ski_ms) >= 0


@few
@given(raced())
def test_who_is_out_has_neither_rank_nor_points(told: Any) -> None:
    format_, entries, facts = told
    found = protocol(replay(format_, entries, facts))

    for line in (*found.results, *found.teams):
        assert not line.irm or (line.rank is None and line.points == 0)


@few
@given(raced("pursuit", "mass_start", "relay"))
def test_the_board_of_those_who_are_in_is_the_protocol(told: Any) -> None:
    format_, entries, facts = told
    race = replay(format_, entries, facts)
    found = protocol(race)

    ranked = [row for row in board(race) if row.point == "finish" and row.irm is None]

    if format_.relay:
        shown = {row.racer.entry.team: row.rank for row in ranked}
        assert shown == {line.team: line.rank for line in found.teams if line.rank is not None}
    else:
        by_bib = {row.racer.entry.bib: row.rank for row in ranked}
        assert by_bib == {
            line.entry.bib: line.rank for line in found.results if line.rank is not None
        }
