"""The pages of the regions, on the real app with what is really stored."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.integration.ratings.history import AUTUMN
from tests.regions import NOW, Country
from tests.web import Browser, sign_in

WEEK = timedelta(days=7)


@pytest.fixture
def settled(country: Country) -> Country:
    """Three regions of different size and quality, noted a week ago and now."""
    strong = country.people("RU-TYU", 14, score_ppm=950_000)
    country.people("RU-MOW", 70, score_ppm=600_000, idle=10)
    country.people("RU-SVE", 3, score_ppm=300_000)
    country.settle(at=NOW - WEEK)
    country.answer(dict.fromkeys(strong, 900_000), first=20, at=AUTUMN + WEEK)
    country.settle()
    return country


def test_before_a_season_the_pages_say_so(client: Browser) -> None:
    page = client.get("/ratings/regions")

    assert page.status_code == 200
    assert "empty-title" in page.text
    assert client.get("/ratings/regions/RU-TYU").status_code == 200
    assert client.get("/ratings/regions/RU-TYU.pdf").status_code == 404
    assert client.get("/ratings/regions/RU-TYU/card").status_code == 200
    assert client.get("/ratings/regions.csv").status_code == 404


@pytest.mark.usefixtures("settled")
def test_the_map_and_the_table_show_every_region(client: Browser) -> None:
    page = client.get("/ratings/regions").text

    assert page.count('class="tile tile-') == 85
    assert len(_regions(page)) == 3
    assert _regions(page)[0] == "RU-TYU"
    assert 'data-moving="true"' in page


@pytest.mark.usefixtures("settled")
def test_the_table_is_filtered_by_league_and_ordered_by_any_figure(client: Browser) -> None:
    small = client.get("/ratings/regions?league=small").text
    by_members = client.get("/ratings/regions?sort=members").text
    turned = client.get("/ratings/regions?sort=members&up=1").text

    assert set(_regions(small)) == {"RU-TYU", "RU-SVE"}
    assert len(re.findall(r'class="tile tile-[1-6]', small)) == 2
    assert _regions(by_members) == ["RU-MOW", "RU-TYU", "RU-SVE"]
    assert _regions(turned) == ["RU-SVE", "RU-TYU", "RU-MOW"]
    assert 'aria-sort="descending"' in by_members
    assert 'aria-sort="ascending"' in turned


@pytest.mark.usefixtures("settled")
def test_a_week_that_is_over_stands_still(client: Browser) -> None:
    now, then = (_scores(client, path) for path in ("", "?week=7"))

    assert now["RU-TYU"] > then["RU-TYU"]
    assert 'data-moving="false"' in client.get("/ratings/regions?week=7").text


@pytest.mark.usefixtures("settled")
def test_what_makes_no_sense_in_the_address_is_left_out(client: Browser) -> None:
    for query in ("week=-3", "week=²", "week=99999999999", "league=huge", "measure=luck", "sort=x"):
        assert client.get(f"/ratings/regions?{query}").status_code == 200, query
    assert client.get("/ratings/regions?season=2031-Q1").status_code == 404


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("measure", ["score", "activity", "effectiveness", "coverage", "progress"])
def test_every_measure_has_a_map(client: Browser, measure: str) -> None:
    page = client.get(f"/ratings/regions?measure={measure}").text

    steps = len(re.findall(r'class="tile tile-[1-6]', page))
    assert steps == (0 if measure == "progress" else 3)


@pytest.mark.usefixtures("settled")
def test_a_region_tells_its_story(client: Browser) -> None:
    page = client.get("/ratings/regions/RU-TYU").text

    assert page.count("<h1") == 1
    assert page.count('class="calculation"') == 3
    assert 'class="line-band"' in page
    assert 'class="histo-bar"' in page
    assert "RU-TYU Участница 00" in page
    assert page.count('class="region-topics"') == 1
    assert client.get("/ratings/regions/RU-XXX").status_code == 404


@pytest.mark.usefixtures("settled")
def test_a_small_region_names_nobody_and_draws_no_distribution(client: Browser) -> None:
    page = client.get("/ratings/regions/RU-SVE").text

    assert "Участница" not in page
    assert 'class="histo-bar"' not in page
    assert 'class="calculation"' in page


@pytest.mark.usefixtures("settled")
def test_a_region_without_a_roster_says_what_makes_one(client: Browser) -> None:
    assert "empty-title" in client.get("/ratings/regions/RU-ALT").text
    assert client.get("/ratings/regions/RU-ALT.pdf").status_code == 404
    assert client.get("/ratings/regions/RU-ALT/card.svg").status_code == 200


@pytest.mark.usefixtures("settled")
def test_the_own_region_is_marked(app: Flask) -> None:
    page = sign_in(app).get("/ratings/regions").text

    assert page.count("tile-own") == 1
    assert '<tr class="own">' in page


@pytest.mark.usefixtures("settled")
def test_the_table_is_taken_along_as_it_was_asked_for(client: Browser) -> None:
    csv = client.get("/ratings/regions.csv?league=small&sort=members").get_data(as_text=True)
    xlsx = client.get("/ratings/regions.xlsx?week=7")

    codes = [line.split(";")[2] for line in csv.splitlines()[1:]]
    assert codes == ["RU-TYU", "RU-SVE"]
    assert xlsx.data.startswith(b"PK")
    assert "week7.xlsx" in xlsx.headers["Content-Disposition"]


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_region_fits_on_one_page_of_paper_in_both_languages(
    client: Browser, language: str
) -> None:
    answer = client.get(f"/ratings/regions/RU-TYU.pdf?language={language}")

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", answer.data)) == 1
    assert "psot-RU-TYU-2026-Q4.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.usefixtures("settled")
def test_a_card_stands_on_any_site_without_cookies(client: Browser) -> None:
    page = client.get("/ratings/regions/RU-TYU/card?language=en")
    picture = client.get("/ratings/regions/RU-TYU/card.svg?language=en")

    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert "Set-Cookie" not in page.headers
    assert 'lang="en"' in page.text
    assert "http://localhost/ratings/regions/RU-TYU" in page.text
    assert picture.mimetype == "image/svg+xml"
    assert "<script" not in picture.text
    assert (
        "frame-ancestors 'none'"
        in client.get("/ratings/regions").headers["Content-Security-Policy"]
    )


def _regions(page: str) -> list[str]:
    """Codes in the table, in its order."""
    return re.findall(r'<th scope="row"><a href="/ratings/regions/(RU-[A-Z]+)"', page)


def _scores(client: Browser, query: str) -> dict[str, int]:
    page = client.get(f"/ratings/regions{query}").text
    found = re.findall(r'data-region="(RU-[A-Z]+)".*?class="tile-value">([^<]*)<', page, re.DOTALL)
    return {code: int(shown) for code, shown in found if shown.isdigit()}
