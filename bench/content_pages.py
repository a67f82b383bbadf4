"""GET of the library's pages from the product's own web process, for `bench/content.py`."""

import http.client
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import event

from bench.content_figures import Times, beside, taken_s, times_of
from psot.database import Database
from psot.supervisor.program import Program
from tests.houses import free_port
from tests.services import running
from tests.web import database_of, make_app, make_settings, sign_in

PAGES = (
    "/library",
    "/topics/service",
    "/topics/service/lesson",
    "/topics/field_3",
    "/library/acts",
    "/library/search?q=наряд",
)
HEALTH = "/healthz"
OK = 200
WARM_UP = 5


@contextmanager
def web(environment: dict[str, str], port: int, log: Path) -> Iterator[None]:
    """Run the product's own web process."""
    argv = (sys.executable, "-c", "from psot.cli import main; main()", "web")
    program = Program(name="web", argv=argv, environment=environment)

    def answers() -> bool:
        try:
            get(http.client.HTTPConnection("127.0.0.1", port, timeout=5), HEALTH, "")
        except OSError:
            return False
        return True

    with running(program, answers, log):
        yield


def get(connection: http.client.HTTPConnection, path: str, cookie: str) -> None:
    """GET ``path`` whole; ends the program where it is not there."""
    headers = {"Cookie": cookie} if cookie else {}
    connection.request("GET", quote(path, safe="/?=:"), headers=headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != OK:
        raise SystemExit(f"GET {path} gave {answer.status}")


def pages(url: str, redis_url: str, folder: Path, rounds: int) -> list[Times]:
    """GET each page so many times, by turns, as a member and as a visitor."""
    port = free_port()
    app = make_app(
        make_settings(
            url, redis_url, folder / "data", port=port, base_url=f"http://127.0.0.1:{port}"
        )
    )
    database = database_of(app)
    member = sign_in(app)
    cookie = "; ".join(
        f"{one.key}={one.value}"
        for one in (member._cookies or {}).values()  # noqa: SLF001 - a test client's
    )
    environment = os.environ | {
        "DATABASE_URL": url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": str(app.secret_key),
        "PSOT_SECRET_KEY": str(app.secret_key),
        "PSOT_DATA_DIR": str(folder / "data"),
        "PSOT_PORT": str(port),
        "PSOT_BASE_URL": f"http://127.0.0.1:{port}",
        "PSOT_LOG_LEVEL": "WARNING",
    }
    counts = {path: statements(database, partial(member.get, path)) for path in PAGES}
    taken: dict[str, list[float]] = {}
    with web(environment, port, folder / "web.log"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for round_ in range(-WARM_UP, rounds):
            for path in (HEALTH, *PAGES):
                for who, sent in (("", ""), (" (member)", cookie)):
                    if path == HEALTH and who:
                        continue
                    took = taken_s(partial(get, connection, path, sent))
                    if round_ >= 0:
                        taken.setdefault(path + who, []).append(took)
        connection.close()
    database.close()
    health = times_of(HEALTH, taken.pop(HEALTH))
    lines = [health]
    for what, times in taken.items():
        mine = times_of(what, times, statements=counts[what.partition(" ")[0]])
        lines.append(beside(mine, HEALTH, health))
    return lines


def statements(database: Database, act: Callable[[], object]) -> int:
    """Return how many statements ``act`` sends once the process is warm."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    act()
    event.listen(database.engine, "before_cursor_execute", note)
    act()
    event.remove(database.engine, "before_cursor_execute", note)
    return len(sent)
