"""Files of recordings leave by ranges, with their types, and nothing else leaves at all."""

import os
from pathlib import Path

import pytest
from flask import Flask

from psot.recordings import files
from psot.recordings.errors import BadFile
from tests.integration.recordings.conftest import WEBM, a_recording, put_file
from tests.web import Browser

ADDRESS = "/recordings/helmets/media/helmets.webm"


def test_a_file_is_sent_with_its_type_and_length(app: Flask, client: Browser) -> None:
    a_recording(app)

    answer = client.get(ADDRESS, buffered=True)

    assert answer.status_code == 200
    assert answer.content_type == "video/webm"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(len(WEBM))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.data == WEBM


def test_head_tells_everything_but_the_file(app: Flask, client: Browser) -> None:
    a_recording(app)

    answer = client.head(ADDRESS, buffered=True)

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(WEBM))


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=10000-", 10_000, len(WEBM)),
        ("bytes=-4", len(WEBM) - 4, len(WEBM)),
        ("bytes=0-99999999", 0, len(WEBM)),
    ],
)
def test_a_range_is_sent_as_asked(
    app: Flask, client: Browser, asked: str, start: int, stop: int
) -> None:
    a_recording(app)

    answer = client.get(ADDRESS, headers={"Range": asked}, buffered=True)

    assert answer.status_code == 206
    assert answer.data == WEBM[start:stop]
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(WEBM)}"


def test_a_range_behind_the_end_cannot_be_sent(app: Flask, client: Browser) -> None:
    a_recording(app)

    answer = client.get(ADDRESS, headers={"Range": f"bytes={len(WEBM)}-"})

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(WEBM)}"


def test_a_range_of_another_version_gets_the_whole_file(app: Flask, client: Browser) -> None:
    a_recording(app)
    tag = client.head(ADDRESS, buffered=True).headers["ETag"]

    same = client.get(ADDRESS, headers={"Range": "bytes=0-9", "If-Range": tag}, buffered=True)
    other = client.get(
        ADDRESS, headers={"Range": "bytes=0-9", "If-Range": '"older"'}, buffered=True
    )

    assert (same.status_code, len(same.data)) == (206, 10)
    assert (other.status_code, len(other.data)) == (200, len(WEBM))


def test_what_is_known_already_is_not_sent_again(app: Flask, client: Browser) -> None:
    a_recording(app)
    tag = client.head(ADDRESS, buffered=True).headers["ETag"]

    assert client.get(ADDRESS, headers={"If-None-Match": tag}, buffered=True).status_code == 304


def test_a_large_file_is_streamed(app: Flask, client: Browser) -> None:
    slug = a_recording(app)
    path = put_file(app, f"{slug}.webm")
    os.truncate(path, 3_000_000_000)

    answer = client.get(ADDRESS, headers={"Range": "bytes=2999999990-"}, buffered=True)

    assert answer.status_code == 206
    assert len(answer.data) == 10


@pytest.mark.parametrize(
    "name",
    [
        "../helmets.webm",
        "..%2f..%2fsecret_key",
        "/etc/passwd",
        "%2e%2e/helmets.webm",
        ".parts/1",
        "other.webm",
        "helmets.webm/",
        "helmets.webm%00",
        "..\\helmets.webm",
    ],
)
def test_no_other_file_leaves_the_folder(app: Flask, client: Browser, name: str) -> None:
    a_recording(app)
    put_file(app, "other.webm")

    assert client.get(f"/recordings/helmets/media/{name}").status_code in {404, 308}


def test_a_link_out_of_the_folder_leads_nowhere(
    app: Flask, client: Browser, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.webm"
    secret.write_bytes(WEBM)
    path = put_file(app, "helmets.webm")
    a_recording(app)
    path.unlink()
    path.symlink_to(secret)

    assert client.get(ADDRESS, buffered=True).status_code == 404


def test_a_stream_has_its_parts_and_nothing_beside_them(app: Flask, client: Browser) -> None:
    a_recording(app, "lecture", file="lecture/index.m3u8")
    put_file(app, "lecture/index.m3u8", b"#EXTM3U\n720/one.m4s\n")
    put_file(app, "lecture/720/one.m4s", b"part")
    put_file(app, "lecture/notes.txt", b"secret")
    put_file(app, "other/one.m4s", b"secret")

    def sent(name: str) -> tuple[int, str]:
        answer = client.get(f"/recordings/lecture/media/{name}", buffered=True)
        return answer.status_code, answer.content_type

    assert sent("index.m3u8") == (200, "application/vnd.apple.mpegurl")
    assert sent("720/one.m4s") == (200, "video/iso.segment")
    assert sent("notes.txt")[0] == 404
    assert sent("../other/one.m4s")[0] in {404, 308}


def test_a_play_list_among_the_files_of_others_is_no_recording(app: Flask) -> None:
    put_file(app, "index.m3u8", b"#EXTM3U\nhelmets.webm\n")
    put_file(app, "helmets.webm")
    put_file(app, "lecture/index.m3u8", b"#EXTM3U\n")
    put_file(app, "lecture/720/init.mp4", b"part")

    with pytest.raises(BadFile, match="folder of their own"):
        a_recording(app, "all", file="index.m3u8")
    with app.app_context():
        assert files.choices() == ["helmets.webm", "lecture/index.m3u8"]


def test_the_file_of_a_draft_is_for_its_editors(
    app: Flask, client: Browser, editor: Browser
) -> None:
    a_recording(app, publish=False)

    assert client.get(ADDRESS, buffered=True).status_code == 404
    answer = editor.get(ADDRESS, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_subtitles_are_sent_as_they_were_read(app: Flask, client: Browser) -> None:
    a_recording(app)

    answer = client.get("/recordings/helmets/subtitles/ru.vtt")

    assert answer.content_type == "text/vtt; charset=utf-8"
    assert answer.text.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nКаска ждёт хозяина\n")
    assert client.get("/recordings/helmets/subtitles/en.vtt").status_code == 404
    assert client.get("/recordings/helmets/poster").status_code == 404
