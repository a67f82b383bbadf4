"""An official's view of the region: what it shows, to whom, and what it keeps to itself."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from psot.ratings.rules import season_at
from psot.regions.operations import draw_topics, note_week
from tests.integration.ratings.history import AUTUMN
from tests.officials import autumn, learn, opened, people
from tests.web import Browser, sign_in


def rows(page: str, heading: str) -> dict[str, list[str]]:
    """The rows of the table in the section called ``heading``: their head and their cells."""
    assert f">{heading}</h2>" in page, re.findall("<h[12].*", page)
    section = page[page.index(f">{heading}</h2>") :]
    body = section[section.index("<tbody>") : section.index("</tbody>")]
    found = {}
    for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
        words = [
            " ".join(re.sub(r"<[^>]+>", " ", one).split())
            for one in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        found[words[0]] = words[1:]
    return found


def look(browser: Browser, path: str = "/official") -> str:
    browser.set_cookie("psot_language", "en")
    with autumn():
        answer = browser.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def official(app: Flask, region: str = "RU-TYU") -> Browser:
    return sign_in(app, roles=("official",), region=region, official_region=region, language="en")


def test_an_official_sees_the_own_region_and_no_other(app: Flask) -> None:
    browser = official(app)

    assert browser.get("/official").status_code == 200
    assert browser.get("/official?region=RU-TYU").status_code == 200
    for path in ("/official", "/official/invitations"):
        assert browser.get(f"{path}?region=RU-MOW").status_code == 404
        assert browser.get(f"{path}?region=XX").status_code == 404


@pytest.mark.parametrize("roles", [(), ("participant",), ("expert",), ("editor",), ("jury",)])
def test_nobody_else_gets_in(app: Flask, roles: tuple[str, ...]) -> None:
    browser = sign_in(app, roles=roles)

    assert browser.get("/official").status_code == 403
    assert browser.get("/official/invitations?region=RU-TYU").status_code == 403


def test_an_organizer_chooses_a_region_and_sees_it(app: Flask) -> None:
    browser = sign_in(app, roles=("organizer",), language="en")

    assert "Regions for their officials" in look(browser)
    assert "Tyumen" in look(browser, "/official?region=RU-TYU")


def test_before_the_first_season_the_page_says_so(app: Flask) -> None:
    assert "No season yet" in look(official(app))


def test_municipalities_are_counted_with_consent_and_from_five_on(app: Flask) -> None:
    database = opened(app)
    home = people(app, 14, municipality="Тюмень")
    people(app, 6, municipality="Ишим")
    people(app, 3, municipality="Тобольск")
    people(app, 9, municipality="Ялуторовск", counted=False)
    learn(database, home[:8])

    found = rows(look(official(app)), "By municipality")

    # The official is a member of the region too: 33 in all.
    assert found == {
        "Тюмень": ["14", "not shown"],
        "Ишим": ["6", "not shown"],
        "Others, and those who did not tell": ["13", "not shown"],
    }


def test_where_many_are_active_and_many_are_not_both_are_shown(app: Flask) -> None:
    database = opened(app)
    some = people(app, 14, municipality="Тюмень") + people(app, 12, municipality="Ишим")
    others = people(app, 15, counted=False)
    learn(database, [*some[:8], *some[14:20], *others[:5]])

    found = rows(look(official(app)), "By municipality")

    assert found["Тюмень"] == ["14", "8"]
    assert found["Ишим"] == ["12", "6"]
    assert found["Others, and those who did not tell"] == ["16", "5"]


def test_names_that_differ_in_capitals_are_one_and_rare_ones_are_never_told(app: Flask) -> None:
    opened(app)
    people(app, 4, organization="Завод «Искра»")
    people(app, 2, organization="завод «искра»")
    people(app, 2, organization="ИП Редкая Анна Львовна")
    people(app, 5, counted=False, organization="Без согласия")

    page = look(official(app))

    assert rows(page, "By organization")["Завод «Искра»"][0] == "6"
    assert "Редкая" not in page
    assert "Без согласия" not in page


def test_the_weeks_tell_who_joined_and_put_few_together(app: Flask) -> None:
    opened(app)
    people(app, 6, at=AUTUMN)
    people(app, 2, at=AUTUMN + timedelta(weeks=1))
    people(app, 7, at=AUTUMN + timedelta(weeks=2))
    browser = official(app)

    page = look(browser)

    assert [cells[0] for cells in rows(page, "Who joined, week by week").values()] == ["8", "7"]
    assert re.search(r"registered this season</dt>\s*<dd>15<", page)
    assert re.search(r"registered this week</dt>\s*<dd>fewer than 5<", page)


def test_coverage_is_compared_with_the_weeks_before(app: Flask) -> None:
    database = opened(app)
    here = people(app, 10)
    for number, more in ((0, here[:2]), (2, here[2:5])):
        learn(database, more)
        with database.begin() as session:
            note_week(session, AUTUMN + timedelta(weeks=number))

    found = rows(look(official(app)), "Coverage, week by week")

    begun = season_at(AUTUMN).weeks_elapsed(AUTUMN)
    assert {week: cells[:4] for week, cells in found.items()} == {
        str(begun + 2): ["10", "5", "50%", "+30.0"],
        str(begun): ["10", "2", "20%", "—"],
    }


def test_before_the_first_note_the_weeks_say_so(app: Flask) -> None:
    opened(app)

    assert "No week was noted yet" in look(official(app))


def test_the_region_stands_beside_its_neighbours_the_league_and_the_country(app: Flask) -> None:
    database = opened(app)
    learn(database, people(app, 5))

    found = rows(look(official(app)), "Beside neighbours and league")

    assert "Mean of all regions" in found
    assert any(name.startswith("Mean of the league") for name in found)
    assert any(name.startswith("Sverdlovsk") for name in found)


def test_few_who_take_part_stay_unnumbered_with_what_they_did(app: Flask) -> None:
    database = opened(app)
    here = people(app, 12)
    learn(database, here[:3])

    found = rows(look(official(app)), "What members do")

    assert found["Quizzes and questions"] == ["fewer than 5", "not shown"]


def test_a_topic_is_weak_where_the_country_answers_better(app: Flask) -> None:
    database = opened(app)
    learn(database, people(app, 12), score_ppm=0)
    learn(database, people(app, 12, region="RU-MOW"))
    with database.begin() as session:
        draw_topics(session)

    found = rows(look(official(app)), "Weak topics")

    assert list(found.values()) == [["0%", "50%", "12"]]


def test_no_member_is_on_the_page(app: Flask) -> None:
    database = opened(app)
    learn(database, people(app, 8, municipality="Тюмень", name="Заметная"))

    assert "Заметная" not in look(official(app))
