"""Who gets a socket, what it may do there, and when it ends."""

import json
import urllib.parse
from uuid import UUID

import pytest
from redis import Redis

from psot.live import Emitter, boards, orders, tickets
from psot.live.visitor import Visitor
from tests.live_client import ORIGIN, Client, Raw, Start, http, metric, ticket
from tests.services import wait_until

NOT_IN = 'psot_sockets_cut_total{reason="not_in"}'
REFUSED = 'psot_sockets_cut_total{reason="ticket_refused"}'
MALFORMED = 'psot_sockets_cut_total{reason="malformed"}'

ANNA = UUID(int=1)
AS_ANNA = f"anna-laptop {ANNA}"
AS_ANNA_ELSEWHERE = f"anna-phone {ANNA}"
AS_EDITOR = f"ed {UUID(int=2)} editor"


def test_a_ticket_opens_one_socket_and_no_second_one(port: int) -> None:
    text = ticket(port)
    first = Raw(port, shown=text).connect()
    second = Raw(port, shown=text)
    first.close()
    second.close()

    assert second.head.startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize("shown", ["", "x" * 43, "x" * 5000])
@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_without_a_ticket_there_is_no_connection(port: int, transport: str, shown: str) -> None:
    """Neither a websocket nor one that polls: whoever has none holds nothing here."""
    wait_until(lambda: open_wires(port) == 0)
    before = metric(port, REFUSED)
    socket = Raw(port, path=f"/socket.io/?EIO=4&transport={transport}", shown=shown)
    held = open_wires(port)
    socket.close()

    assert socket.head.startswith(b"HTTP/1.1 403")
    assert held == 0
    assert metric(port, REFUSED) == before + 1


def test_a_request_that_is_not_upgraded_keeps_its_ticket(port: int) -> None:
    """As where a proxy does not pass the upgrade on: the browser then polls with the same one."""
    text = ticket(port)
    asked = f"/socket.io/?EIO=4&ticket={text}&transport="
    broken, _ = http(port, "GET", asked + "websocket", {"Origin": ORIGIN, "Upgrade": "websocket"})
    foreign, _ = http(port, "GET", asked + "polling", {"Origin": "http://evil.test"})
    polling, _ = http(port, "GET", asked + "polling", {"Origin": ORIGIN})

    assert (broken, foreign, polling) == (400, 403, 200)


def test_where_tickets_cannot_be_read_it_is_said_and_the_ticket_kept(port: int) -> None:
    text = ticket(port)
    http(port, "POST", "/redis/gone")
    meanwhile = Raw(port, shown=text)
    meanwhile.close()
    http(port, "POST", "/redis/back")
    then = Raw(port, shown=text).connect()
    then.close()

    assert meanwhile.head.startswith(b"HTTP/1.1 503")


def test_a_ticket_lets_in_once_also_on_its_own_connection(port: int) -> None:
    """Whoever left could come in again after the session's end, and nobody would know."""
    with Client(port, visitor=AS_ANNA).connect() as anna:
        anna.websocket.send("41")
        anna.websocket.send("40")
        refused = anna.wait_event("refused")

    assert refused == {"message": "ticket_refused"}


def test_a_ticket_is_kept_as_a_hash_for_half_a_minute(redis: Redis) -> None:
    anna = Visitor(session="s", member=ANNA, roles=frozenset({"jury"}), language="en")
    text = tickets.issue(redis, anna)
    (key,) = redis.keys("*")

    assert text.encode() not in key
    assert 0 < redis.ttl(key) <= 30
    assert tickets.redeem(redis, text) == anna
    assert tickets.redeem(redis, text) is None


@pytest.mark.parametrize("origin", [None, "http://evil.test", "http://live.test.evil.test"])
def test_a_foreign_page_does_not_get_an_upgrade(port: int, origin: str | None) -> None:
    socket = Raw(port, origin=origin)
    socket.close()

    assert socket.head.startswith(b"HTTP/1.1 403")


def test_compression_is_not_agreed_to(port: int) -> None:
    socket = Raw(port, shown=ticket(port))
    head = socket.head.lower()
    socket.close()

    assert head.startswith(b"http/1.1 101")
    assert b"deflate" not in head


def test_a_connection_that_does_not_come_in_is_cut(port: int) -> None:
    before = metric(port, NOT_IN)
    with Client(port) as client:
        client.wait_end()

    assert metric(port, NOT_IN) > before


