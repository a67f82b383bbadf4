"""The question "do you answer?" waits in the queue of the listening socket, never in the asker."""

import socket
from collections.abc import Iterator

import pytest

from psot.supervisor.probe import Probe
from tests.services import wait_until


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        yield bound


def answer(listening: socket.socket, status: str) -> bytes:
    accepted, _ = listening.accept()
    with accepted:
        asked = accepted.recv(4096)
        accepted.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
    return asked


def probe_of(listening: socket.socket) -> Probe:
    return Probe("127.0.0.1", listening.getsockname()[1], "/healthz")


def test_it_says_no_until_the_answer_has_come(listening: socket.socket) -> None:
    probe = probe_of(listening)

    assert [probe(), probe(), probe()] == [False, False, False]
    assert answer(listening, "200 OK").startswith(b"GET /healthz HTTP/1.1\r\n")
    wait_until(probe)


def test_another_status_is_no_and_the_question_is_asked_anew(listening: socket.socket) -> None:
    probe = probe_of(listening)
    probe()
    answer(listening, "503 Service Unavailable")
    while probe._asked is not None:
        assert probe() is False
    probe()
    answer(listening, "200 OK")
    wait_until(probe)


def test_nobody_listening_is_no() -> None:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        port = bound.getsockname()[1]

    assert Probe("127.0.0.1", port, "/healthz")() is False
