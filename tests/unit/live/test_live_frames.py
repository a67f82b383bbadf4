"""Websocket frames: what the RFC allows is understood, what it forbids is refused."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psot.live.wire import frames
from psot.live.wire.frames import Close, Event, Message, Ping, Pong, Reader, Violation
from tests import websocket_cases as cases
from tests.websocket_cases import Case


def read(data: bytes, cuts: list[int] | None = None) -> tuple[list[Event], int | None]:
    """Return what the bytes mean, fed in pieces, and the code of the breach that ended it."""
    edges = [0, *sorted(cuts or []), len(data)]
    reader = Reader(cases.LIMIT_BYTES)
    events: list[Event] = []
    try:
        for start, end in pairwise(edges):
            events.extend(reader.feed(data[start:end]))
    except Violation as breach:
        return events, breach.code
    return events, None


@pytest.mark.parametrize("case", cases.ALL, ids=lambda one: one.name)
def test_every_case_is_read_as_the_rfc_says(case: Case) -> None:
    events, code = read(case.sent)
    farewells = [one.code for one in events if isinstance(one, Close)]

    assert [one.data for one in events if isinstance(one, Message)] == list(case.messages)
    assert [one.data for one in events if isinstance(one, Ping)] == list(case.pongs)
    assert [*farewells, *([code] if code else [])] == ([case.code] if case.code else [])


@given(st.sampled_from(cases.ALL), st.lists(st.integers(0, 300), max_size=8))
def test_any_split_of_the_bytes_means_the_same(case: Case, cuts: list[int]) -> None:
    inside = [one for one in cuts if one <= len(case.sent)]

    assert read(case.sent, inside) == read(case.sent)


@given(st.lists(st.text(max_size=400) | st.binary(max_size=400), max_size=5))
def test_what_a_client_sends_arrives(sent: list[str | bytes]) -> None:
    data = b"".join(
        cases.client(frames.TEXT, one.encode())
        if isinstance(one, str)
        else cases.client(frames.BINARY, one)
        for one in sent
    )

    assert read(data) == ([Message(one) for one in sent], None)


@given(st.text(min_size=1, max_size=200), st.lists(st.integers(0, 800), max_size=6))
def test_a_text_may_be_cut_within_a_character(sent: str, cuts: list[int]) -> None:
    data = sent.encode()
    edges = [0, *sorted(one for one in cuts if one <= len(data)), len(data)]
    pieces = [data[start:end] for start, end in pairwise(edges)]

    assert read(cases.text(*pieces)) == ([Message(sent)], None)


@given(st.binary(max_size=600))
def test_whatever_comes_is_an_event_or_a_breach(data: bytes) -> None:
    _, code = read(data)

    assert code in {None, 1002, 1007, 1009}


@given(st.binary(max_size=300), st.binary(min_size=4, max_size=4))
def test_a_mask_laid_on_twice_changes_nothing(payload: bytes, mask: bytes) -> None:
    assert frames.masked(frames.masked(payload, mask), mask) == payload


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (0, "8100"),
        (125, "817d"),
        (126, "817e007e"),
        (65_535, "817effff"),
        (65_536, "817f0000000000010000"),
    ],
)
def test_a_frame_of_ours_says_its_size_in_as_few_bytes_as_may_be(size: int, head: str) -> None:
    assert frames.text("x" * size) == bytes.fromhex(head) + b"x" * size


def test_a_pong_and_an_empty_close_are_understood() -> None:
    sent = cases.client(frames.PONG, b"late") + cases.client(frames.CLOSE)

    assert read(sent) == ([Pong(b"late"), Close(None)], None)


def test_half_a_surrogate_does_not_stop_a_broadcast() -> None:
    assert frames.text("a\ud800b") == frames.frame(frames.TEXT, b"a?b")


def test_a_long_reason_is_cut_between_characters() -> None:
    told = frames.close(1002, "я" * 100)

    assert frames.close() == b"\x88\x00"
    assert told[1] <= frames.LARGEST_CONTROL_BYTES
    assert told[4:].decode() == "я" * 61
