"""What a racer's screen is told: where the racer is, what is asked, what is going on by itself.

The one door out of the course: no key, no question id and nothing of the next task passes it. All
``*_ms`` moments are milliseconds of the epoch on the server's clock; splits count from the race's
zero.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from content.quiz import Memo
from psot.course import allowance, probes
from psot.course.rows import RunRow, TaskRow
from psot.course.way import Way
from psot.races.stages import KEYS_OPEN
from psot.races.values import RaceView
from scoring.biathlon import Bout, Hold, Racer, State, shootings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def epoch_ms(moment: datetime) -> int:
    """Return ``moment`` in milliseconds of the epoch."""
    return (moment - _EPOCH) // _MS


def before_zero(view: RaceView, run: RunRow, secret: bytes, now: datetime) -> dict[str, Any]:
    """Return the situation of a racer in zeroing, when the race has no zero yet."""
    return {
        **_frame(view, run, secret, now),
        "state": str(State.LINE),
        "start_ms": None,
        **_NOTHING,
    }


def situation(way: Way, *, last: TaskRow | None = None) -> dict[str, Any]:
    """Return the situation of a racer; ``last`` is the task just answered, if any."""
    here, zero_ms = way.here, epoch_ms(way.view.zero_at or way.now)
    racer = here.racer
    start_ms = racer.start_ms
    return {
        **_frame(way.view, way.run, way.race_set.secret, way.now),
        "state": way.run.out or str(racer.state),
        "start_ms": None if start_ms is None else zero_ms + start_ms,
        **_NOTHING,
        **_place(way, racer),
        "falls": here.falls,
        "falls_most": way.race_set.format.falls,
        "hold": None if here.hold is None else _hold(way, here.hold, zero_ms),
        "task": None if way.open is None else _task(way, way.open, zero_ms),
        "last": None if last is None else {"task": last.number, "outcome": last.outcome},
        "splits": _splits(way),
        "finish_ms": None if racer.leg_end_ms is None else zero_ms + racer.leg_end_ms,
        "total_ms": racer.total_ms,
        "penalty_ms": racer.penalty_ms,
        "closed": way.ended or way.view.stage in KEYS_OPEN,
    }


_NOTHING: dict[str, Any] = {
    "lap": 1,
    "laps": 0,
    "leg": 1,
    "legs": 1,
    "bout": 0,
    "bouts": 0,
    "position": None,
    "station": 0,
    "stations": 0,
    "falls": 0,
    "falls_most": 0,
    "targets": [],
    "spares_left": 0,
    "shootings": "",
    "hold": None,
    "task": None,
    "last": None,
    "splits": [],
    "finish_ms": None,
    "total_ms": None,
    "penalty_ms": 0,
    "closed": False,
}


def _frame(view: RaceView, run: RunRow, secret: bytes, now: datetime) -> dict[str, Any]:
    return {
        "race": str(view.id),
        "bib": run.bib,
        "seat_no": run.seat_no,
        "stage": str(view.stage),
        "now_ms": epoch_ms(now),
        "zero_ms": None if view.zero_at is None else epoch_ms(view.zero_at),
        "out": bool(run.out),
        "probe": probes.make(secret, run.bib, now),
        "rtt_ms": min(run.rtts_ms, default=None),
        "allowance_ms": allowance.allowance_ms(run.rtts_ms, run.bucket_ms),
    }


def _place(way: Way, racer: Racer) -> dict[str, Any]:
    bout = racer.bouts[-1] if racer.bouts else None
    on_range = racer.state in (State.RANGE, State.SHOT, State.SPARE_ROUND, State.PENALTY_LOOP)
    fresh = racer.state is State.RANGE
    number = len(racer.bouts) + fresh
    return {
        "lap": racer.lap,
        "laps": racer.course.laps,
        "leg": racer.entry.leg,
        "legs": len(way.race_set.format.legs),
        "bout": number,
        "bouts": len(racer.course.positions),
        "position": racer.course.positions[number - 1] if on_range and number else None,
        "station": min(racer.stations + 1, racer.course.stations),
        "stations": racer.course.stations,
        "targets": _targets(None if fresh else bout, racer, on_range=on_range),
        "spares_left": _spares_left(None if fresh else bout, racer),
        "shootings": shootings(racer.bouts),
    }


def _targets(bout: Bout | None, racer: Racer, *, on_range: bool) -> list[str]:
    """The five targets: a spare round aims at the first that stands."""
    if not on_range:
        return []
    first = [] if bout is None else bout.shots[: racer.course.targets]
    spare = [] if bout is None else bout.shots[racer.course.targets :]
    shown = ["hit" if one.counted else "miss" for one in first]
    for one in spare:
        if one.counted and "miss" in shown:
            shown[shown.index("miss")] = "hit"
    shown += ["wait"] * (racer.course.targets - len(shown))
    if racer.state is State.SPARE_ROUND and "miss" in shown:
        shown[shown.index("miss")] = "aim"
    elif "wait" in shown and racer.state is not State.PENALTY_LOOP:
        shown[shown.index("wait")] = "aim"
    return shown


def _spares_left(bout: Bout | None, racer: Racer) -> int:
    return racer.course.spares - (0 if bout is None else bout.spares_used)


def _hold(way: Way, hold: Hold, zero_ms: int) -> dict[str, Any]:
    topic = _topic_to_read(way)
    memo = memo_of(way.race_set.memos, topic)
    return {
        "kind": str(hold.kind),
        "from_ms": zero_ms + hold.from_ms,
        "until_ms": zero_ms + hold.until_ms,
        "loops_left": hold.loops_left,
        "topic": topic,
        "memo": memo,
    }


def _topic_to_read(way: Way) -> str | None:
    """The topic of the last task that went wrong."""
    return way.missed.topic if way.missed else None


def memo_of(memos: Mapping[str, Memo], topic: str | None) -> dict[str, Any] | None:
    """Return the memo on ``topic`` in both languages, None where the content has none."""
    memo = memos.get(topic or "")
    if memo is None:
        return None
    return {
        "title": {"ru": memo.title.ru, "en": memo.title.en},
        "text": {"ru": memo.text.ru, "en": memo.text.en},
    }


def _task(way: Way, task: TaskRow, zero_ms: int) -> dict[str, Any]:
    question = way.question(task)
    texts = {one.id: one.text for one in question.options}
    due_ms = way.due_ms(task)
    topic = way.race_set.topics.get(question.topic)
    return {
        "number": task.number,
        "kind": task.kind,
        "topic": question.topic,
        "topic_name": None if topic is None else {"ru": topic.name.ru, "en": topic.name.en},
        "text": question.text,
        "options": [{"id": shown, "text": texts[option]} for shown, option in task.options],
        "shown_ms": zero_ms + task.shown_ms,
        "limit_ms": task.limit_ms,
        "due_ms": None if due_ms is None else zero_ms + due_ms,
    }


def _splits(way: Way) -> list[dict[str, Any]]:
    return [
        {
            "leg": racer.entry.leg,
            "point": point.label,
            "t_ms": passing.t_ms,
            "run_ms": passing.t_ms + passing.penalty_ms - (racer.start_ms or 0),
        }
        for racer in _raced(way)
        for point, passing in sorted(racer.passed.items())
    ]


def _raced(way: Way) -> Sequence[Racer]:
    return [one.racer for one in way.steered if one.racer.state is not State.LINE]
