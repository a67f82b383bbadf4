"""Two web processes behind nginx, with the configuration that is shipped."""

import re
import threading
import urllib.request
from collections.abc import Iterator
from functools import partial

import pytest
from redis import Redis

from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.live import boards
from tests.integration.proxy.houses import Proxied, Web, proxied
from tests.services import throw_away_folder, wait_until

BOARD = "ratings:behind-a-proxy"
PAGES = 'psot_http_request_seconds_count{endpoint="security.login"'
"""How many times a process has shown the page of signing in."""


@pytest.fixture(scope="module")
def built(postgres: Postgres, migrated_template: str, valkey: Valkey) -> Iterator[Proxied]:
    """The house of all stories here; each begins with both processes running."""
    with postgres.connect("postgres") as session:
        session.execute(f"CREATE DATABASE proxied TEMPLATE {migrated_template} STRATEGY FILE_COPY")
    with (
        throw_away_folder() as folder,
        proxied(postgres.url("proxied"), valkey.url(), folder) as made,
    ):
        yield made


@pytest.fixture
def house(built: Proxied) -> Proxied:
    built.revive()
    return built


def show(redis: Redis, **rows: int) -> None:
    boards.publish(redis, BOARD, {name: {"n": n} for name, n in rows.items()})


def sockets(web: Web) -> float:
    return figure(web, "psot_sockets_connected ")


def figure(web: Web, beginning: str) -> float:
    """The first of the process's own figures whose line begins so; 0 where there is none."""
    with urllib.request.urlopen(f"http://127.0.0.1:{web.port}/metrics", timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    return next((float(one.split()[-1]) for one in lines if one.startswith(beginning)), 0.0)


def has_shown_pages(web: Web) -> bool:
    return figure(web, PAGES) > 0


def test_a_page_comes_over_tls_with_a_cookie_that_leaves_no_other_way(house: Proxied) -> None:
    status, headers, text = house.visitor().ask("/sign-in")

    assert status == 200
    assert 'name="csrf-token"' in text
    assert "secure" in headers["set-cookie"].lower()


def test_a_built_file_is_asked_of_a_process_once(house: Proxied) -> None:
    visitor = house.visitor()
    found = re.search(r'(/static/dist/[^"]+\.js)"', visitor.ask("/")[2])
    assert found is not None

    first = visitor.ask(found[1])
    for one in house.webs:
        one.kill()
    second = visitor.ask(found[1])

    assert first[0] == second[0] == 200
    assert first[2] == second[2]


FORMS = {
    "gzip, deflate, br, zstd": "br",
    "gzip, deflate": "gzip",
    "gzip, br;q=0": "",
    "identity": "",
}
"""What comes to whom, by what they accept."""


def test_each_form_of_a_built_file_is_kept_before_the_processes(house: Proxied) -> None:
    visitor = house.visitor()
    found = re.search(r'(/static/dist/[^"]+\.css)"', visitor.ask("/")[2])
    assert found is not None

    first = {one: visitor.head(found[1], {"Accept-Encoding": one}) for one in FORMS}
    for one in house.webs:
        one.kill()
    # Said otherwise, it is the same wish.
    second = {
        one: visitor.head(found[1], {"Accept-Encoding": f"{one}, x-unknown"}) for one in FORMS
    }

    for accepted, form in FORMS.items():
        made, kept = first[accepted], second[accepted]
        assert (made.get("content-encoding", ""), made["vary"]) == (form, "Accept-Encoding")
        assert made["cache-control"] == "public, max-age=31536000, immutable"
        assert made["etag"] == kept["etag"]
        assert kept.get("content-encoding", "") == form


def test_figures_of_the_processes_are_not_shown_to_the_world(house: Proxied) -> None:
    assert house.visitor().ask("/metrics")[0] == 404


def test_long_polling_meets_the_same_process_every_time(house: Proxied) -> None:
    for _ in range(6):
        assert "live.hello" in house.visitor().poll()[1]


def test_a_client_that_polls_finds_its_process_by_websocket_too(house: Proxied) -> None:
    for _ in range(6):
        visitor = house.visitor()
        sid, _said = visitor.poll()
        assert visitor.probe(sid) == "3probe"


def test_a_board_goes_on_at_the_other_process_when_one_is_killed(
    house: Proxied, redis: Redis
) -> None:
    show(redis, anna=1)
    visitor = house.visitor()
    before = {web.port: sockets(web) for web in house.webs}
    with visitor.socket() as first:
        first.watch(BOARD)
        seen = first.wait("board.snapshot")
        [holder] = [web for web in house.webs if sockets(web) > before[web.port]]
        holder.kill()
        assert first.ended.wait(120)
    show(redis, anna=1, boris=2)

    with visitor.socket() as second:
        second.watch(BOARD, {"epoch": seen["epoch"], "version": seen["version"]})
        missed = second.wait("board.delta")

    assert missed["set"] == {"boris": {"n": 2}}


@pytest.mark.timeout(600)
def test_processes_are_replaced_one_by_one_and_no_page_fails(house: Proxied) -> None:
    """The next one goes when the last one has its share of visitors again."""
    statuses: list[int] = []
    enough = threading.Event()

    def read_on() -> None:
        visitor = house.visitor()
        while not enough.is_set():
            statuses.append(visitor.ask("/sign-in")[0])

    reader = threading.Thread(target=read_on)
    reader.start()
    try:
        for one in house.webs:
            one.stop()
            one.start()
            one.ready()
            wait_until(partial(has_shown_pages, one))
    finally:
        enough.set()
        reader.join()

    assert len(statuses) > len(house.webs)
    assert set(statuses) == {200}
