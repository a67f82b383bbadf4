"""Three hosts: `one` and `two` run the product, `base` the database, Redis and nginx."""

import os
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from sqlalchemy import text

from psot import migrations
from psot.config import Settings
from psot.database import Database
from psot.ledger.consumers import enrol
from psot.library.start import load_start
from psot.projections import CATALOGUE
from psot.runtime import Runtime, connect
from psot.supervisor.procfile import read_procfile
from tests import nginx
from tests.chaos.hosts.base import database_at, redis_at, services
from tests.chaos.hosts.host import Host
from tests.chaos.hosts.network import Network, Place, network
from tests.houses import ROOT
from tests.services import running, throw_away_folder
from tests.visitors import Visitor
from tests.web import SECRET

PORT = 8000
RUN_BY_A_HOST = ("web", "worker", "scheduler")
OF_OURS = ("PSOT_", "DATABASE_URL", "REDIS_URL", "SECRET_KEY")
_SESSIONS = text("SELECT count(*) FROM pg_stat_activity WHERE client_addr = CAST(:address AS inet)")


@dataclass(kw_only=True)
class Cluster:
    """The hosts, the way in from the world, and a connection that no fault touches."""

    network: Network
    folder: Path
    one: Host
    two: Host
    made: Runtime
    trust: ssl.SSLContext
    environment: dict[str, str]

    @property
    def base(self) -> str:
        """The address that members see."""
        return self.made.settings.base_url

    @property
    def hosts(self) -> tuple[Host, Host]:
        return self.one, self.two

    @property
    def database(self) -> Database:
        return self.made.database

    @property
    def redis(self) -> Redis:
        return self.made.redis

    def visitor(self) -> Visitor:
        return Visitor(self.base, self.trust)

    def sessions(self, host: Host) -> int:
        """Return how many sessions of the host the database still keeps."""
        with self.database.begin() as session:
            found = session.execute(_SESSIONS, {"address": host.place.address})
            return int(found.scalar_one())

    def revive(self) -> None:
        """Start what a story has ended, and mend what it has cut; `ready` waits for it."""
        for host in self.hosts:
            self.network.mend(host.place.name)
            if not host.is_up:
                host.start()

    def ready(self) -> None:
        """Return once both hosts answer."""
        for host in self.hosts:
            host.ready()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Three hosts on empty services; nothing remains at the end."""
    with throw_away_folder() as folder, network("one", "two", "base") as joined, ExitStack() as up:
        base = joined.hosts["base"]
        usual = {name: one for name, one in os.environ.items() if not name.startswith(OF_OURS)}
        usual |= {"PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}"}
        postgres, valkey = services(folder, base, up)
        settings = Settings(
            database_url=postgres.url(),
            redis_url=valkey.url(),
            data_dir=folder,
            secret_key=SECRET,
            base_url=f"https://{base.address}",
        )
        made = _prepared(settings)
        up.callback(made.close)
        trust = nginx.certify(folder, base.address)
        from_afar = usual | {
            "DATABASE_URL": database_at(base),
            "REDIS_URL": redis_at(base),
            "SECRET_KEY": SECRET,
            "PSOT_BASE_URL": settings.base_url,
            "PSOT_PROXY_HOPS": "1",
            "PSOT_PORT": str(PORT),
            "PSOT_LOG_LEVEL": "WARNING",
        }
        procfile = _procfile(folder)
        hosts = [_host(joined.hosts[one], folder, procfile, from_afar) for one in ("one", "two")]
        for host in hosts:
            up.callback(host.kill)
            host.start()
        changes = {
            "127.0.0.1:8001": f"{hosts[0].place.address}:{PORT}",
            "127.0.0.1:8002": f"{hosts[1].place.address}:{PORT}",
            "psot.example": base.address,
        }
        proxy = nginx.program(folder, changes, usual)
        with base.inside():
            up.enter_context(running(proxy, lambda: _open(base.address), folder / "nginx.log"))
        for host in hosts:
            host.ready()
        bots = from_afar | {
            "SSL_CERT_FILE": str(folder / "fullchain.pem"),
            "PSOT_DATA_DIR": str(folder / "bots"),
        }
        yield Cluster(
            network=joined,
            folder=folder,
            one=hosts[0],
            two=hosts[1],
            made=made,
            trust=trust,
            environment=bots,
        )


def _prepared(settings: Settings) -> Runtime:
    """What the release does once, before any host starts."""
    migrations.upgrade(settings.database_url)
    made = connect(settings)
    enrol(made.database, CATALOGUE)
    load_start(made.database)
    return made


def _procfile(folder: Path) -> Path:
    """Write the shipped Procfile as a host has it: what runs once, elsewhere, is left out."""
    shipped = read_procfile(ROOT / "Procfile")
    path = folder / "Procfile"
    lines = [f"{name}: {' '.join(shipped[name])}\n" for name in RUN_BY_A_HOST]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _host(place: Place, folder: Path, procfile: Path, environment: dict[str, str]) -> Host:
    own = folder / place.name
    told = {"PSOT_HOST": place.address, "PSOT_DATA_DIR": str(own / "data")}
    return Host(place=place, folder=own, procfile=procfile, environment=environment | told)


def _open(address: str) -> bool:
    with suppress(OSError):
        socket.create_connection((address, 443), timeout=2).close()
        return True
    return False
