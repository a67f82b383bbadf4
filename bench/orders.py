"""How a crowd in a process of its own is told what to do: a line of JSON in, a line of JSON out."""

import json
import os
import resource
import select
import sys
from collections.abc import Callable, Mapping
from typing import Any

MOST_BYTES = 65_536


def obey(turn: Callable[[], object], orders: Mapping[str, Callable[..., Any]]) -> None:
    """Serve the crowd by ``turn`` and obey ``{"do": NAME, ...}`` until the input ends.

    ``turn`` waits a moment at most. The rest of an order are the arguments of its function.
    """
    text = b""
    while True:
        turn()
        if not select.select([0], [], [], 0)[0]:
            continue
        data = os.read(0, MOST_BYTES)
        if not data:
            return
        *lines, text = (text + data).split(b"\n")
        for line in lines:
            order = json.loads(line)
            answer = orders[order.pop("do")](**order)
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


def many_files() -> None:
    """Let this process open as many files as it may: each socket is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
