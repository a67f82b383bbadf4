"""A stale copy of a board and the messages that follow always end at the fresh board."""

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psot.live.versions import (
    Board,
    Delta,
    Gap,
    Rows,
    apply,
    board_from,
    bridge,
    delta_from,
    difference,
    merge,
)

KEYS = st.sampled_from("abcdef")
ROW = st.fixed_dictionaries({"rank": st.integers(1, 9), "rating": st.integers(0, 3)})
ROWS = st.dictionaries(KEYS, ROW, max_size=6)


@dataclass
class Published:
    """A board as its publisher makes it: every version, and every delta between them."""

    boards: list[Board] = field(default_factory=list)
    deltas: list[Delta] = field(default_factory=list)

    @property
    def fresh(self) -> Board:
        return self.boards[-1]

    def publish(self, rows: Rows) -> Delta | None:
        if not self.boards:
            self.boards.append(Board(name="r:1", epoch="e", version=1, rows=rows))
            return None
        delta = difference(self.fresh, rows)
        if delta is not None:
            self.deltas.append(delta)
            self.boards.append(Board(name="r:1", epoch="e", version=delta.version, rows=dict(rows)))
        return delta


def history(states: list[Rows]) -> Published:
    published = Published()
    for rows in states:
        published.publish(rows)
    return published


@given(st.lists(ROWS, min_size=1, max_size=12))
def test_any_stale_snapshot_with_its_deltas_is_the_fresh_snapshot(states: list[Rows]) -> None:
    published = history(states)

    for stale in published.boards:
        copy = stale
        for delta in published.deltas:
            copy = apply(copy, delta) if delta.version > stale.version else copy

        assert copy == published.fresh


@given(st.lists(ROWS, min_size=2, max_size=12), st.data())
def test_a_merged_delta_fits_every_copy_between_its_ends(
    states: list[Rows], data: st.DataObject
) -> None:
    published = history([{}, {"a": {"rank": 1}}, *states])
    first = data.draw(st.integers(0, len(published.deltas) - 1))
    merged = merge(published.deltas[first:])

    for copy in published.boards[first:]:
        assert apply(copy, merged) == published.fresh


@given(st.lists(ROWS, min_size=1, max_size=12))
def test_a_history_bridges_every_version_it_reaches_back_to_and_no_other(
    states: list[Rows],
) -> None:
    published = history([{}, *states])
    kept = published.deltas[-3:]
    fresh = published.fresh

    for stale in published.boards[:-1]:
        delta = bridge(kept, stale.version, fresh.version)
        if kept and stale.version >= kept[0].since:
            assert delta is not None
            assert apply(stale, delta) == fresh
        else:
            assert delta is None


@given(st.lists(ROWS, min_size=2, max_size=6))
def test_boards_and_deltas_survive_the_wire(states: list[Rows]) -> None:
    published = history([{}, *states])

    assert [board_from(one.wire()) for one in published.boards] == published.boards
    assert [delta_from(one.wire()) for one in published.deltas] == published.deltas


def test_a_delta_seen_before_changes_nothing() -> None:
    published = history([{"a": {"rank": 1}}, {"b": {"rank": 1}}, {"c": {"rank": 1}}])

    assert apply(published.fresh, published.deltas[0]) is published.fresh


@pytest.mark.parametrize("change", [{"epoch": "other"}, {"since": 7, "version": 8}])
def test_a_delta_of_another_epoch_or_after_a_hole_asks_for_a_snapshot(
    change: dict[str, object],
) -> None:
    fits: dict[str, object] = {"name": "r:1", "epoch": "e", "since": 1, "version": 2}
    delta = Delta(**{**fits, **change})  # type: ignore[arg-type]  # a table of fields

    with pytest.raises(Gap):
        apply(Board(name="r:1", epoch="e", version=1), delta)


def test_deltas_with_a_hole_between_them_do_not_merge() -> None:
    first = Delta(name="r:1", epoch="e", since=1, version=2)
    third = Delta(name="r:1", epoch="e", since=3, version=4)

    with pytest.raises(Gap):
        merge([first, third])


@dataclass
class Page:
    """An open page: follows the protocol with what reaches it."""

    copy: Board | None = None
    asks: int = 0

    def hear(self, message: Board | Delta, published: Published) -> None:
        if isinstance(message, Board):
            if self.copy is None or message.version >= self.copy.version:
                self.copy = message
            return
        nothing = Board(name=message.name, epoch="", version=0)
        try:
            self.copy = apply(self.copy or nothing, message)
        except Gap:
            self.asks += 1
            self.copy = published.fresh


def test_after_a_thousand_lost_doubled_and_reordered_messages_the_page_shows_the_board() -> None:
    chance = random.Random(20260)  # noqa: S311 - a repeatable fault schedule
    published, page = history([{"a": {"rank": 0}}]), Page()
    faults, waiting = 0, list[Delta]()
    while faults < 1000:
        rows = dict(published.fresh.rows)
        rows[chance.choice("abcdefgh")] = {"rank": chance.randrange(1000)}
        if chance.random() < 0.3:
            rows.pop(chance.choice("abcdefgh"), None)
        delta = published.publish(rows)
        if delta is None:
            continue
        fault = chance.choice(["none", "lost", "doubled", "late"])
        faults += fault != "none"
        if fault == "late":
            waiting.append(delta)
        for _ in range({"none": 1, "lost": 0, "doubled": 2, "late": 0}[fault]):
            page.hear(delta, published)
        if waiting and chance.random() < 0.5:
            page.hear(waiting.pop(chance.randrange(len(waiting))), published)
        assert page.copy is None or page.copy == published.boards[page.copy.version - 1]
    last = published.publish({"z": {"rank": 1}})
    assert last is not None
    page.hear(last, published)

    assert page.copy == published.fresh
    assert 0 < page.asks < len(published.deltas)
