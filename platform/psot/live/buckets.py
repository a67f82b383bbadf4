"""A token bucket as a value: how often somebody may do something, with the moment given."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Up to ``burst`` at once, and ``per_s`` each second after that."""

    burst: int
    per_s: float

    def full(self) -> "Bucket":
        """Return a bucket of this rate that nobody has taken from."""
        return Bucket(rate=self, tokens=float(self.burst), at_s=None)


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """``tokens`` left at the moment ``at_s`` (seconds of a clock that never runs backwards)."""

    rate: Rate
    tokens: float
    at_s: float | None

    def take(self, now_s: float) -> tuple["Bucket", float]:
        """Take one token; returns the bucket after it and the seconds to wait, 0 where it had one.

        >>> bucket, wait = Rate(burst=1, per_s=2).full().take(10.0)
        >>> wait, bucket.take(10.0)[1], bucket.take(10.5)[1]
        (0.0, 0.5, 0.0)
        """
        passed_s = 0.0 if self.at_s is None else max(0.0, now_s - self.at_s)
        tokens = min(float(self.rate.burst), self.tokens + passed_s * self.rate.per_s)
        wait_s = 0.0 if tokens >= 1 else (1 - tokens) / self.rate.per_s
        left = tokens - 1 if tokens >= 1 else tokens
        return Bucket(rate=self.rate, tokens=left, at_s=now_s), wait_s
