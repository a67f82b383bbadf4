"""How a connection is greeted."""

from psot.live.hello import Hello


def test_a_crowd_is_greeted_with_the_same_bytes_until_they_say_something_else() -> None:
    hello = Hello()
    first = hello.packet(1)

    assert first.encode() == '42["live.hello",{"retry_ms":[200,2000]}]'
    assert hello.packet(2) is first
    assert hello.packet(5000).encode() == '42["live.hello",{"retry_ms":[200,20224]}]'
