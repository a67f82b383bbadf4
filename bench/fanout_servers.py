"""The servers that `bench/fanout.py` measures, each a process on a core that it has for itself."""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import psutil

from bench import fanout_wire as wire
from psot import migrations
from psot.supervisor.program import Program
from tests.houses import ROOT, free_port
from tests.services import (
    postgres_running,
    running,
    throw_away_folder,
    valkey_running,
    wait_until,
)

HERE = Path(__file__).resolve().parent / "fanout"
NPM_FILE = ROOT / "platform" / "frontend" / "npm.py"
PICOWS = HERE / "picows"
HOST = "127.0.0.1"
SECRET = "a throw-away secret that is long enough"  # noqa: S105 - of throw-away services
PATIENCE_S = 20


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server at work; ``speaker`` is the process that tells it what to broadcast."""

    name: str
    version: str
    port: int
    process: psutil.Process
    dialogue: wire.Dialogue
    speaker: "subprocess.Popen[str]"
    redis_url: str = ""

    def speak(self, *, size: int, every_s: float, count: int, first: int) -> None:
        """Let it send ``count`` broadcasts; returns after the last."""
        order = {"size": size, "every_s": every_s, "count": count, "first": first}
        answered(self.speaker, order)

    def cpu_s(self) -> float:
        """Return the CPU time it has used, in seconds."""
        return cpu_s(self.process)

    def rss(self) -> int:
        """Return the memory it keeps, in bytes."""
        return int(self.process.memory_info().rss)


def answered(process: "subprocess.Popen[str]", order: dict[str, Any]) -> dict[str, Any]:
    """Give ``order`` to a program and return its answer, a line of JSON each. Raises EOFError."""
    assert process.stdin  # noqa: S101 - opened so
    assert process.stdout  # noqa: S101
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise EOFError(f"{process.args!r} ended")
    told: dict[str, Any] = json.loads(line)
    return told


def cpu_s(process: psutil.Process) -> float:
    """Return the CPU time of a process, in seconds: to the nanosecond where Linux counts so."""
    try:
        threads = list(Path(f"/proc/{process.pid}/task").iterdir())
        return sum(int((one / "schedstat").read_text().split()[0]) for one in threads) / 1e9
    except OSError:
        times = process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def program(
    argv: list[str], environment: dict[str, str] | None = None, log: IO[str] | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """Run a program that hears orders and answers; it ends with its input."""
    process = subprocess.Popen(  # noqa: S603 - our own programs
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=environment,
        cwd=ROOT,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()


@contextmanager
def on(cores: set[int]) -> Iterator[None]:
    """Start what is started in the block on ``cores``."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def answers(port: int) -> bool:
    """Tell whether a server answers HTTP at all."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except OSError:
        return False


@contextmanager
def product(core: set[int]) -> Iterator[Server]:
    """Run the product's own web process with PostgreSQL and Valkey, and a publisher of boards."""
    port = free_port()
    with ExitStack() as stack:
        folder = stack.enter_context(throw_away_folder())
        postgres = stack.enter_context(postgres_running())
        valkey = stack.enter_context(valkey_running())
        migrations.upgrade(postgres.url())
        origin = f"http://{HOST}:{port}"
        environment = os.environ | {
            "DATABASE_URL": postgres.url(),
            "REDIS_URL": valkey.url(),
            "SECRET_KEY": SECRET,
            "PSOT_SECRET_KEY": SECRET,
            "PSOT_DATA_DIR": str(folder / "data"),
            "PSOT_PORT": str(port),
            "PSOT_BASE_URL": origin,
            "PSOT_LOG_LEVEL": "WARNING",
        }
        argv = (sys.executable, "-c", "from psot.cli import main; main()", "web")
        web = Program(name="web", argv=argv, environment=environment)
        with on(core):
            process = stack.enter_context(running(web, lambda: answers(port), folder / "web.log"))
        speaker = stack.enter_context(
            program([sys.executable, "-m", "bench.fanout_publisher", valkey.url()])
        )
        server = Server(
            name="psot",
            version=version("psot"),
            port=port,
            process=psutil.Process(process.pid),
            dialogue=wire.product(origin),
            speaker=speaker,
            redis_url=valkey.url(),
        )
        # The first version of a board goes out whole; what is measured are changes.
        server.speak(size=0, every_s=0, count=1, first=0)
        yield server


@contextmanager
def _peer(
    core: set[int],
    *,
    name: str,
    told: str,
    dialogue: wire.Dialogue,
    argv: list[str],
    environment: dict[str, str] | None = None,
) -> Iterator[Server]:
    port = free_port()
    with ExitStack() as stack:
        with on(core):
            process = stack.enter_context(program([*argv, str(port)], environment))
        wait_until(lambda: answers(port) or process.poll() is not None)
        if process.poll() is not None:
            raise SystemExit(f"{name} ended at once")
        yield Server(
            name=name,
            version=told,
            port=port,
            process=psutil.Process(process.pid),
            dialogue=dialogue,
            speaker=process,
        )


@contextmanager
def node(core: set[int]) -> Iterator[Server]:
    """Run Node's Socket.IO, installed here by its lock file where it is not yet."""
    package = HERE / "node_modules" / "socket.io" / "package.json"
    if not package.exists():
        print("installing socket.io", flush=True)
        subprocess.run(  # noqa: S603 - our own words
            [
                *(sys.executable, str(NPM_FILE), "--prefix", str(HERE), "ci"),
                *("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
            ],
            check=True,
        )
    program_ = _node()
    ran = subprocess.run([program_, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    told = f"socket.io {json.loads(package.read_text())['version']}, Node {ran.stdout.strip()}"
    argv = [program_, str(HERE / "server.mjs")]
    with _peer(core, name="node", told=told, dialogue=wire.socket_io(), argv=argv) as server:
        yield server


def _node() -> str:
    """Return the Node that the front end is built with. Raises FileNotFoundError."""
    _, path = runpy.run_path(str(NPM_FILE))["npm"](os.environ.get("PATH", ""))
    return str(shutil.which("node", path=path))


@contextmanager
def picows(core: set[int]) -> Iterator[Server]:
    """Run picows, installed here by its lock file where it is not yet."""
    lock = HERE / "picows.txt"
    if not (PICOWS / "picows").exists():
        print("installing picows", flush=True)
        subprocess.run(  # noqa: S603 - our own words
            [
                *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"),
                *("--disable-pip-version-check", "--require-hashes", "--target", str(PICOWS)),
                *("-r", str(lock)),
            ],
            check=True,
        )
    locked = re.search(r"^picows==(\S+)", lock.read_text(), re.MULTILINE)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(PICOWS), os.environ.get("PYTHONPATH", "")))
    }
    told = f"{locked[1] if locked else ''}, Python {sys.version.partition(' ')[0]}"
    argv = [sys.executable, "-m", "bench.fanout_picows"]
    with _peer(
        core,
        name="picows",
        told=told,
        dialogue=wire.raw(),
        argv=argv,
        environment=environment,
    ) as server:
        yield server


@contextmanager
def stock(core: set[int]) -> Iterator[Server]:
    """Run Flask-SocketIO as it comes."""
    told = f"Flask-SocketIO {version('flask-socketio')}"
    argv = [sys.executable, "-m", "bench.fanout_stock"]
    with _peer(core, name="stock", told=told, dialogue=wire.socket_io(), argv=argv) as server:
        yield server


SERVERS: dict[str, Callable[[set[int]], Any]] = {
    "psot": product,
    "node": node,
    "picows": picows,
    "stock": stock,
}
