"""A page with slots: cut where the marks stand, filled for one reader, the rest untouched."""

from hypothesis import given
from hypothesis import strategies as st

from psot.copies.page import cut

TOKEN, MOMENT = "token-0a", "moment-0b"
PARTS = st.lists(st.binary(max_size=8) | st.sampled_from([b"<t>", b"<m>"]), max_size=9)


@given(parts=PARTS)
def test_a_filled_page_is_the_page_with_its_marks_replaced(parts: list[bytes]) -> None:
    body = b"".join([*parts, b"<t>"])
    made = cut(body, (), token="<t>", moment="<m>")

    assert made is not None
    assert made.size == len(body)
    filled = made.filled(token=b"own", moment=b"123")
    assert filled == body.replace(b"<t>", b"own").replace(b"<m>", b"123")


def test_two_readers_share_all_but_their_slots() -> None:
    made = cut(b"a token-0a b moment-0b c token-0a", (), token=TOKEN, moment=MOMENT)

    assert made is not None
    assert [made.filled(token=one, moment=b"7") for one in (b"x", b"y")] == [
        b"a x b 7 c x",
        b"a y b 7 c y",
    ]


def test_a_page_without_a_place_for_the_token_is_none_to_be_shared() -> None:
    assert cut(b"a moment-0b", (), token=TOKEN, moment=MOMENT) is None
