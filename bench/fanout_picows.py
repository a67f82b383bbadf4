"""A peer of `bench/fanout.py`: bare WebSockets on asyncio with picows, and nothing above them.

    python -m bench.fanout_picows PORT

Orders on its input are those of `bench.fanout_publisher`; what it sends has the same length.
"""

import asyncio
import json
import sys

from picows import WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server  # type: ignore[import-not-found]  # in a folder of its own

from bench.fanout_wire import message, row

BACKLOG = 2048
inside: set[WSTransport] = set()


class Client(WSListener):  # type: ignore[misc]  # known only where picows is installed
    """One who listens."""

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Let it in."""
        inside.add(transport)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        """Forget it."""
        inside.discard(transport)


def answer(request: WSUpgradeRequest) -> Client | None:
    """Take clients at the root; anything else is not found."""
    return Client() if request.path == b"/" else None


async def speak(order: dict[str, float]) -> None:
    """Send so many broadcasts in the rhythm of ``order``."""
    loop = asyncio.get_running_loop()
    begun_s = loop.time()
    for nth in range(int(order["count"])):
        await asyncio.sleep(max(0.0, begun_s + nth * order["every_s"] - loop.time()))
        seq = int(order["first"]) + nth
        text = message(seq, row(seq, int(loop.time() * 1e9), int(order["size"])))
        for transport in list(inside):
            transport.send(WSMsgType.TEXT, text)
    sys.stdout.write("{}\n")
    sys.stdout.flush()


async def main() -> None:
    """Serve until the input ends."""
    server = await ws_create_server(answer, "127.0.0.1", int(sys.argv[1]), backlog=BACKLOG)
    async with server:
        orders = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(orders), sys.stdin
        )
        async for line in orders:
            await speak(json.loads(line))


if __name__ == "__main__":
    asyncio.run(main())
