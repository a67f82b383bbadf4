"""Boards in Redis: published by whoever computes them, read by every web process.

`publish` compares the new rows with the stored ones and stores snapshot and delta in one step,
provided that nobody else did meanwhile. Then it rings a bell that carries the board's name only:
a web process reads what it is behind, so a lost or doubled message loses and doubles nothing.
`publish_all` does so for many boards in the two round trips of one.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from redis import Redis

from psot import compact
from psot.live.versions import Board, Delta, Rows, board_from, delta_from, difference

CHANNEL = "psot:live:bell"
"""Where bells ring: one JSON object per message, ``{"board": name}`` or an order to cut sockets."""

HISTORY = 64
"""Deltas kept per board: a copy at most so many versions behind needs no snapshot."""

FORGOTTEN_AFTER_S = 7 * 24 * 3600
"""A board that nobody changed for so long is forgotten, and published anew by the next call."""

ATTEMPTS = 8

# KEYS: board, history, fence. ARGV: epoch and version it was compared with, the new epoch and
# version, the server's run, as_of, snapshot, delta (empty: a new epoch), history length, seconds,
# channel, bell, the publisher's epoch (empty: no fence). Returns 1, 0 if somebody else published
# meanwhile, or -1 if nobody listens to this publisher any more.
_STORE = """
if ARGV[13] ~= '' and tonumber(redis.call('HGET', KEYS[3], 'epoch') or 0) > tonumber(ARGV[13]) then
  return -1
end
local now = redis.call('HMGET', KEYS[1], 'epoch', 'version')
if (now[1] or '') ~= ARGV[1] or (now[2] or '') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'version', ARGV[4], 'run', ARGV[5],
           'as_of', ARGV[6], 'snapshot', ARGV[7])
if ARGV[8] == '' then
  redis.call('DEL', KEYS[2])
else
  redis.call('LPUSH', KEYS[2], ARGV[8])
  redis.call('LTRIM', KEYS[2], 0, ARGV[9] - 1)
