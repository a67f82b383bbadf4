"""Who may open a socket at all."""

import pytest

from psot.live.origins import admits, is_too_large

OURS = frozenset({"https://psot.example"})
POLL = {"REQUEST_METHOD": "GET", "QUERY_STRING": "EIO=4&transport=polling"}
SOCKET = {
    "REQUEST_METHOD": "GET",
    "QUERY_STRING": "EIO=4&transport=websocket",
    "HTTP_UPGRADE": "websocket",
}
SAME = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.mark.parametrize(
    ("environ", "admitted"),
    [
        ({**SOCKET, "HTTP_ORIGIN": "https://psot.example"}, True),
        ({**POLL, "HTTP_ORIGIN": "https://psot.example"}, True),
        ({**SOCKET, "HTTP_ORIGIN": "https://evil.example"}, False),
        ({**SOCKET, "HTTP_ORIGIN": "https://psot.example.evil.example"}, False),
        ({**SOCKET, "HTTP_ORIGIN": "null"}, False),
        ({**SOCKET, "HTTP_ORIGIN": ""}, False),
        (SOCKET, False),
        ({**SOCKET, **SAME}, False),
        (POLL, False),
        ({**POLL, **SAME}, True),
        ({**POLL, **SAME, "HTTP_UPGRADE": "websocket"}, False),
        ({**POLL, **SAME, "REQUEST_METHOD": "POST"}, False),
        ({**POLL, **SAME, "HTTP_ORIGIN": "https://evil.example"}, False),
        ({**POLL, "HTTP_SEC_FETCH_SITE": "cross-site"}, False),
    ],
)
def test_only_our_own_pages_open_sockets(environ: dict[str, str], *, admitted: bool) -> None:
    assert admits(environ, OURS) is admitted


@pytest.mark.parametrize(
    ("method", "length", "too_large"),
    [
        ("POST", "100", False),
        ("POST", "101", True),
        ("POST", "", True),
        ("POST", "-1", True),
        ("GET", "", False),
    ],
)
def test_a_polling_client_says_how_much_it_sends(
    method: str, length: str, *, too_large: bool
) -> None:
    environ = {"REQUEST_METHOD": method, "CONTENT_LENGTH": length}

    assert is_too_large(environ, 100) is too_large
