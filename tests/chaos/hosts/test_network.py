"""Hosts of a test stand apart from everything, and nothing of them remains."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos.hosts.network import NAMESPACES, clear_leftovers, ip, network

PORT = 7000
LONGER_THAN_ANY_TEST = (sys.executable, "-c", "import time; time.sleep(3600)")
AT_ONCE = (sys.executable, "-c", "")


def namespaces() -> set[Path]:
    """Those of this process: others may run tests at the same time."""
    return set(NAMESPACES.glob(f"psot-{os.getpid()}-*"))


def interfaces() -> set[str]:
    return {name for _, name in socket.if_nameindex()}


def test_hosts_reach_each_other_and_the_world_but_nothing_else() -> None:
    with network("one", "two") as joined:
        two = joined.hosts["two"]
        with two.inside():
            door = socket.create_server((two.address, PORT))
        with door:
            for place in (joined.hosts["one"], joined.world):
                with place.inside():
                    socket.create_connection((two.address, PORT), timeout=20).close()
        with joined.hosts["one"].inside():
            assert interfaces() == {"lo", "eth0"}
            with pytest.raises(OSError, match="unreachable"):
                socket.create_connection(("192.0.2.1", PORT), timeout=20)


def test_a_host_that_is_cut_off_hears_nothing_until_it_is_joined_again() -> None:
    with network("one", "two") as joined:
        two = joined.hosts["two"]
        with two.inside():
            door = socket.create_server((two.address, PORT))
        with door, joined.hosts["one"].inside():
            speaking = socket.create_connection((two.address, PORT), timeout=20)
            hearing, _ = door.accept()
            with speaking, hearing:
                joined.cut("one")
                speaking.sendall(b"late")
                hearing.settimeout(0.5)
                with pytest.raises(TimeoutError):
                    hearing.recv(4)
                joined.mend("one")
                hearing.settimeout(20)
                assert hearing.recv(4) == b"late"


def test_nothing_remains_of_hosts_whatever_happened_in_them() -> None:
    before = namespaces(), interfaces()
    left: list[subprocess.Popen[bytes]] = []

    def fail() -> None:
        with network("one") as joined, joined.hosts["one"].inside():
            left.append(subprocess.Popen(LONGER_THAN_ANY_TEST))
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert (namespaces(), interfaces()) == before
    assert left[0].wait(20) == -signal.SIGKILL


def test_hosts_of_a_run_that_was_killed_are_cleared_away() -> None:
    ended = subprocess.Popen(AT_ONCE)
    ended.wait()
    left = f"psot-{ended.pid}-1-one"
    ip("netns", "add", left)

    clear_leftovers()

    assert not (NAMESPACES / left).exists()
