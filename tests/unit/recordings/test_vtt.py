"""Subtitles are read strictly and written anew; nothing of a file reaches a page as it came."""

import pytest

from psot.recordings import vtt
from psot.recordings.errors import BadSubtitles
from psot.recordings.values import Cue

GOOD = """\ufeffWEBVTT - урок
Kind: captions

NOTE
Это заметка.

STYLE
::cue { color: red }

1
00:01.000 --> 00:03.500 align:start position:0%
<v Анна>Добрый <b>день</b>!</v>

00:00:04.000 --> 00:00:06.000
Две
строки &lt;b&gt;
"""


def test_cues_are_plain_text_with_their_times() -> None:
    cues = vtt.read(vtt.decode(GOOD.encode()))

    assert cues == [
        Cue(from_ms=1000, to_ms=3500, text="Добрый день!"),
        Cue(from_ms=4000, to_ms=6000, text="Две строки <b>"),
    ]


def test_what_is_written_is_read_again_as_it_was() -> None:
    cues = vtt.read(vtt.decode(GOOD.encode()))

    assert vtt.read(vtt.write(cues)) == cues
    assert "<b>" not in vtt.write(cues)


def test_windows_line_ends_are_line_ends() -> None:
    assert len(vtt.read("WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nДа\r\n")) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The first line of subtitles is WEBVTT."),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nДа", "The first line of subtitles is WEBVTT."),
        ("1\n00:00:01,000 --> 00:00:02,000\nДа", "The first line of subtitles is WEBVTT."),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nДа", "Line 3: no times of a subtitle."),
        ("WEBVTT\n\n00:99.000 --> 00:02.000\nДа", "Line 3: no times of a subtitle."),
        ("WEBVTT\n\n1\nДа", "Line 4: no times of a subtitle."),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nДа", "Line 3: the subtitle ends before it begins."),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "а" * 501, "Line 3: the subtitle is too long."),
        ("WEBVTT\n\n", "There is not one subtitle in the file."),
    ],
)
def test_what_is_no_webvtt_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(BadSubtitles) as refused:
        vtt.read(text)

    assert refused.value.message._args[0] % refused.value.message._kwargs == message


def test_too_many_subtitles_are_refused() -> None:
    text = "WEBVTT\n\n" + "00:01.000 --> 00:02.000\nДа\n\n" * (vtt.MOST_CUES + 1)

    with pytest.raises(BadSubtitles):
        vtt.read(text)


@pytest.mark.parametrize("data", [b"WEBVTT \xff\xfe", b"W" * (vtt.LARGEST_BYTES + 1)])
def test_what_is_no_text_or_too_much_of_it_is_refused(data: bytes) -> None:
    with pytest.raises(BadSubtitles):
        vtt.decode(data)
