"""Figures of `bench/fanout.py`, their ratios to the peers, and whether the goals are met."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles
from typing import Any

PRODUCT = "psot"
LIMITS = {"node": 0.8, "picows": 1.3}
"""At most so much CPU per client and broadcast, as a share of each peer's."""
KB_LIMIT = 35.0
STORM_LIMIT_S = 5.0
HTTP_LIMIT_MS = 1000.0


@dataclass(frozen=True, kw_only=True)
class Case:
    """Broadcasts of about ``size`` bytes, ``hz`` a second."""

    size: int
    hz: int

    @property
    def name(self) -> str:
        """How it is called in the table."""
        return f"{self.size:,} B at {self.hz} Hz"

    @property
    def every_s(self) -> float:
        """Time between two broadcasts, a little more than asked.

        The product sends four messages a second and board at most: faster ones would be merged.
        """
        return 1 / self.hz + 0.005


CASES = tuple(Case(size=size, hz=hz) for size in (200, 2048) for hz in (1, 4))


@dataclass(frozen=True, kw_only=True)
class Burst:
    """Broadcasts of one case sent in a row: what each client heard, what the server used."""

    messages: int
    merged: int
    missing: int
    size: float
    cpu_s: float
    load_cpu_s: float
    p95_ms: tuple[float, ...]
    last_ms: tuple[float, ...]

    @classmethod
    def of(
        cls,
        broadcasts: Sequence[Mapping[str, float]],
        *,
        sent: range,
        held: int,
        cpu_s: float,
        load_cpu_s: float,
    ) -> "Burst":
        """Return the burst of what a crowd of ``held`` told about broadcasts numbered ``sent``.

        One that nobody heard was merged into a later one, unless it was the last.
        """
        heard = {int(one["seq"]) for one in broadcasts}
        unheard = [one for one in sent if one not in heard]
        lost_last = held if sent[-1] in unheard else 0
        return cls(
            messages=sum(int(one["heard"]) for one in broadcasts),
            merged=len(unheard) - bool(lost_last),
            missing=sum(held - int(one["heard"]) for one in broadcasts) + lost_last,
            size=median(one["bytes"] for one in broadcasts) if broadcasts else 0.0,
            cpu_s=cpu_s,
            load_cpu_s=load_cpu_s,
            p95_ms=tuple(one["p95_ms"] for one in broadcasts),
            last_ms=tuple(one["last_ms"] for one in broadcasts),
        )


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A case over all its bursts; times are medians of its broadcasts, emission to client.

    ``cpu_us``: everything the server did meanwhile, per message to a client; ``load_us``: the same
    of the crowd; ``merged``: broadcasts that an overloaded server brought with the next one;
    ``missing``: messages that did not come to a client at all.
    """

    broadcasts: int
    merged: int
    missing: int
    size: int
    cpu_us: float
    load_us: float
    p95_ms: float
    last_ms: float
    worst_ms: float

    @classmethod
    def of(cls, bursts: Sequence[Burst]) -> "Spread":
        """Return the figures of ``bursts``."""
        messages = sum(one.messages for one in bursts)
        lasts = [one for burst in bursts for one in burst.last_ms]
        p95s = [one for burst in bursts for one in burst.p95_ms]
        nothing = float("nan")
        return cls(
            broadcasts=len(lasts),
            merged=sum(one.merged for one in bursts),
            missing=sum(one.missing for one in bursts),
            size=round(median(one.size for one in bursts)),
            cpu_us=1e6 * sum(one.cpu_s for one in bursts) / messages if messages else nothing,
            load_us=1e6 * sum(one.load_cpu_s for one in bursts) / messages if messages else nothing,
            p95_ms=median(p95s) if p95s else nothing,
            last_ms=median(lasts) if lasts else nothing,
            worst_ms=max(lasts, default=nothing),
        )


@dataclass(frozen=True, kw_only=True)
class Storm:
    """Half of the crowd dropped at once and back: how long, and HTTP meanwhile."""

    clients: int
    back: int
    took_s: float
    cpu_s: float
    http_p95_ms: float
    http_worst_ms: float
    http_count: int
    http_failed: int


@dataclass(kw_only=True)
class Line:
    """One server; ``held`` of the ``asked`` clients came in.

    ``connect_ms``: CPU of the server for each; ``kb``: what its memory grew by for each.
    """

    server: str
    version: str
    asked: int
    held: int
    connects_per_s: float
    connect_ms: float
    kb: float
    idle_percent: float = 0.0
    lost: int = 0
    storm: Storm | None = None
    cases: dict[str, Spread] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A figure, and the most it may be."""

    what: str
    value: float
    limit: float

    @property
    def met(self) -> bool:
        """Whether it is reached; what could not be measured is not."""
        return self.value <= self.limit

    def told(self) -> str:
        """Return it as a line of the report."""
        return (
            f"{'met' if self.met else 'NOT MET':<8}{self.what}: {self.value:,.2f}, "
            f"goal {self.limit:,.2f} at most"
        )


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile; of one value that value, of none not a number.

    >>> p95([3.0]), round(p95(range(1, 101)), 2)
    (3.0, 95.05)
    """
    if len(values) < 2:  # noqa: PLR2004 - what quantiles needs
        return values[0] if values else float("nan")
    return quantiles(values, n=100, method="inclusive")[94]


def share(case: str, line: Line, peer: Line | None) -> float:
    """Return the CPU of ``line`` as a share of the peer's; not a number where one has none."""
    theirs = peer.cases[case].cpu_us if peer else 0.0
    return line.cases[case].cpu_us / theirs if theirs else float("nan")


