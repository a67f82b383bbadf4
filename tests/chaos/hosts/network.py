"""Hosts of a test: network namespaces on a bridge that nothing outside can reach.

Each host has a namespace of its own with one interface; the bridge stands in another, which is also
where the world outside the hosts is: bots and spectators. Nothing is changed in the namespace of
the test itself.
"""

import ctypes
import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

NAMESPACES = Path("/run/netns")
BEGINNING = "psot-"
NETWORK = "10.77.0"
WORLD = "world"
CLONE_NEWNET = 0x40000000  # linux/sched.h

_numbers = itertools.count(1)


class NoNamespaces(Exception):  # noqa: N818 - read as a sentence
    """Namespaces cannot be made here; says in one line what is missing."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One namespace and its address on the bridge."""

    name: str
    namespace: str
    address: str

    def pids(self) -> list[int]:
        """Return the processes that run here."""
        return [int(one) for one in ip("netns", "pids", self.namespace).split()]

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Let this thread be here for the length of the block.

        What it starts and connects meanwhile stays here, threads and programs as well.
        """
        home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(NAMESPACES / self.namespace, os.O_RDONLY)
        try:
            _enter(there)
            try:
                yield
            finally:
                _enter(home)
        finally:
            os.close(there)
            os.close(home)


class Network:
    """Hosts by name, each joined to the others, and the world."""

    def __init__(self, names: Sequence[str]) -> None:
        this = f"{BEGINNING}{os.getpid()}-{next(_numbers)}"
        self.world = Place(name=WORLD, namespace=f"{this}-{WORLD}", address=f"{NETWORK}.254")
        self.hosts = {
            name: Place(name=name, namespace=f"{this}-{name}", address=f"{NETWORK}.{number}")
            for number, name in enumerate(names, 1)
        }

    def make(self) -> None:
        """Make the namespaces and join them. Raises NoNamespaces."""
        for one in (self.world, *self.hosts.values()):
            ip("netns", "add", one.namespace)
            ip("-n", one.namespace, "link", "set", "lo", "up")
        world = self.world.namespace
        ip("-n", world, "link", "add", "name", "bridge", "type", "bridge")
        ip("-n", world, "address", "add", f"{self.world.address}/24", "dev", "bridge")
        ip("-n", world, "link", "set", "bridge", "up")
        for name, one in self.hosts.items():
            link = ("link", "add", "name", name, "type", "veth", "peer", "name", "eth0")
            ip("-n", world, *link, "netns", one.namespace)
            ip("-n", world, "link", "set", name, "master", "bridge", "up")
            ip("-n", one.namespace, "address", "add", f"{one.address}/24", "dev", "eth0")
            ip("-n", one.namespace, "link", "set", "eth0", "up")

    def cut(self, name: str) -> None:
        """Take a host's link down; what runs there goes on."""
        ip("-n", self.world.namespace, "link", "set", name, "down")

    def mend(self, name: str) -> None:
        """Take the link up again."""
        ip("-n", self.world.namespace, "link", "set", name, "up")

    def unmake(self) -> None:
        """Kill what still runs in the namespaces, and remove them with their links."""
        for one in (*self.hosts.values(), self.world):
            if (NAMESPACES / one.namespace).exists():
                _remove(one.namespace)


@contextmanager
def network(*names: str) -> Iterator[Network]:
    """Hosts of these names for the length of the block. Raises NoNamespaces."""
    clear_leftovers()
    made = Network(names)
    try:
        made.make()
        yield made
    finally:
        made.unmake()


def what_is_missing() -> str:
    """Return in one line why hosts cannot be made here, "" where they can."""
    needs = {
        "Linux": sys.platform.startswith("linux"),
        "root": os.geteuid() == 0,
        "the program ip (iproute2)": shutil.which("ip") is not None,
    }
    if missing := [what for what, is_here in needs.items() if not is_here]:
        return f"The tests of several hosts need {', '.join(missing)}"
    try:
        with network("alone"):
            return ""
    except NoNamespaces as error:
        return f"The tests of several hosts need network namespaces: {error}"


def clear_leftovers() -> None:
    """Remove the namespaces of test runs that were killed."""
    for path in NAMESPACES.glob(f"{BEGINNING}*"):
        found = re.match(rf"{BEGINNING}(\d+)-", path.name)
        if found and not psutil.pid_exists(int(found[1])):
            _remove(path.name)


def _remove(namespace: str) -> None:
    for pid in ip("netns", "pids", namespace).split():
        try:
            psutil.Process(int(pid)).kill()
        except psutil.NoSuchProcess:
            continue
    ip("netns", "delete", namespace)


def ip(*words: str) -> str:
    """Return what ``ip`` prints. Raises NoNamespaces with its last line."""
    done = subprocess.run(("ip", *words), capture_output=True, text=True, check=False)  # noqa: S607 - whichever ip is installed
    if done.returncode != 0:
        last = (done.stderr.strip() or "no message").splitlines()[-1]
        raise NoNamespaces(f"ip {' '.join(words)}: {last}")
    return done.stdout


def _enter(namespace: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(namespace, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")
