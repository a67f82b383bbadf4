"""What the sockets use of other packages' inside: a new version that changes it is noticed here."""

import inspect
import re
import socket as stock_socket

import gevent.socket
from engineio.base_socket import BaseSocket
from engineio.packet import NOOP, Packet
from engineio.server import Server as StockEngine
from engineio.socket import Socket as StockSocket
from gevent.pywsgi import WSGIHandler, WSGIServer
from socketio import Server as SocketIO
from socketio.base_manager import BaseManager


def parameters(function: object) -> list[str]:
    """Return the names of what a function takes."""
    assert callable(function)
    return list(inspect.signature(function).parameters)


def test_a_connection_of_gevent_keeps_one_that_sends_what_fits() -> None:
    here, there = gevent.socket.socketpair()
    with here, there:
        here.setsockopt(stock_socket.SOL_SOCKET, stock_socket.SO_SNDBUF, 4096)
        sent = here._sock.send(bytes(1 << 22))

        assert here._sock.fileno() == here.fileno()
        assert 0 < sent < 1 << 22


def test_engine_io_asks_its_instance_for_the_parts_we_replace() -> None:
    source = inspect.getsource(StockEngine)

    assert "self._handle_connect(environ, start_response,\n" in source
    assert "self.start_service_task" in inspect.getsource(StockEngine._handle_connect)
    assert parameters(StockEngine._handle_connect)[1:] == [
        "environ",
        "start_response",
        "transport",
        "jsonp_index",
    ]
    assert parameters(StockEngine.send_packet)[1:] == ["sid", "pkt"]
    assert parameters(StockEngine.disconnect)[1:] == ["sid"]
    assert "self.eio.send_packet(" in inspect.getsource(SocketIO._send_eio_packet)


def test_engine_io_answers_with_what_we_answer_with() -> None:
    stock = StockEngine(async_mode="gevent")

    assert stock._ok([Packet(NOOP)])["response"] == b"6"
    assert stock._bad_request("no")["status"].startswith("400")
    assert parameters(stock._trigger_event) == ["event", "args", "kwargs"]
    assert parameters(stock._upgrades) == ["sid", "transport"]


def test_socket_io_asks_its_rooms_for_nothing_that_ours_lack() -> None:
    source = inspect.getsource(BaseManager)

    assert set(re.findall(r"\]\.(_\w+)", source)) == {"_fwdm", "_invm"}
    assert "self.rooms[namespace][None]._invm[eio_sid]" in source
    for waiting in ("pending_connect", "pending_disconnect"):
        used = re.findall(rf"self\.{waiting}\[namespace\]\.(\w+)", source)
        assert set(used) == {"append", "remove"}
    assert parameters(BaseManager.pre_connect)[1:] == ["eio_sid", "namespace"]
    assert parameters(BaseManager.pre_disconnect)[1:] == ["sid", "namespace"]


def test_a_socket_of_engine_io_has_the_parts_we_build_on() -> None:
    stock = StockEngine(async_mode="gevent")
    one = StockSocket(stock, "sid")

    assert set(vars(BaseSocket(stock, "sid"))) == {
        "server",
        "sid",
        "queue",
        "last_ping",
        "connected",
        "upgrading",
        "upgraded",
        "closing",
        "closed",
        "session",
    }
    assert hasattr(one.queue.queue, "clear")
    assert "'_upgrade_' + transport" in inspect.getsource(StockSocket.handle_get_request)
    assert "self.schedule_ping()" in inspect.getsource(StockSocket.receive)
    assert parameters(StockSocket.close)[1:] == ["wait", "abort", "reason"]


def test_pywsgi_lets_go_of_a_connection_that_its_handler_forgets() -> None:
    source = inspect.getsource(WSGIHandler.handle)

    assert "while self.socket is not None" in source
    assert source.count("if self.socket is not None") == 1
    assert parameters(WSGIServer.handle) == ["self", "sock", "address"]