@pytest.mark.parametrize(
    "message",
    [
        "4",
        "4{}",
        "47",
        '42["disconnect"]',
        '42["connect",{}]',
        '451-["x",{"_placeholder":true,"num":0}]',
    ],
)
def test_a_malformed_message_ends_the_connection(port: int, message: str) -> None:
    before = metric(port, MALFORMED)
    with Client(port).connect() as client:
        client.websocket.send(message)
        client.wait_end()

    assert metric(port, MALFORMED) == before + 1


def test_binary_messages_end_the_connection(port: int) -> None:
    with Client(port).connect() as client:
        client.websocket.send(b"\x00\x01")
        client.wait_end()


def test_a_message_above_sixteen_kilobytes_ends_the_connection(port: int) -> None:
    with Client(port, visitor=AS_ANNA).connect() as client:
        fits = client.ask("test.echo", {"text": "x" * 16_000})
        client.websocket.send(f'42["test.echo",{{"text":"{"x" * 17_000}"}}]')
        client.wait_end()

    assert fits["ok"]


def test_events_are_refused_by_the_table_on_the_wire_too(port: int) -> None:
    with (
        Client(port).connect() as anybody,
        Client(port, visitor=AS_ANNA).connect() as anna,
        Client(port, visitor=AS_EDITOR).connect() as editor,
    ):
        text = {"text": "да"}
        codes = [
            client.ask(event, text if "fail" not in event else None).get("error", {}).get("code")
            for client in (anybody, anna, editor)
            for event in ("test.echo", "test.edit", "test.unlisted", "test.fail")
        ]
        echoed = anna.ask("test.echo", text)

    assert codes == [
        *("sign_in_required", "sign_in_required", "not_found", "error"),
        *(None, "forbidden", "not_found", "error"),
        *(None, None, "not_found", "error"),
    ]
    assert echoed == {"ok": True, "text": "да", "member": str(ANNA)}


@pytest.mark.parametrize(
    ("board", "code"),
    [
        ("closed:q", "forbidden"),
        ("unknown:q", "not_found"),
        ("open", "invalid"),
        ("session:anna-laptop", "not_found"),
        ("open:../x", "invalid"),
    ],
)
def test_the_server_chooses_the_rooms(port: int, board: str, code: str) -> None:
    with Client(port, visitor=AS_ANNA).connect() as anna:
        assert anna.watch(board)["error"]["code"] == code


def test_a_connection_watches_a_handful_of_boards_and_not_more(port: int) -> None:
    with Client(port).connect() as page:
        answers = [page.watch(f"open:{number}") for number in range(9)]
        page.ask("board.leave", {"board": "open:0"})
        after = page.watch("open:9")

    assert [one["ok"] for one in answers] == [True] * 8 + [False]
    assert after["ok"]


def test_who_left_a_board_hears_no_more_of_it(port: int, redis: Redis) -> None:
    boards.publish(redis, "open:c13", {"a": {"rank": 1}})
    with Client(port).connect() as page, Client(port).connect() as witness:
        page.watch("open:c13")
        witness.watch("open:c13")
        page.ask("board.leave", {"board": "open:c13"})
        boards.publish(redis, "open:c13", {"a": {"rank": 2}})
        witness.wait_event("board.delta")
        page.watch("open:other")

    assert "board.delta" not in page.names()


def test_the_own_window_comes_when_it_changes(port: int, redis: Redis) -> None:
    def place(rank: int) -> None:
        redis.hset("test:windows:ratings:c14", str(ANNA), json.dumps({"rows": [{"rank": rank}]}))

    place(5)
    with Client(port, visitor=AS_ANNA).connect() as anna:
        answer = anna.ask("board.around", {"board": "ratings:c14"})
        first = anna.wait_event("around.me")
        place(4)
        second = anna.wait_for(lambda one: one == ("around.me", {**first, "rows": [{"rank": 4}]}))
        without = anna.ask("board.around", {"board": "open:c14"})
    with Client(port).connect() as anybody:
        refused = anybody.ask("board.around", {"board": "ratings:c14"})

    assert answer["ok"]
    assert first == {"board": "ratings:c14", "rows": [{"rank": 5}]}
    assert second
    assert without["error"]["code"] == "not_found"
    assert refused["error"]["code"] == "sign_in_required"


