"""The head of a request: what is well formed is read as pywsgi reads it, what is not is refused."""

import inspect
from typing import Any

import gevent.socket
import pytest
from gevent.pywsgi import WSGIHandler, WSGIServer

from psot.heads import LONGEST_LINE_BYTES, MOST_LINES
from psot.server import Server

WELL_FORMED = {
    "a page": b"GET /races?x=1 HTTP/1.1\r\nHost: psot.example\r\nCookie: a=1\r\n\r\n",
    "a call": b"POST /enter HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Content-Length: 2\r\nX-CSRFToken: a:b\r\n\r\n{}",
    "twice the same": b"GET / HTTP/1.1\r\nHost: x\r\nCookie: a=1\r\nCookie: b=2\r\n"
    b"Accept: text/html\r\naccept:  */* \t\r\n\r\n",
    "in pieces": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Length: 7\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "in pieces without a length": b"POST / HTTP/1.1\r\nHost: x\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "underlined": b"GET / HTTP/1.1\r\nHost: x\r\nX_Forwarded_For: 1.2.3.4\r\n\r\n",
    "empty values": b"GET / HTTP/1.1\r\nHost:\r\nX-Empty: \r\n\r\n",
    "old": b"GET / HTTP/1.0\r\nUser-Agent: \xe9\r\n\r\n",
    "bare line ends": b"GET / HTTP/1.1\nHost: x\n\n",
    "of age": b"GET /\r\n\r\n",
    "an upgrade": b"GET /socket.io/ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n",
    "twice the same length": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
    b"Content-Length: 2\r\n\r\n{}",
}
REFUSED = {
    "folded": b"GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n",
    "no name": b"GET / HTTP/1.1\r\n: x\r\n\r\n",
    "no header": b"GET / HTTP/1.1\r\nHost\r\n\r\n",
    "a blank behind the name": b"POST / HTTP/1.1\r\nContent-Length : 2\r\n\r\n{}",
    "a line end within": b"GET / HTTP/1.1\r\nHost: x\ry\r\n\r\n",
    "nothing within": b"GET / HTTP/1.1\r\nHost: x\x00\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
    "a length with a sign": b"POST / HTTP/1.1\r\nContent-Length: +2\r\n\r\n{}",
    "a length as Python writes it": b"POST / HTTP/1.1\r\nContent-Length: 0_2\r\n\r\n{}",
    "a long line": b"GET / HTTP/1.1\r\nHost: " + b"x" * LONGEST_LINE_BYTES + b"\r\n\r\n",
    "many lines": b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * (MOST_LINES + 1) + b"\r\n",
}


def answered(kind: type[WSGIServer], request: bytes) -> tuple[bytes, dict[str, Any], bytes]:
    """What a server says to a request, and what its application was told and could read."""
    told: dict[str, Any] = {}
    read = bytearray()

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        plain = {name: one for name, one in environ.items() if isinstance(one, str | int | bool)}
        told.update(plain)
        if "HTTP_UPGRADE" not in environ:
            read.extend(environ["wsgi.input"].read())
        start("200 OK", [("Content-Length", "2"), ("Connection", "close")])
        return [b"ok"]

    server = kind(("127.0.0.1", 0), application, log=None, error_log=None)
    server.start()
    with gevent.socket.create_connection(("127.0.0.1", server.server_port)) as client:
        client.sendall(request)
        status = client.makefile("rb").readline()
    server.stop()
    for name in ("SERVER_PORT", "REMOTE_PORT"):
        told.pop(name, None)
    return status, told, bytes(read)


@pytest.mark.parametrize("name", WELL_FORMED)
def test_what_is_well_formed_is_read_as_pywsgi_reads_it(name: str) -> None:
    ours = answered(Server, WELL_FORMED[name])

    assert ours == answered(WSGIServer, WELL_FORMED[name])
    assert ours[1]


@pytest.mark.parametrize("name", REFUSED)
def test_what_two_servers_could_read_differently_is_refused(name: str) -> None:
    status, told, _ = answered(Server, REFUSED[name])

    assert status.startswith(b"HTTP/1.1 400")
    assert not told


def test_a_client_that_leaves_in_the_middle_of_the_head_asks_for_nothing() -> None:
    told: list[object] = []
    server = Server(("127.0.0.1", 0), lambda *asked: told.append(asked), log=None, error_log=None)
    server.start()
    with gevent.socket.create_connection(("127.0.0.1", server.server_port)) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        client.shutdown(gevent.socket.SHUT_WR)
        assert client.makefile("rb").readline().startswith(b"HTTP/1.1 400")
    server.stop()

    assert not told


def test_pywsgi_asks_its_handler_for_the_head() -> None:
    assert "self.headers = self.MessageClass(self.rfile, 0)" in inspect.getsource(
        WSGIHandler.read_request
    )
