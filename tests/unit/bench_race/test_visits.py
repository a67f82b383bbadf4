"""The visitors of pages against a server of a few lines."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bench.storm_field import entering, reading, write
from bench.visits import Request, visit, whole

GONE = "/gone"


class Pages(BaseHTTPRequestHandler):
    """Answers everything but one address, and keeps connections."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(404 if self.path == GONE else 200, b"page" * 20_000)

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200 if self.headers["X-Who"] == "me" else 403, said)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def pages() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield server.server_port
        server.shutdown()
        serving.join()


def visited(visits: list[list[list[Any]]], folder: Path, port: int) -> dict[str, Any]:
    write(visits, folder / "visits")
    given = {"ports": [port], "visits": str(folder / "visits"), "every_s": 0.001}
    return visit({**given, "patience_s": 10})


def test_visitors_ask_one_after_the_other_and_each_answer_is_timed(tmp_path: Path) -> None:
    calls = [["page", "GET", "/", {}, ""], ["post", "POST", "/", {"X-Who": "me"}, "{}"]]
    with pages() as port:
        told = visited([calls] * 20, tmp_path, port)

    assert {name: times["count"] for name, times in told["requests"].items()} == {
        "page": 20,
        "post": 20,
    }
    assert (told["visit"]["count"], told["failed"], told["visitors"]) == (20, {}, 20)


def test_what_is_not_there_is_counted_and_ends_the_visit(tmp_path: Path) -> None:
    calls = [["gone", "GET", GONE, {}, ""], ["page", "GET", "/", {}, ""]]
    with pages() as port:
        told = visited([calls, reading("/", 1)[0]], tmp_path, port)

    assert told["failed"] == {"gone 404": 1}
    assert told["visit"]["count"] == 1


def test_a_request_says_where_it_goes_and_how_long_it_is() -> None:
    made = Request.of(["enter", "POST", "/x", {"Cookie": "a=b"}, "яд"], "host:1")

    assert made.wire.decode().split("\r\n") == [
        "POST /x HTTP/1.1",
        "Host: host:1",
        "Accept-Encoding: gzip",
        "Cookie: a=b",
        "Content-Length: 4",
        "",
        "яд",
    ]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"HTTP/1.1 200 OK\r\n", None),
        (b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n", 503),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", None),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", 200),
    ],
)
def test_an_answer_is_whole_when_its_end_is_there(data: bytes, status: int | None) -> None:
    assert whole(data) == status


def test_an_answer_without_a_length_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown length"):
        whole(b"HTTP/1.1 200 OK\r\n\r\n")


def test_a_racer_on_the_way_to_the_seat_asks_as_the_page_does() -> None:
    short, long = (entering(UUID(int=5), 2, "http://h", pages=asked)[1] for asked in (False, True))

    assert [call[0] for call in short] == ["enter"]
    assert [call[0] for call in long] == ["page", "enter"]
    assert json.loads(short[0][4]) == {}
    assert short[0][3]["Cookie"] == "psot=cookie-2"
