"""A visitor's copy of a page is the page the app would have made for that visitor, and no other."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

import gevent
import pytest
from flask import Flask, flash, make_response, redirect, request
from gevent.event import Event
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.http import parse_cookie
from werkzeug.test import Client, TestResponse

from psot import clock
from psot.copies import Copies
from psot.copies.asking import LONGEST
from psot.copies.door import AHEAD_AT_ONCE
from psot.copies.store import OLDEST_S, Store
from psot.members.sessions import DatabaseSessions
from psot.observability.metrics import EXTENSION
from psot.policies import PUBLIC, ROUTES, SHARED
from psot.turns import AHEAD
from tests.integration.shell.test_kept_parts import House
from tests.web import TOKEN, Browser, database_of, make_app, make_settings, sign_in

VISITOR = "psot-visitor"
TOKENS = re.compile(r'(?:csrf-token" content="|csrf_token" value=")([^"]*)')
MOMENTS = re.compile(r'data-now(?:-ms)?="(\d+)"')
MARK = re.compile(r"mark-[0-9a-f]{32}")


class Watched:
    """The app as its server sees it: counts what it is asked, and keeps the last request."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.asked = 0
        self.seen: dict[str, Any] = {}

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        self.seen = dict(environ)
        return self.app.wsgi_app(environ, start)