def goals(lines: Iterable[Line]) -> list[Goal]:
    """Return what the product is to reach beside the peers that were measured."""
    by_name = {one.server: one for one in lines}
    mine = by_name.get(PRODUCT)
    if mine is None:
        return []
    told = [Goal(what="clients that did not get in", value=mine.asked - mine.held, limit=0)]
    for name, limit in LIMITS.items():
        peer = by_name.get(name)
        for case in mine.cases if peer else ():
            ratio = share(case, mine, peer)
            told.append(Goal(what=f"CPU as a share of {name}'s, {case}", value=ratio, limit=limit))
    told.append(Goal(what="KB per connection", value=mine.kb, limit=KB_LIMIT))
    missing = sum(one.missing for one in mine.cases.values())
    told.append(Goal(what="messages not heard", value=missing, limit=0))
    if mine.storm:
        storm = mine.storm
        told += [
            Goal(what="half the field back, s", value=storm.took_s, limit=STORM_LIMIT_S),
            Goal(what="clients not back", value=storm.clients - storm.back, limit=0),
            Goal(what="HTTP p95 meanwhile, ms", value=storm.http_p95_ms, limit=HTTP_LIMIT_MS),
        ]
    return told


def table(lines: Sequence[Line]) -> str:
    """Return the figures as text: the connections first, then each case."""
    head = (
        f"{'server':<14}{'clients':>9}{'in/s':>8}{'CPU ms':>8}{'KB each':>9}{'idle %':>8}"
        f"{'storm s':>9}{'CPU s':>7}{'HTTP p95 ms':>13}{'worst':>8}{'failed':>8}"
    )
    text = [head]
    for one in lines:
        start = (
            f"{one.server:<14}{one.held:>9,}{one.connects_per_s:>8,.0f}"
            f"{one.connect_ms:>8.2f}{one.kb:>9.1f}"
            f"{one.idle_percent:>8.1f}"
        )
        if one.storm:
            start += (
                f"{one.storm.took_s:>9.1f}{one.storm.cpu_s:>7.1f}{one.storm.http_p95_ms:>13.0f}"
                f"{one.storm.http_worst_ms:>8.0f}{one.storm.http_failed:>8}"
            )
        text.append(start)
    text += [
        "",
        f"{'case':<16}{'server':<10}{'bytes':>7}{'CPU us':>8}"
        + "".join(f"{'of ' + name:>11}" for name in LIMITS)
        + f"{'p95 ms':>9}{'last ms':>9}{'worst':>8}{'merged':>8}{'missing':>9}{'load us':>9}",
    ]
    by_name = {one.server: one for one in lines}
    for case in lines[0].cases if lines else ():
        text += [_row(case, one, by_name) for one in lines]
    return "\n".join(text)


def _row(case: str, line: Line, by_name: Mapping[str, Line]) -> str:
    mine = line.cases[case]
    shares = [f"{share(case, line, by_name.get(name)):>11.2f}" for name in LIMITS]
    return (
        f"{case:<16}{line.server:<10}{mine.size:>7,}{mine.cpu_us:>8.1f}{''.join(shares)}"
        f"{mine.p95_ms:>9.0f}{mine.last_ms:>9.0f}{mine.worst_ms:>8.0f}"
        f"{mine.merged:>8}{mine.missing:>9,}{mine.load_us:>9.1f}"
    )


def as_json(lines: Iterable[Line], reached: Iterable[Goal]) -> dict[str, Any]:
    """Return everything for machines."""
    return {
        "lines": [asdict(one) for one in lines],
        "goals": [{**asdict(one), "met": one.met} for one in reached],
    }
