"""A whole crowd against a Socket.IO server of a few lines."""

import json
import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from bench.crowd import Crowd
from bench.crowd_sockets import Sockets
from bench.fanout_servers import answered, program


def frame(text: str) -> bytes:
    data = text.encode()
    head = (
        bytes((0x81, len(data))) if len(data) < 126 else struct.pack("!BBH", 0x81, 126, len(data))
    )
    return head + data


class Server:
    """Lets everybody in and acknowledges every call; each client has a thread."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._guests: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._guests:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        for one in self._guests:
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                guest, _ = self._listener.accept()
                self._guests.append(guest)
                self._threads.append(threading.Thread(target=self._serve, args=(guest,)))
                self._threads[-1].start()

    def _serve(self, guest: socket.socket) -> None:
        with suppress(OSError):
            guest.recv(4096)
            guest.sendall(b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + frame('0{"sid":"a"}'))
            guest.recv(4096)
            guest.sendall(frame('40{"sid":"b"}'))
            while data := guest.recv(4096):
                # One call at a time: head, mask, and the number before the bracket.
                said = data[data.index(b"42") + 2 :]
                number = said[: said.index(b"[")].decode()
                guest.sendall(frame(f'43{number}[{{"ok":true}}]'))


@pytest.fixture
def server() -> Iterator[Server]:
    with closing(Server()) as one:
        yield one


def test_callers_ask_in_their_rhythm_and_every_answer_is_counted(server: Server) -> None:
    with closing(Sockets([server.port], "http://bench.test", None)) as sockets:
        crowd = Crowd(sockets, None, [])
        inside = crowd.enter(callers=4)
        told = crowd.play(rate=40, seconds=0.5)

    assert inside["held"] == 4
    assert (told["ack"]["count"], told["waiting"], told["cut"]) == (20, [], {})
    assert told["acknowledged"] == [(0, 5), (1, 5), (2, 5), (3, 5)]


def test_half_a_crowd_falls_off_and_only_that_half_comes_back(server: Server) -> None:
    with closing(Sockets([server.port], "http://bench.test", None)) as sockets:
        crowd = Crowd(sockets, None, [])
        crowd.enter(callers=4)
        left = crowd.drop(share=0.5)
        back = crowd.enter()

    assert (left["held"], back["held"], back["cut"]) == (2, 4, {})


def test_a_crowd_obeys_as_a_program_until_its_input_ends(server: Server) -> None:
    told = json.dumps({"ports": [server.port], "origin": "http://bench.test"})
    with program([sys.executable, "-m", "bench.crowd", told]) as crowd:
        inside = answered(crowd, {"do": "enter", "callers": 2})
        rested = answered(crowd, {"do": "rest", "seconds": 0.05})
        assert crowd.stdin is not None
        crowd.stdin.close()
        ended = crowd.wait(20)

    assert (inside["held"], rested["held"], ended) == (2, 2, 0)