class Front:
    """Visitors before the copies of a house; each question comes without cookies of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.now_s = 0.0
        self.behind = Watched(app)
        self.store = Store(monotonic=lambda: self.now_s)
        self.copies = Copies(self.behind, app, store=self.store)
        self.client = Client(self.copies, use_cookies=False)

    def get(self, address: str, *, cookies: str = "", **more: Any) -> TestResponse:
        headers = {**more.pop("headers", {}), **({"Cookie": cookies} if cookies else {})}
        return self.client.open(address, headers=headers, **more)

    def alone(self, address: str, *, cookies: str = "", **more: Any) -> TestResponse:
        """What the app says without copies."""
        headers = {**more.pop("headers", {}), **({"Cookie": cookies} if cookies else {})}
        client = Client(self.app.wsgi_app, use_cookies=False)
        return client.open(address, headers=headers, **more)


def in_one_house(*, examples: int) -> settings:
    """Let so many examples share one house: they read, or add what is their own."""
    return settings(
        max_examples=examples, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )


@pytest.fixture
def house(app: Flask) -> House:
    return House(app)


@pytest.fixture
def front(house: House) -> Front:
    return Front(house.app)


def visitor_of(answer: TestResponse) -> str:
    """The cookie of its session that an answer gives."""
    (line,) = answer.headers.getlist("Set-Cookie")
    name, _, rest = line.partition("=")
    assert name == VISITOR
    return rest.partition(";")[0]


def cookie(app: Flask, **values: Any) -> str:
    """The cookie of a visitor whose session holds ``values``."""
    sessions = cast("DatabaseSessions", app.session_interface)
    return f"{VISITOR}={sessions.signer.dumps(values)}"


def cookies_of(browser: Browser) -> str:
    """The cookies that a browser would send."""
    return "; ".join(f"{one.key}={one.value}" for one in (browser._cookies or {}).values())


def tokens(answer: TestResponse) -> set[str]:
    return set(TOKENS.findall(answer.text))


def plain(answer: TestResponse) -> str:
    """A page but for its token and its moment."""
    return MOMENTS.sub("", TOKENS.sub("", answer.text))


def headers(answer: TestResponse) -> dict[str, str]:
    """All headers of an answer, without what is new in each and whatever makes one up."""
    told = {name: value for name, value in answer.headers if name != "X-Request-ID"}
    return {name: VISITOR if name == "Set-Cookie" else value for name, value in told.items()}


ZONES = ["Asia/Omsk", "Europe/Moscow", "Nowhere/Else", "", "%00", "Asia/Omsk\\"]
PREFERENCES = st.fixed_dictionaries(
    {},
    optional={
        "psot_theme": st.sampled_from(["dark", "light", "auto", "pink", ""]),
        "psot_language": st.sampled_from(["ru", "en", "de", ""]),
        "psot_zone": st.sampled_from(ZONES),
        "other": st.text("abc=", max_size=5),
    },
)
ACCEPTED = st.none() | st.sampled_from(
    ["ru", "en", "en-GB,ru;q=0.3", "de,en;q=0.5", "RU-ru;q=0.1,en;q=0", "*", "", ";;,q=x", "е"]
)
QUERIES = st.sampled_from(["", "?", "?page=2", "?q=%D0%90&page=1", "?stage=official", "?place=1"])
STRANGE = st.fixed_dictionaries(
    {},
    optional={
        "User-Agent": st.sampled_from(["curl/8", "Mozilla/5.0 (iPhone)"]),
        "Accept": st.sampled_from(["*/*", "text/html", "application/json"]),
        "Referer": st.just("http://localhost/races"),
        "X-Forwarded-For": st.just("203.0.113.9"),
        "X-Forwarded-Host": st.just("elsewhere.example"),
        "X-Requested-With": st.just("fetch"),
        "If-None-Match": st.just('"x"'),
        "Host": st.sampled_from(["localhost", "psot.example", "psot.example:8443"]),
    },
)


# What another program of the same host, or nobody, may have put there.
@pytest.mark.parametrize("cookies", ["x=\xff; psot_language=en", "psot-visitor=\xed\xa0\x80.b.c"])
def test_cookies_that_are_no_text_are_read_as_the_app_reads_them(
    front: Front, cookies: str
) -> None:
    sent = front.get("/races", cookies=cookies)
    made = front.alone("/races", cookies=cookies)

    assert sent.status_code == 200
    assert plain(sent) == plain(made)


def test_a_long_address_is_answered_and_not_kept(front: Front) -> None:
    long = "/races?q=" + "a" * LONGEST
    answers = [front.get(one) for one in (long, "/races/" + "b" * LONGEST)]
    front.get("/races", headers={"X-Forwarded-Host": "c" * LONGEST})

    assert [one.status_code for one in answers] == [200, 404]
    assert len(front.store) == 0


def test_a_host_that_cannot_be_gets_no_copy_and_one_sentence(front: Front) -> None:
    answer = front.get("/races", headers={"Host": "d" * 64 + ".example"})

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"]["code"] == "bad_request"


@in_one_house(examples=60)
@given(
    preferences=PREFERENCES,
    accepted=ACCEPTED,
    query=QUERIES,
    strange=STRANGE,
    page=st.integers(0, 5),
    method=st.sampled_from(["GET", "GET", "HEAD"]),
    root=st.sampled_from(["http://localhost/", "https://localhost/", "http://localhost/below/"]),
)
def test_whoever_asks_a_copy_is_what_the_app_would_have_answered(
    *,
    front: Front,
    house: House,
    preferences: dict[str, str],
    accepted: str | None,
    query: str,
    strange: dict[str, str],
    page: int,
    method: str,
    root: str,
) -> None:
    paths = [one for one in house.addresses if "?" not in one]
    cookies = "; ".join(f"{name}={value}" for name, value in preferences.items())
    told = {**strange, **({} if accepted is None else {"Accept-Language": accepted})}
    told = {name: value.encode().decode("latin-1") for name, value in told.items()}
    asked = {"headers": told, "method": method, "base_url": root}

    with clock.fixed(clock.now()):
        expected = front.alone(paths[page] + query, cookies=cookies, **asked)
        answers = [front.get(paths[page] + query, cookies=cookies, **asked) for _ in range(2)]

    for answer in answers:
        assert answer.status == expected.status
        assert plain(answer) == plain(expected)
        assert headers(answer) == headers(expected)
        assert MOMENTS.findall(answer.text) == MOMENTS.findall(expected.text)
        assert len(TOKENS.findall(answer.text)) == len(TOKENS.findall(expected.text))
    cookie_of = [visitor_of(one) for one in (*answers, expected)]
    assert len(set(cookie_of)) == 3


def test_every_shared_page_is_made_once_for_a_crowd(front: Front, house: House) -> None:
    for address in house.addresses:
        before = front.behind.asked
        answers = [front.get(address) for _ in range(5)]

        assert front.behind.asked == before + 1, address
        assert len({visitor_of(one) for one in answers}) == 5
        assert len(set.union(*map(tokens, answers))) == 5
        assert len({plain(one) for one in answers}) == 1
        assert not any(MARK.search(one.text) for one in answers), "no mark is left"


def test_a_copy_is_made_of_its_key_alone(front: Front) -> None:
    answer = front.get(
        "/",
        cookies=cookie(front.app, csrf_token=TOKEN, came_by="secret") + "; psot_theme=dark; x=1",
        headers={"User-Agent": "mine", "Referer": "mine", "X-Request-ID": "mine-mine"},
        environ_overrides={"REMOTE_ADDR": "203.0.113.9"},
    )
    told = {name: str(value) for name, value in front.behind.seen.items()}

    assert answer.headers["X-Request-ID"] == "mine-mine"
    assert told["HTTP_COOKIE"] == "psot_theme=dark; psot_language=ru; psot_zone=Europe/Moscow"
    assert not any("mine" in value or "203.0" in value for value in told.values())
    assert not any("secret" in value or TOKEN in value for value in told.values())


def test_the_token_of_a_copy_is_good_for_its_visitor_and_for_nobody_else(front: Front) -> None:
    first, second = front.get("/"), front.get("/")

    def choose(token: str, of: str) -> int:
        answer = front.client.post(
            "/preferences",
            data={"theme": "dark", "csrf_token": token},
            headers={"Cookie": f"{VISITOR}={of}"},
        )
        return answer.status_code

    (token,), (other,) = tokens(first), tokens(second)
    assert choose(token, visitor_of(first)) == 303
    assert choose(other, visitor_of(second)) == 303
    assert choose(token, visitor_of(second)) == 400
    assert choose(other, visitor_of(first)) == 400


def test_a_visitor_keeps_the_session_there_is(front: Front) -> None:
    known = f"{VISITOR}={visitor_of(front.get('/'))}"
    answers = [front.get("/", cookies=known) for _ in range(2)]

    assert front.behind.asked == 1
    for answer in answers:
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        (token,) = tokens(answer)
        data = {"theme": "dark", "csrf_token": token}
        asked = front.client.post("/preferences", data=data, headers={"Cookie": known})
        assert asked.status_code == 303


def test_who_came_by_an_invitation_is_sent_a_copy_and_still_known(front: Front) -> None:
    front.get("/")
    mine = cookie(front.app, csrf_token=TOKEN, came_by="an invitation")

    assert "Set-Cookie" not in front.get("/", cookies=mine).headers
    assert front.behind.asked == 1


@pytest.mark.parametrize(
    "values",
    [
        {"csrf_token": TOKEN, "_flashes": [("message", "for you alone")]},
        {"came_by": "an invitation"},
        {"csrf_token": TOKEN, "fs_cc": "set"},
        {},
    ],
)
def test_a_session_with_more_to_it_is_the_apps(front: Front, values: dict[str, Any]) -> None:
    front.get("/")
    answer = front.get("/", cookies=cookie(front.app, **values))

    assert front.behind.asked == 2
    assert ("for you alone" in answer.text) == ("_flashes" in values)
    assert "for you alone" not in front.get("/").text


@pytest.mark.parametrize("text", ["forged", "e30.aaaa.bbbb", "a=b"])
def test_a_cookie_that_nobody_signed_is_the_apps(front: Front, text: str) -> None:
    front.get("/")
    answer = front.get("/", cookies=f"{VISITOR}={text}")

    assert front.behind.asked == 2
    assert visitor_of(answer) != text


def test_a_member_is_never_sent_a_copy_and_never_makes_one(front: Front, house: House) -> None:
    names = {}
    for name, browser in house.readers().items():
        mine = cookies_of(browser)
        for address in house.addresses:
            front.now_s += 100
            pages = [front.get(address, cookies=mine) for _ in range(2)]
            names[name, address] = len({plain(one) for one in pages})
            visitor = front.get(address)
            assert "/sign-out" not in visitor.text
            assert ("/sign-out" in pages[0].text) == (name != "visitor")

    assert set(names.values()) == {1}


def test_a_session_that_has_ended_is_the_apps(front: Front) -> None:
    front.get("/")
    answer = front.get("/", cookies="psot=long-gone")

    assert front.behind.asked == 2
    assert visitor_of(answer)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"headers": {"Authorization": "Bearer x"}}, 2),
        ({"headers": {"Range": "bytes=0-9"}}, 2),
        ({"data": b"x"}, 2),
        ({"method": "OPTIONS"}, 2),
        ({"headers": {"Accept-Language": "en"}}, 2),
        ({"headers": {"Accept": "application/json"}}, 1),
        ({"method": "HEAD"}, 1),
    ],
)
def test_what_is_no_plain_reading_is_the_apps(
    front: Front, told: dict[str, Any], asked: int
) -> None:
    front.get("/")
    front.get("/", **told)

    assert front.behind.asked == asked


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/races/00000000-0000-0000-0000-000000000000/protocol", 404),
        ("/topics/nothing", 404),
        ("/topics/%00", 404),
        ("/topics/%FF", 404),
        ("/sign-in", 200),
        ("/nowhere", 404),
        ("/me", 303),
        ("/healthz", 200),
    ],
)
def test_what_is_no_whole_shared_page_is_never_kept(
    front: Front, address: str, status: int
) -> None:
    answers = [front.get(address) for _ in range(2)]

    assert [one.status_code for one in answers] == [status, status]
    assert front.store.size_bytes == 0


def test_answers_that_a_view_made_for_one_reader_are_not_kept(front: Front) -> None:
    app = front.app
    shown = app.view_functions["shell.home"]

    def flashing() -> Any:
        flash("for one reader")
        return shown()

    def setting() -> Any:
        answer = make_response(shown())
        answer.set_cookie("mine", "1")
        return answer

    def telling(text: str) -> Callable[[], Any]:
        def told() -> Any:
            answer = make_response(shown())
            answer.headers["Cache-Control"] = text
            return answer

        return told

    views: list[Callable[[], Any]] = [
        setting,
        telling("private"),
        telling("no-store"),
        telling("public, max-age=2"),
        lambda: redirect("/races"),
        lambda: {"a": "program's"},
        lambda: (shown(), 503),
        lambda: "a page without a token",
    ]
    for view in views:
        app.view_functions["shell.home"] = view
        front.now_s += 100
        front.get("/")
        assert front.store.size_bytes == 0, view
    app.view_functions["shell.home"] = flashing
    front.now_s += 100
    front.get("/")
    assert "for one reader" in front.get("/").text, "shown at once: it is on the page and nowhere"


def test_a_copy_is_as_new_as_is_allowed(front: Front, house: House) -> None:
    address = house.addresses[1]
    before = front.get(address).text
    house.call(house.members[0], "Новое Имя")
    front.now_s += OLDEST_S + 0.01

    assert "Новое Имя" not in before
    assert "Новое Имя" in front.get(address).text


def test_the_moment_a_copy_is_sent_is_told_by_it(front: Front, house: House) -> None:
    live = house.addresses[2]
    front.get(live)
    moment = clock.now().replace(year=2031)
    with clock.fixed(moment):
        answer = front.get(live)

    assert front.behind.asked == 1
    assert MOMENTS.findall(answer.text) == [str(round(moment.timestamp() * 1000))]


def test_copies_are_counted_as_answers(front: Front) -> None:
    for _ in range(4):
        front.get("/")
    registry = front.app.extensions[EXTENSION].registry
    labels = {"endpoint": "shell.home", "method": "GET", "status": "200"}

    counted = registry.get_sample_value("psot_http_request_seconds_count", labels)
    assert counted == 4 + 1, "four readers, and the making of their copy"


def test_addresses_that_differ_are_different_pages(front: Front) -> None:
    asked: list[tuple[str, dict[str, Any]]] = [
        ("/races", {}),
        ("/races?q=x", {}),
        ("/races", {"base_url": "https://localhost"}),
        ("/races", {"base_url": "http://elsewhere.example"}),
        ("/races", {"base_url": "http://localhost/below"}),
        ("/races", {"headers": {"Accept-Language": "en"}}),
        ("/races", {"cookies": "psot_theme=dark"}),
        ("/races", {"cookies": "psot_zone=Asia/Omsk"}),
    ]
    for _ in range(2):
        for address, told in asked:
            front.get(address, **told)

    assert front.behind.asked == len(asked) == len(front.store)


def test_few_copies_at_a_time_are_made_without_a_turn(front: Front) -> None:
    ahead: list[bool] = []
    shown = front.app.view_functions["races.races"]
    go = Event()

    @wraps(shown)
    def slow() -> Any:
        ahead.append(AHEAD in request.environ)
        go.wait()
        return shown()

    front.app.view_functions["races.races"] = slow
    asked = [gevent.spawn(front.get, f"/races?q={one}") for one in range(AHEAD_AT_ONCE + 2)]
    gevent.sleep(0.01)
    go.set()
    gevent.joinall(asked)

    assert ahead == [True] * AHEAD_AT_ONCE + [False] * 2
    assert {one.value.status_code for one in asked} == {200}
    ahead.clear()
    front.get("/races?q=later")
    assert ahead == [True]


def test_behind_a_proxy_a_copy_is_of_the_address_that_the_visitor_asked(
    database_url: str, redis_url: str, tmp_path: Any
) -> None:
    told = make_settings(
        database_url, redis_url, tmp_path, base_url="https://psot.example", proxy_hops=1
    )
    app = make_app(told)
    front = Front(app)
    schemes = Counter(
        front.get("/", headers={"X-Forwarded-Proto": scheme, "X-Forwarded-Host": "psot.example"})
        .headers["Set-Cookie"]
        .partition("=")[0]
        for scheme in ("https", "http", "https")
    )
    database_of(app).close()

    assert front.behind.asked == 2
    assert schemes == {"__Host-psot-visitor": 3}


def test_shared_pages_are_open_to_everybody() -> None:
    assert {ROUTES[name] for name in SHARED} == {PUBLIC}


def test_the_cookie_of_a_copy_is_as_the_app_sets_it(front: Front) -> None:
    mine, apps = (
        parse_cookie(one.headers["Set-Cookie"]) for one in (front.get("/"), front.alone("/"))
    )

    assert [*mine] == [*apps]
    assert {name: mine[name] for name in mine if name != VISITOR} == {
        name: apps[name] for name in apps if name != VISITOR
    }


def test_signing_in_and_out_changes_whose_page_it_is(front: Front) -> None:
    browser = sign_in(front.app)
    member = cookies_of(browser)

    assert "/sign-out" in front.get("/", cookies=member).text
    assert "/sign-out" not in front.get("/").text
    browser.post("/sign-out")
    assert "/sign-out" not in front.get("/", cookies=member).text