def test_the_sockets_of_an_ended_session_are_cut_in_every_process(
    ports: tuple[int, int],
) -> None:
    here, there = ports
    with (
        Client(here, visitor=AS_ANNA).connect() as one,
        Client(there, visitor=AS_ANNA).connect() as two,
        Client(there, visitor=AS_ANNA_ELSEWHERE).connect() as phone,
        Client(there).connect() as anybody,
    ):
        http(here, "POST", "/end/anna-laptop")
        one.wait_end()
        two.wait_end()
        still = [phone.ask("test.echo", {"text": "x"})["ok"], anybody.watch("open:c15")["ok"]]

    assert still == [True, True]
    assert one.wait_event("live.ended") == {"code": "session_ended"}
    assert two.wait_event("live.ended") == {"code": "session_ended"}


def test_all_sockets_of_a_member_are_cut_from_a_process_without_sockets(
    port: int, redis: Redis
) -> None:
    with (
        Client(port, visitor=AS_ANNA).connect() as laptop,
        Client(port, visitor=AS_ANNA_ELSEWHERE).connect() as phone,
    ):
        laptop.watch("open:c16")
        orders.cut_member(redis, ANNA)
        laptop.wait_end()
        phone.wait_end()


def test_a_session_whose_end_nobody_told_is_found_when_asked_for(port: int, redis: Redis) -> None:
    with (
        Client(port, visitor=AS_ANNA).connect() as laptop,
        Client(port, visitor=AS_ANNA_ELSEWHERE).connect() as phone,
    ):
        redis.sadd("test:ended", "anna-laptop")
        http(port, "POST", "/ask-sessions")
        laptop.wait_end()

        assert phone.ask("test.echo", {"text": "x"})["ok"]


def test_an_ended_session_whose_client_does_not_read_is_closed_all_the_same(port: int) -> None:
    wait_until(lambda: open_wires(port) == 0)
    stuck = Raw(port, shown=ticket(port, AS_ANNA)).connect()
    stuck.send('421["board.watch",{"board":"open:c18"}]')
    stuck.skip_to("431")
    http(port, "POST", "/pour/open:c18/60")
    http(port, "POST", "/end/anna-laptop")
    wait_until(lambda: open_wires(port) == 0)
    stuck.close()

    assert open_wires(port) == 0


def test_messages_reach_sockets_of_other_processes(ports: tuple[int, int], redis: Redis) -> None:
    here, there = ports
    with Client(there, visitor=AS_ANNA).connect() as anna:
        http(here, "POST", "/tell/anna-laptop")
        told = anna.wait_event("test.told")
        Emitter(redis).broadcast("session:anna-laptop", "test.worker", {"by": "a worker"})
        worker = anna.wait_event("test.worker")

    assert told == {"by": "another process"}
    assert worker == {"by": "a worker"}


def test_a_stopping_process_says_when_to_come_back(start_web: Start) -> None:
    port, process = start_web()
    with Client(port).connect() as page:
        hello = page.wait_event("live.hello")
        process.terminate()
        page.wait_end()
        goodbye = page.wait_event("live.goodbye")

    assert process.wait(20) == 0
    least_ms, most_ms = goodbye["retry_ms"]
    assert 0 < least_ms < most_ms
    assert hello["retry_ms"] == goodbye["retry_ms"]


def test_a_browser_without_websockets_polls(port: int, redis: Redis) -> None:
    boards.publish(redis, "open:c21", {"a": {"rank": 1}})
    path = "/socket.io/?EIO=4&transport=polling"
    ours = {"Origin": ORIGIN}
    mark = {"Sec-Fetch-Site": "same-origin"}
    without_origin, _ = http(port, "GET", f"{path}&ticket={ticket(port)}")
    by_mark, _ = http(port, "GET", f"{path}&ticket={ticket(port)}", mark)
    _, opened = http(port, "GET", f"{path}&ticket={ticket(port)}", ours)
    path += "&sid=" + urllib.parse.quote(json.loads(opened[1:])["sid"])

    def post(message: str) -> None:
        http(port, "POST", path, {**ours, "Content-Type": "text/plain"}, message.encode())

    post("40")
    seen = http(port, "GET", path, ours)[1]
    post('421["board.watch",{"board":"open:c21"}]')
    while "board.snapshot" not in seen:
        seen += "\x1e" + http(port, "GET", path, ours)[1]
    too_large, _ = http(port, "POST", path, ours, b"4" * 20_000)

    assert (without_origin, by_mark, too_large) == (403, 200, 413)
    assert "live.hello" in seen


def open_wires(port: int) -> int:
    """Return how many websockets the process serves."""
    return int(http(port, "GET", "/wires")[1])
