"""The web server of gevent, as the product runs it."""

import io
import socket

import gevent
import gevent.socket

from psot.server import Server


def test_no_line_is_made_for_a_request() -> None:
    log = io.StringIO()

    def application(_environ: object, start: object) -> list[bytes]:
        assert callable(start)
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    server = Server(("127.0.0.1", 0), application, log=log)
    server.start()
    with gevent.socket.create_connection(("127.0.0.1", server.server_port)) as client:
        client.send(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = client.makefile("rb").read()
        client.shutdown(socket.SHUT_WR)
    server.stop()

    assert answer.endswith(b"ok")
    assert log.getvalue() == ""
