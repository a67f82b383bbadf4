"""The consumer of one race: reads its log as it grows, and publishes what each audience may see.

It keeps the state of the race in this process only. A new process reads the log anew and publishes
the same rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis
from sqlalchemy.orm import Session

from psot.live import boards
from psot.races import queries as races
from psot.races.values import RaceView
from psot.standings import groups, names, pictures
from psot.standings import log as logs
from psot.standings.following import BEFORE_ANYTHING
from psot.standings.lapping import Lapped
from psot.standings.log import Ends
from psot.standings.moments import Moments, moments
from psot.standings.pictures import Row
from psot.standings.roster import Roster, roster
from psot.standings.rulings import Rulings
from psot.standings.screens import REVEALED_PLACES
from psot.standings.side import Side
from psot.standings.store import SHOWN, TRUE, Mark, Step, key
from scoring.biathlon import RaceFact
from scoring.biathlon.live import Stage
from scoring.biathlon.order import Order

PARTS_EVERY: Final = timedelta(seconds=1)
"""Boards of classes, regions and points are made anew no more often."""
NAMES_EVERY: Final = timedelta(seconds=30)
"""A name that was taken back is gone after so long."""

Rows = dict[str, Row]
Told = tuple[object, Rows]
"""Rows of a board, and what tells whether they are others than those published last."""
Groups = Mapping[str, Order]


@dataclass(kw_only=True)
class _Unpublished:
    """What of a side has changed since its parts were published."""

    parts: bool = True
    points: set[Stage] = field(default_factory=set)


class Consumer:
    """One race, from its log to its boards."""

    def __init__(self, field_: Roster, *, epoch: int, first: int) -> None:
        self.roster = field_
        self.first = first
        self.n = 0
        self.true = Side(field_)
        self.shown: Side | None = None
        self.mark = Mark(epoch=epoch)
        """Where this consumer left the field in Redis."""
        self._latest_ms = BEFORE_ANYTHING
        self._named_at: datetime | None = None
        self._parts_at: datetime | None = None
        self._whole = True
        self._moments: Moments | None = None
        self._open = {TRUE: _Unpublished(), SHOWN: _Unpublished()}
        self._told: dict[str, Any] = {}
        self._rulings = Rulings()
        self.lapped = Lapped()
        """Who was found to be lapped: the course takes nothing more from them."""

    def read(self, session: Session, view: RaceView, ends: Ends, now: datetime) -> None:
        """Take in what came since, and whoever gave a name or took it back."""
        facts: list[RaceFact] = []
        if ends.last > self.n or self._rulings.held:
            facts, self.n = logs.after(session, view.id, self.n)
            facts = self._rulings.whole(session, view, facts)
            self.true.take(facts)
            self._latest_ms = max([self._latest_ms, *(one.t_ms for one in facts)])
        self._moments = moments(view, now, self._latest_ms)
        if not self._moments.separate:
            self.shown = None
        elif self.shown is None:
            self.shown = Side(self.roster)
            everything = logs.after(session, view.id)[0]
            self.shown.take(one for one in everything if one not in self._rulings.held)
            self._whole = True
        else:
            self.shown.take(facts)
        if self._named_at is None:
            self._named_at = now
        elif now - self._named_at >= NAMES_EVERY:
            self._named_at = now
            # To read ten thousand names takes most of a second, and hardly ever is one new.
            if races.names_seal(session, view.id) != self.roster.seal:
                self._rename(roster(session, view))

    def publish(
        self, redis: Redis, view: RaceView, now: datetime, *, revealed: int = 0, whole: bool = False
    ) -> None:
        """Publish what changed; everything where ``whole``. Raises RedisError.

        While the race is frozen, ``revealed`` places are shown as they truly stand: of those
        that the big screen reveals, the last ones, and everybody behind them.
        """
        known = self._moments
        if known is None:
            return
        whole = whole or self._whole
        changed = {TRUE: self.true.look(None, known.moment_ms)}
        crews = (self.true.board.crews[number] for number in changed[TRUE])
        self.lapped.note(racer for one in crews for racer in one.racers)
        if self.shown is not None:
            moved = self.shown.look(known.until_ms, known.shown_ms)
            places = len(self.true.order)
            if known.frozen and revealed:
                places = max(0, min(REVEALED_PLACES, places) - revealed)
            changed[SHOWN] = moved | self.shown.reveal(self.true, places)
        self._note(changed)
        parts = whole or (
            (self._parts_at is None or now - self._parts_at >= PARTS_EVERY)
            and any(one.parts for one in self._open.values())
        )
        found = {name: groups.groups(one) for name, one in self._sides().items()} if parts else {}
        if not self._store(redis, view, known, changed, whole=whole, parts=found):
            self._whole = True
            return
        self._boards(redis, view, known, now, whole=whole)
        if parts:
            self._parts(redis, view, found, whole=whole)
            self._parts_at = now
        self._whole = False

    def _rename(self, known: Roster) -> None:
        if known != self.roster and known.entries == self.roster.entries:
            self.roster = known
            for side in self._sides().values():
                side.rename(known)
            self._whole = True

    def _sides(self) -> dict[str, Side]:
        return {TRUE: self.true} | ({SHOWN: self.shown} if self.shown is not None else {})

    def _note(self, changed: dict[str, set[int]]) -> None:
        for name, side in self._sides().items():
            here = self._open[name]
            here.parts = here.parts or bool(changed[name])
            here.points |= side.board.splits.changed

    def _store(
        self,
        redis: Redis,
        view: RaceView,
        known: Moments,
        changed: dict[str, set[int]],
        *,
        whole: bool,
        parts: Mapping[str, Groups],
    ) -> bool:
        """Lay the field down for lists and windows; False where somebody else did meanwhile."""
        sides = self._sides()
        state = known.separate, known.frozen, view.stage
        if not (whole or parts or any(changed.values()) or self._told.get("state") != state):
            return True
        mark = replace(self.mark, step=self.mark.step + 1)
        step = Step(view.id, mark)
        step.state(separate=known.separate, frozen=known.frozen, stage=view.stage.value)
        if whole:
            step.people(self.roster)
            for name in (TRUE, SHOWN):
                step.clear(name)
        for name, side in sides.items():
            columns = side.board.splits
            everybody = range(len(side.rows))
            if whole:
                step.side(name, side, everybody, timed=everybody, stages=columns.values)
            elif changed[name]:
                step.side(name, side, changed[name], timed=side.timed, stages=columns.changed)
            if name in parts:
                step.groups(name, parts[name])
        written = step.commit(redis, after=None if whole else self.mark)
        if written:
            self.mark = mark
            self._told["state"] = state
            for side in sides.values():
                side.board.splits.changed.clear()
        return written

    def _boards(
        self, redis: Redis, view: RaceView, known: Moments, now: datetime, *, whole: bool
    ) -> None:
        head = {
            "stage": view.stage.value,
            "zero_ms": None if view.zero_at is None else round(view.zero_at.timestamp() * 1000),
            "frozen_ms": known.freeze_ms if known.frozen else None,
        }
        now_ms = round(now.timestamp() * 1000)
        public = self.shown or self.true
        asked = [(names.main(view), public, head | {"delay_s": known.delay_ms // 1000})]
        if view.practice_of is None:
            asked.append((names.true(view), self.true, head | {"delay_s": 0}))
        pictures_of: dict[int, dict[str, Rows]] = {}
        found: dict[str, Told] = {}
        for name, side, about in asked:
            seal = side is self.shown, side.version, about
            if not whole and self._told.get(name) == seal:
                continue
            found[name] = seal, main_rows(side, about | {"now_ms": now_ms})
            if id(side) not in pictures_of:
                pictures_of[id(side)] = side_boards(side)
            pictures_here = pictures_of[id(side)].items()
            found |= {f"{name}.{suffix}": (rows, rows) for suffix, rows in pictures_here}
        self._tell(redis, view, found, whole=whole)

    def _parts(
        self, redis: Redis, view: RaceView, parts: Mapping[str, Groups], *, whole: bool
    ) -> None:
        """Publish the boards of classes, regions and points that changed."""
        public, name = (self.shown, SHOWN) if self.shown is not None else (self.true, TRUE)
        stages = public.board.splits.values if whole else self._open[name].points
        found: dict[str, Told] = {}
        for group, lines in parts[name].items():
            rows = groups.group_board(public, lines)
            found[f"{names.main(view)}.{group}"] = rows, rows
        for label, rows in groups.point_boards(public, stages).items():
            found[names.of_point(view, label)] = rows, rows
        self._tell(redis, view, found, whole=whole)
        self._open = {TRUE: _Unpublished(parts=False), SHOWN: _Unpublished(parts=False)}

    def _tell(
        self, redis: Redis, view: RaceView, found: Mapping[str, Told], *, whole: bool
    ) -> None:
        """Publish boards, all at once; where not ``whole``, those whose seal is another."""
        fresh = {
            name: told for name, told in found.items() if whole or self._told.get(name) != told[0]
        }
        rows_of = {name: rows for name, (_, rows) in fresh.items()}
        boards.publish_all(redis, rows_of, as_of=self.n, fence=self._fence(view))
        self._told |= {name: seal for name, (seal, _) in fresh.items()}

    def _fence(self, view: RaceView) -> boards.Fence:
        return boards.Fence(key=key(view.id, "state"), epoch=self.mark.epoch)


def main_rows(side: Side, about: Row) -> Rows:
    """Return the rows of the main board: the first places, and what is told of the race."""
    rows = {
        side.roster.lines[line.crew].key: pictures.placed(line, number, side.rows[line.crew])
        for number, line in enumerate(side.order[: pictures.TOP], 1)
    }
    told = pictures.head(about, side.tally.counts(), side.roster.format)
    return rows | {"race": told}


def side_boards(side: Side) -> dict[str, Rows]:
    """Return the range, the course and the ticker, by suffix."""
    return {
        "range": pictures.lanes(side.board, side.standing, side.tally.shooting, side.roster),
        "field": pictures.field(side.board, side.standing, side.tally, side.way),
        "news": side.ticker.rows(side.roster),
    }
