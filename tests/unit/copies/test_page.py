"""A page with slots: cut where the marks stand, filled for one reader, the rest untouched."""

from hypothesis import given
from hypothesis import strategies as st

from psot.copies.page import cut

MARKS = {"token": "<t>", "moment": "<m>", "name": "<n>"}
PARTS = st.lists(st.binary(max_size=8) | st.sampled_from([b"<t>", b"<m>", b"<n>"]), max_size=9)


@given(parts=PARTS)
def test_a_filled_page_is_the_page_with_its_marks_replaced(parts: list[bytes]) -> None:
    body = b"".join(parts)
    made = cut(body, MARKS)
    filled = made.filled({"token": b"own", "moment": b"123", "name": b"\xd0\x90"})

    expected = body.replace(b"<t>", b"own").replace(b"<m>", b"123").replace(b"<n>", b"\xd0\x90")
    assert filled == expected
    assert made.size <= len(body)


def test_two_readers_share_all_but_their_slots() -> None:
    made = cut(b"a <t> b <m> c <t>", MARKS)

    assert made.slots == ("token", "moment", "token")
    assert [made.filled({"token": one, "moment": b"7", "name": b""}) for one in (b"x", b"y")] == [
        b"a x b 7 c x",
        b"a y b 7 c y",
    ]
