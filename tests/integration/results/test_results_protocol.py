"""The protocol as people read it: filtered, named by consent, never before its time."""


from tests.integration.results.conftest import Make
from tests.web import Browser


def test_the_protocol_shows_places_misses_times_and_its_hash(
    client: Browser, make: Make
) -> None:
    race = make()

    page = client.get(f"/races/{race.id}/protocol", headers={"Accept-Language": "en"})
    text = page.text

    assert page.status_code == 200
    assert "5:08.1" in text
