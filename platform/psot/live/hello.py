"""How a connection is greeted: when to come back, should it be lost."""

from typing import Final

from engineio.packet import MESSAGE, Packet

from psot.live.packets import event

RETRY_LEAST_MS: Final = 200
RETRY_MOST_MS: Final = 2_000
RETRY_MS_PER_CLIENT: Final = 4
"""Reconnects are spread so that about 250 a second arrive: HTTP stays quick meanwhile."""
STEP: Final = 64
"""Clients are counted in such steps, so that many are greeted with the same bytes."""


def retry_ms(clients: int) -> list[int]:
    """Return within which time, in ms from the loss, one of so many ``clients`` is to come back.

    >>> retry_ms(3), retry_ms(1000)
    ([200, 2000], [200, 4096])
    """
    counted = -(-clients // STEP) * STEP
    return [RETRY_LEAST_MS, max(RETRY_MOST_MS, RETRY_MS_PER_CLIENT * counted)]


class Hello:
    """The greeting of one process, written anew only where it says something else."""

    def __init__(self) -> None:
        self._retry_ms: list[int] = []
        self._packet = Packet()

    def packet(self, clients: int) -> Packet:
        """Return the greeting for one of ``clients``."""
        told = retry_ms(clients)
        if told != self._retry_ms:
            self._retry_ms = told
            self._packet = Packet(MESSAGE, event("live.hello", {"retry_ms": told}))
        return self._packet
