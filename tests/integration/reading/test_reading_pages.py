"""The library as its readers use it: topics, lessons, search, bookmarks, the law behind it all."""

import re

import pytest
from flask import Flask
from sqlalchemy import text

from tests.web import Browser, database_of, sign_in

TOPIC = "service"
LESSON = f"/topics/{TOPIC}/lesson"


@pytest.fixture
def reader(app: Flask) -> Browser:
    """A member who reads English pages."""
    return sign_in(app, language="en")


def told(app: Flask) -> list[dict[str, object]]:
    query = text("SELECT data FROM ledger_facts WHERE type = 'psot.reading.lesson.read.v1'")
    with app.app_context(), database_of(app).begin() as session:
        return list(session.execute(query).scalars())


def heading(page: str, number: int = 1) -> str:
    return re.findall(r'<h2 id="([^"]+)"', page)[number]


def test_a_visitor_reads_a_lesson_whole_with_the_source_of_every_norm(client: Browser) -> None:
    client.set_cookie("psot_language", "en")

    topics = client.get("/library").text
    page = client.get(LESSON)

    assert f'href="/topics/{TOPIC}"' in topics
    assert page.status_code == 200
    cited = set(re.findall(r'href="/library/norms/([^"]+)"', page.text))
    assert cited, "norms are links"
    for one in sorted(cited)[:5]:
        norm = client.get(f"/library/norms/{one}")
        assert norm.status_code == 200
        assert "Checked" in norm.text


def test_progress_is_kept_where_the_reader_stopped_and_never_goes_back(reader: Browser) -> None:
    place = heading(reader.get(LESSON).text)

    for share in (300_000, 200_000):
        sent = {"anchor": place, "furthest_ppm": share}
        assert reader.post(f"{LESSON}/place", json=sent).json == {"ok": True}

    assert f"/lesson#{place}" in reader.get("/library").text
    assert "Read to 30%" in reader.get(f"/topics/{TOPIC}").text.replace("\xa0", "")
    assert "To where I stopped" in reader.get(LESSON).text


@pytest.mark.parametrize(
    "sent",
    [
        {"anchor": "x", "furthest_ppm": 1_000_001},
        {"anchor": "x", "furthest_ppm": -1},
        {"anchor": "x", "furthest_ppm": True},
        {"anchor": 7, "furthest_ppm": 1},
        {"anchor": "x" * 201, "furthest_ppm": 1},
        ["no", "object"],
    ],
)
def test_a_report_that_makes_no_sense_is_refused_and_nothing_is_kept(
    reader: Browser, sent: object
) -> None:
    refused = reader.post(f"{LESSON}/place", json=sent, headers={"Accept": "application/json"})

    assert refused.status_code == 422
    assert "Continue where you stopped" not in reader.get("/library").text


def test_a_lesson_read_to_its_end_is_a_fact_once_a_version(app: Flask, reader: Browser) -> None:
    for _ in range(2):
        assert reader.post(f"{LESSON}/read").status_code == 303

    assert [one["topic"] for one in told(app)] == [TOPIC]
    assert "You read this lesson on" in reader.get(LESSON).text
    assert f'href="/topics/{TOPIC}"' in reader.get("/library?state=read").text
    assert f'href="/topics/{TOPIC}"' not in reader.get("/library?state=fresh").text


def test_a_bookmark_is_set_found_and_taken_away(app: Flask, reader: Browser) -> None:
    mark = {"kind": "lesson", "name": TOPIC, "anchor": "", "wanted": "yes"}

    for _ in range(2):
        assert reader.post("/me/bookmarks", data=mark).status_code == 303

    other = sign_in(app, language="en")
    assert reader.get("/me/bookmarks").text.count(f'href="{LESSON}"') == 1
    assert f'href="{LESSON}"' not in other.get("/me/bookmarks").text
    assert 'aria-pressed="true"' in reader.get(LESSON).text
    reader.post("/me/bookmarks", data={**mark, "wanted": "no"})
    assert "No bookmarks yet" in reader.get("/me/bookmarks").text


@pytest.mark.parametrize(
    "place", [("lesson", "nothing", ""), ("lesson", TOPIC, "no-such-heading"), ("quiz", "x", "")]
)
def test_only_places_that_exist_are_bookmarked(
    reader: Browser, place: tuple[str, str, str]
) -> None:
    kind, name, anchor = place
    sent = {"kind": kind, "name": name, "anchor": anchor, "wanted": "yes"}

    assert reader.post("/me/bookmarks", data=sent).status_code == 404


def test_search_finds_other_word_forms_and_leads_to_the_place(client: Browser) -> None:
    client.set_cookie("psot_language", "en")

    found = client.get("/library/search?q=специалисту+службы")

    assert re.search(r"<mark>[^<]*[Сс]пециалист", found.text)
    assert "/topics/" in found.text
    nothing = client.get("/library/search?q=абракадабра")
    assert "Nothing found" in nothing.text


@pytest.mark.parametrize("q", ["", '"', "a & | !", "%00", "<script>", "-", "'; DROP", "ё" * 500])
def test_any_words_are_legal_words(client: Browser, q: str) -> None:
    assert client.get("/library/search", query_string={"q": q}).status_code == 200


def test_the_key_of_a_question_is_not_to_be_found(app: Flask) -> None:
    with app.app_context(), database_of(app).begin() as session:
        explanations = session.execute(
            text(
                "SELECT v.body ->> 'explanation' FROM library_versions v"
                " JOIN library_documents d ON d.id = v.document_id"
                " WHERE d.kind = 'question' AND v.number = d.published"
            )
        ).scalars()
        passages = session.execute(
            text("SELECT title || ' ' || text FROM library_passages WHERE kind = 'question'")
        ).scalars()
        found = " ".join(passages)
        told_ = [one for one in explanations if one and one in found]

    assert told_ == []


def test_a_picture_runs_nothing_and_is_asked_for_once(client: Browser) -> None:
    page = client.get("/topics/service/lesson").text
    (path,) = set(re.findall(r'src="(/library/pictures/[^"]+)"', page))

    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert first.mimetype == "image/svg+xml"
    assert "sandbox" in first.headers["Content-Security-Policy"]
    assert again.status_code == 304
    assert client.get("/library/pictures/no.svg").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/topics/no", "/topics/no/lesson", "/library/acts/no", "/library/norms/no"],
)
def test_what_is_not_published_is_not_there(client: Browser, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_act_past_its_date_is_marked_wherever_it_carries_something(client: Browser) -> None:
    client.set_cookie("psot_language", "en")

    assert "Past its date" in client.get("/library/acts/pp_2464").text
    assert "past its last known date" in client.get("/topics/training/lesson").text
    assert "past its last known date" not in client.get(LESSON).text