end
redis.call('EXPIRE', KEYS[1], ARGV[10])
redis.call('EXPIRE', KEYS[2], ARGV[10])
redis.call('PUBLISH', ARGV[11], ARGV[12])
return 1
"""


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A board as Redis has it, with the deltas that led there, oldest first."""

    board: Board
    history: tuple[Delta, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fence:
    """Who may publish where the publisher changes: nobody older than the hash ``key`` tells.

    Its field ``epoch`` is the newest publisher's; whoever comes next writes it before any board.
    """

    key: str
    epoch: int


@dataclass(frozen=True, kw_only=True)
class _Found:
    epoch: str = ""
    version: str = ""
    run: str = ""
    as_of: int = 0
    snapshot: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Step:
    """What is to be written of a board, if it still is as it was found."""

    found: _Found
    run: str
    as_of: int
    rows: Rows
    delta: Delta
    told: str
    """The delta as it is kept; empty for a new epoch."""


def publish(
    redis: Redis, name: str, rows: Rows, *, as_of: int = 0, fence: Fence | None = None
) -> Delta | None:
    """Make ``rows`` the newest version of board ``name``; returns what changed, None for nothing.

    See `publish_all`.
    """
    return publish_all(redis, {name: rows}, as_of=as_of, fence=fence).get(name)


def publish_all(
    redis: Redis, boards: Mapping[str, Rows], *, as_of: int = 0, fence: Fence | None = None
) -> dict[str, Delta]:
    """Make rows the newest version of each board, by name; returns what changed, by name.

    Each board is stored by itself, not all of them at one moment. Rows are JSON objects. ``as_of``
    orders the states where several may publish: a state older than the stored one is passed over,
    and so is whatever comes from behind ``fence``. Call it as often as you like: web processes
    send what changed at most four times a second. Raises RedisError where Redis does not answer.

    A server that was restarted may have lost its last second, so a new run begins a new epoch.
    """
    given = {name: dict(rows) for name, rows in boards.items()}
    plain: dict[str, Rows] = compact.loads(compact.dumps(given))
    changed: dict[str, Delta] = {}
    for _ in range(ATTEMPTS):
        if not plain:
            break
        run, stored = _read(redis, plain)
        steps = [
            step
            for name, found in stored.items()
            if (step := _step(name, plain[name], found, run, as_of)) is not None
        ]
        written = dict(zip(steps, _write(redis, steps, fence), strict=True))
        changed |= {step.delta.name: step.delta for step, told in written.items() if told > 0}
        plain = {step.delta.name: step.rows for step, told in written.items() if told == 0}
    return changed


def snapshot(redis: Redis, name: str) -> Board | None:
    """Return the stored board, or None if nobody has published it yet."""
    stored = load(redis, name)
    return stored.board if stored else None


def load(redis: Redis, name: str) -> Stored | None:
    """Return the stored board with its history, read at one moment."""
    with redis.pipeline(transaction=True) as pipe:
        pipe.hget(_key(name), "snapshot")
        pipe.lrange(_history(name), 0, HISTORY - 1)
        text, lines = pipe.execute()
    if text is None:
        return None
    board = board_from(compact.loads(text))
    history = [delta_from(compact.loads(line)) for line in reversed(lines)]
    return Stored(board=board, history=tuple(one for one in history if one.epoch == board.epoch))


def tips(redis: Redis, names: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return epoch and version of each stored board among ``names``, in one round trip."""
    asked = list(names)
    with redis.pipeline(transaction=False) as pipe:
        for name in asked:
            pipe.hmget(_key(name), "epoch", "version")
        answers = cast("Sequence[tuple[bytes | None, bytes | None]]", pipe.execute())
    return {
        name: (epoch.decode(), int(version))
        for name, (epoch, version) in zip(asked, answers, strict=True)
        if epoch is not None and version is not None
    }


def _key(name: str) -> str:
    return f"psot:live:board:{name}"


def _history(name: str) -> str:
    return f"psot:live:history:{name}"


def _read(redis: Redis, names: Iterable[str]) -> tuple[str, dict[str, _Found]]:
    """Return the server's run, and each board as it is stored."""
    asked = list(names)
    with redis.pipeline(transaction=True) as pipe:
        pipe.info("server")
        for name in asked:
            pipe.hmget(_key(name), "epoch", "version", "run", "as_of", "snapshot")
        info, *answers = pipe.execute()
    return str(info["run_id"]), dict(zip(asked, map(_found, answers), strict=True))


def _found(fields: Sequence[bytes | None]) -> _Found:
    epoch, version, run, as_of, text = ((one or b"").decode() for one in fields)
    return _Found(epoch=epoch, version=version, run=run, as_of=int(as_of or 0), snapshot=text)


def _step(name: str, rows: Rows, found: _Found, run: str, as_of: int) -> _Step | None:
    """Return what is to be written of a board; None where nothing is new."""
    if found.run != run:
        delta = Delta(name=name, epoch=secrets.token_hex(8), since=0, version=1, changed=rows)
        return _Step(found=found, run=run, as_of=as_of, rows=rows, delta=delta, told="")
    if as_of < found.as_of:
        return None
    change = difference(board_from(compact.loads(found.snapshot)), rows)
    if change is None:
        return None
    told = compact.dumps(change.wire())
    return _Step(found=found, run=run, as_of=as_of, rows=rows, delta=change, told=told)


def _write(redis: Redis, steps: Iterable[_Step], fence: Fence | None) -> list[int]:
    """Write each step, in one round trip; returns what `_STORE` said to each."""
    with redis.pipeline(transaction=False) as pipe:
        for step in steps:
            delta, found = step.delta, step.found
            board = Board(name=delta.name, epoch=delta.epoch, version=delta.version, rows=step.rows)
            before = found.epoch, found.version
            after = board.epoch, board.version, step.run, step.as_of
            texts = compact.dumps(board.wire()), step.told
            limits = HISTORY, FORGOTTEN_AFTER_S, CHANNEL, compact.dumps({"board": board.name})
            told = (*before, *after, *texts, *limits, fence.epoch if fence else "")
            keys = _key(board.name), _history(board.name), fence.key if fence else _key(board.name)
            pipe.eval(_STORE, len(keys), *keys, *map(str, told))
        return cast("list[int]", pipe.execute())
