"""Draws: the same secret draws the same for ever, and another racer draws otherwise."""

from hypothesis import given
from hypothesis import strategies as st

from psot.races import draws

POOL = [f"q{n:02}" for n in range(15)]


def test_a_draw_can_be_repeated_by_anybody_who_knows_the_secret() -> None:
    # Worked with another tool: printf option:7:3:a | openssl dgst -sha256 -hmac secret
    worked = "8c1a3a203c7acb63b249798a65be2efc67d5fcc75c35b2933fec44263f1c3b63"
    assert draws.lot(b"secret", "option", 7, 3, "a") == worked
    shown = draws.options(b"secret", 7, 3, ["a", "b", "c"])
    assert dict(shown)[worked[:16]] == "a"
    assert shown == sorted(shown)


@given(st.binary(min_size=32, max_size=32), st.integers(1, 10_000))
def test_a_racer_meets_every_question_once_before_any_comes_again(secret: bytes, bib: int) -> None:
    met: list[str] = []
    for _ in POOL:
        drawn = draws.following(secret, bib, POOL, met)
        assert drawn is not None
        met.append(drawn)
    assert sorted(met) == POOL
    assert draws.following(secret, bib, POOL, met) == met[0]
    assert draws.following(secret, bib, [], []) is None
