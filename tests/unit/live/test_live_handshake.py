"""Who may turn a request into a websocket."""

import pytest

from psot.live.wire import handshake

ASKED = {
    "REQUEST_METHOD": "GET",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_CONNECTION": "keep-alive, Upgrade",
    "HTTP_UPGRADE": "WebSocket",
    "HTTP_SEC_WEBSOCKET_VERSION": "13",
    "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
}


def test_the_example_of_the_rfc_is_accepted() -> None:
    answer = handshake.acceptance(ASKED["HTTP_SEC_WEBSOCKET_KEY"])

    assert handshake.refusal(ASKED) is None
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer
    assert b"Extensions" not in answer


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("REQUEST_METHOD", "POST", "400"),
        ("SERVER_PROTOCOL", "HTTP/1.0", "400"),
        ("HTTP_CONNECTION", "keep-alive", "400"),
        ("HTTP_UPGRADE", "h2c", "400"),
        ("CONTENT_LENGTH", "5", "400"),
        ("HTTP_TRANSFER_ENCODING", "chunked", "400"),
        ("HTTP_SEC_WEBSOCKET_VERSION", "8", "426"),
        ("HTTP_SEC_WEBSOCKET_KEY", "", "400"),
        ("HTTP_SEC_WEBSOCKET_KEY", "c2hvcnQ=", "400"),
        ("HTTP_SEC_WEBSOCKET_KEY", "dGhlIHNhbXBsZSBub25jZQ", "400"),
        ("HTTP_SEC_WEBSOCKET_KEY", "ключ", "400"),
    ],
)
def test_a_request_that_is_not_quite_right_is_refused(name: str, value: str, status: str) -> None:
    refusal = handshake.refusal({**ASKED, name: value})

    assert refusal is not None
    assert refusal.status.startswith(status)
    assert refusal.answer()["response"]


def test_who_speaks_another_version_is_told_ours() -> None:
    refusal = handshake.refusal({**ASKED, "HTTP_SEC_WEBSOCKET_VERSION": "14"})

    assert refusal is not None
    assert ("Sec-WebSocket-Version", "13") in refusal.answer()["headers"]
