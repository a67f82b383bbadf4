"""Ask a web process whether it answers, without ever waiting for it."""

import select
import socket
from contextlib import suppress

LONGEST_STATUS_LINE = 512  # bytes


class Probe:
    """One ``GET path`` at a time to ``host:port``; call it again and again until it says True.

    A listening socket that nobody accepts from yet keeps the question until somebody does.
    """

    def __init__(self, host: str, port: int, path: str) -> None:
        self._address = (host, port)
        self._request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"
        self._asked: socket.socket | None = None

    def __call__(self) -> bool:
        """Whether the answer has come and says 200."""
        try:
            if self._asked is None:
                self._asked = socket.create_connection(self._address, timeout=1)
                self._asked.sendall(self._request.encode())
            if not select.select([self._asked], [], [], 0)[0]:
                return False
            answer = self._asked.recv(LONGEST_STATUS_LINE)
        except OSError:
            answer = b""
        self.close()
        return answer.split(b" ", 2)[1:2] == [b"200"]

    def close(self) -> None:
        """Forget the question."""
        if self._asked is not None:
            with suppress(OSError):
                self._asked.close()
            self._asked = None
