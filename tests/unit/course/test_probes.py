"""Probes: the server's own clock, signed, so that no client's clock is ever asked."""

from datetime import UTC, datetime, timedelta

from psot.course import probes

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_probe_that_comes_back_tells_the_round_trip() -> None:
    probe = probes.make(b"secret", 7, NOON)
    assert probes.rtt_ms(b"secret", 7, probe, NOON + timedelta(milliseconds=83)) == 83


def test_a_forged_or_borrowed_probe_tells_nothing() -> None:
    probe = probes.make(b"secret", 7, NOON)
    later = probes.make(b"another", 7, NOON + timedelta(seconds=1))
    for forged in (later, probe[1:], "", "zz", f"{'f' * 9}.{probe.partition('.')[2]}", "é.é"):
        assert probes.rtt_ms(b"secret", 7, forged, NOON) is None
    assert probes.rtt_ms(b"secret", 8, probe, NOON) is None
