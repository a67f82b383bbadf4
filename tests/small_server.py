"""A Socket.IO server of a few lines on loopback, for tests of clients."""

import socket
import threading
from contextlib import suppress
from typing import Final

UPGRADED: Final = b"HTTP/1.1 101 Switching Protocols\r\n\r\n"


def frame(text: bytes) -> bytes:
    """Return ``text`` as a server's text frame, up to 65,535 bytes."""
    assert len(text) < 65_536
    size = bytes((len(text),)) if len(text) < 126 else b"\x7e" + len(text).to_bytes(2, "big")
    return b"\x81" + size + text


class SmallServer:
    """Lets in at most ``seats`` guests: each is greeted, and whatever they say then is heard."""

    accepts = b'40{"sid":"b"}'

    def __init__(self, *, seats: int = 100) -> None:
        self.inside: list[socket.socket] = []
        self._seats = seats
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address: tuple[str, int] = self._listener.getsockname()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def heard(self, data: bytes) -> None:
        """Take in what a guest said."""

    def full(self, guest: socket.socket) -> None:
        """Do with a guest who does not fit."""

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self.inside:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        for one in self.inside:
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                guest, _ = self._listener.accept()
                fits = len(self.inside) < self._seats
                self.inside.append(guest)
                serve = self._serve if fits else self.full
                self._threads.append(threading.Thread(target=serve, args=(guest,)))
                self._threads[-1].start()

    def _serve(self, guest: socket.socket) -> None:
        with suppress(OSError):
            guest.recv(4096)
            guest.sendall(UPGRADED + frame(b'0{"sid":"a"}'))
            guest.recv(4096)
            guest.sendall(frame(self.accepts))
            while data := guest.recv(4096):
                self.heard(data)
