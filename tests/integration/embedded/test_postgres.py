"""The cluster's folder: half made, left locked by a number that is now somebody else's, moved."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from psot.embedded.postgres import Postgres
from tests.services import HASTY, running, throw_away_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with throw_away_folder() as made:
        yield made


def server_in(folder: Path) -> Postgres:
    return Postgres(folder / "data", folder / "s", HASTY)


def test_a_cluster_half_made_by_a_killed_run_is_made_anew(folder: Path) -> None:
    (folder / "data.unfinished").mkdir()
    (folder / "data.unfinished" / "PG_VERSION").write_text("18\n")
    server = server_in(folder)
    server.initialise()

    with running(server.program(), server.ready, folder / "log"), server.connect() as session:
        assert session.execute("SELECT lower('ЁЛКА')").fetchone() == ("ёлка",)
    assert not (folder / "data.unfinished").exists()


def test_a_second_initialisation_changes_nothing(folder: Path) -> None:
    server = server_in(folder)
    server.initialise()
    before = (server.data / "PG_VERSION").stat().st_mtime_ns
    server.initialise()

    assert (server.data / "PG_VERSION").stat().st_mtime_ns == before


@pytest.mark.parametrize("pid", [os.getpid(), 2**22 - 1], ids=["mine", "nobodys"])
def test_a_stale_lock_is_cleared_and_the_process_that_has_its_number_now_lives(
    folder: Path, pid: int
) -> None:
    server = server_in(folder)
    server.initialise()
    (server.data / "postmaster.pid").write_text(f"{pid}\n{server.data}\n")
    server.stop_leftover()

    assert not (server.data / "postmaster.pid").exists()
    with running(server.program(), server.ready, folder / "log"), server.connect() as session:
        assert session.execute("SELECT 1").fetchone() == (1,)


def test_a_server_still_running_on_the_folder_is_stopped_first(folder: Path) -> None:
    server = server_in(folder)
    server.initialise()
    with running(server.program(), server.ready, folder / "log") as left:
        server.stop_leftover()

        assert not server.ready()
        left.wait(10)


def test_it_is_durable_and_in_utc_unless_told_otherwise(folder: Path) -> None:
    server = Postgres(folder / "data", folder / "s")
    server.initialise()
    with running(server.program(), server.ready, folder / "log"), server.connect() as session:
        shown = {
            name: session.execute(f"SHOW {name}").fetchone()
            for name in ("fsync", "full_page_writes", "synchronous_commit", "timezone")
        }

    assert shown == {
        "fsync": ("on",),
        "full_page_writes": ("on",),
        "synchronous_commit": ("on",),
        "timezone": ("UTC",),
    }
