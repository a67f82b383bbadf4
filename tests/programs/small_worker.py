"""A worker with a work-horse in a session of its own that does not listen to SIGTERM."""

import os
import signal
import sys

horse = os.fork()
if horse == 0:
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        signal.pause()
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("worker is", os.getpid(), "with horse", horse, flush=True)  # noqa: T201
while True:
    signal.pause()
