"""What a member recognises a browser by."""

import pytest

from psot.members.devices import device

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (WINDOWS + "Chrome/140.0.0.0 Safari/537.36", "Chrome, Windows"),
        (WINDOWS + "Chrome/140.0.0.0 YaBrowser/25.8 Safari/537.36", "Яндекс Браузер, Windows"),
        (WINDOWS + "Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("curl/8.9", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_by_its_kind_and_system(user_agent: str, expected: str) -> None:
    assert device(user_agent) == expected
