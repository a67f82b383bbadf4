"""`psot up` around small programs: start, stop, restart, and every way to be killed."""

import os
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis as redis_py

from psot.embedded.folder import DataFolder
from tests.houses import SMALL, House, house
from tests.services import throw_away_folder, wait_until


@pytest.fixture
def data() -> Iterator[Path]:
    with throw_away_folder() as folder:
        yield folder / "data"


def database(data: Path) -> psycopg.Connection:
    return DataFolder.at(data).postgres.connect()


def redis_of(data: Path) -> redis_py.Redis:
    return redis_py.Redis.from_url(DataFolder.at(data).valkey.url())


def pid_in(running: House, pattern: str, times: int = 1) -> int:
    return int(running.says(pattern, times).group(1))


def gone(processes: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(processes, 0)[1]


def test_a_start_tells_the_address_and_what_runs_and_ctrl_c_ends_all_it_started_and_only_that(
    data: Path,
) -> None:
    with (
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as bystander,
        house(data) as home,
    ):
        home.comes_up()
        family = home.family()

        assert f"http://localhost:{home.port}" in home.printed
        assert "PostgreSQL 18." in home.printed
        assert "Valkey 9." in home.printed
        assert home.get().isdigit()
        assert {"postgres", "valkey-server"} <= {one.name() for one in family}
        assert home.stop(signal.SIGINT) == 0
        assert gone(family)
        assert bystander.poll() is None
        bystander.communicate(b"\n")


@pytest.mark.parametrize("act", ["ctrl-c", "close"])
def test_ctrl_c_in_a_window_and_closing_the_window_both_end_everything(
    data: Path, act: str
) -> None:
    outside, window = pty.openpty()
    with house(data, window=window) as home:
        os.close(window)
        home.comes_up()
        family = home.family()
        if act == "ctrl-c":
            os.write(outside, b"\x03")
        else:
            os.close(outside)

        assert home.process.wait(60) == 0
        assert "everything is stopped" in home.printed
        assert gone(family)
    if act == "ctrl-c":
        os.close(outside)


def test_a_second_start_keeps_its_data(data: Path) -> None:
    with house(data) as home:
        home.comes_up()
        with database(data) as session:
            session.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        with redis_of(data) as client:
            client.set("kept", "42")
        home.stop(signal.SIGTERM)

    with house(data) as home:
        home.comes_up()
        with database(data) as session:
            assert session.execute("SELECT answer FROM kept").fetchone() == (42,)
        with redis_of(data) as client:
            assert client.get("kept") == b"42"


@pytest.mark.parametrize("victim", ["web", "worker"])
def test_a_killed_process_is_started_again(data: Path, victim: str) -> None:
    with house(data) as home:
        home.comes_up()
        first = pid_in(home, rf"{victim} is (\d+)")
        psutil.Process(first).kill()
        second = pid_in(home, rf"{victim} is (\d+)", times=2)

        assert second != first
        assert f"{victim} ended by signal SIGKILL; starting it again" in home.printed
        assert home.get().isdigit()


@pytest.mark.parametrize("victim", ["postgres", "valkey-server"])
def test_a_killed_service_comes_back_with_what_it_had_acknowledged(data: Path, victim: str) -> None:
    with house(data) as home:
        home.comes_up()
        with database(data) as session:
            session.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        with redis_of(data) as client:
            client.set("kept", "42")
        parents = psutil.Process(home.process.pid).children()
        next(one for one in parents if one.name() == victim).kill()
        folder = DataFolder.at(data)
        home.says("ended by signal SIGKILL; starting it again")
        wait_until(lambda: folder.postgres.ready() and folder.valkey.ready())

        with database(data) as session:
            assert session.execute("SELECT answer FROM kept").fetchone() == (42,)
        with redis_of(data) as client:
            assert client.get("kept") == b"42"


def test_a_killed_supervisor_leaves_nothing_that_the_next_start_cannot_stop(data: Path) -> None:
    with house(data) as home:
        home.comes_up()
        with database(data) as session:
            session.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        family = home.family()
        home.stop(signal.SIGKILL)

        with house(data, port=home.port) as heir:
            heir.comes_up()
            with database(data) as session:
                assert session.execute("SELECT answer FROM kept").fetchone() == (42,)
            assert gone(family)


def test_a_reload_replaces_the_house_and_refuses_no_connection(data: Path) -> None:
    with house(data) as home:
        home.comes_up()
        services = {one.pid for one in home.family() if one.name() in ("postgres", "valkey-server")}
        first = home.get()
        home.process.send_signal(signal.SIGHUP)
        answers = [first]
        while answers[-1] == first:
            answers.append(home.get())

        assert len(set(answers)) == 2
        assert services <= {one.pid for one in home.family()}


def test_an_open_request_is_finished_before_the_web_process_leaves(
    data: Path, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    with house(data) as home:
        home.comes_up()
        asking = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys, urllib.request as u; print(u.urlopen(sys.argv[1]).read().decode())",
                f"{home.url}/slow?{go}",
            ],
            stdout=subprocess.PIPE,
        )
        web = pid_in(home, r"web is (\d+)")
        home.says("slow request open")
        home.process.send_signal(signal.SIGTERM)
        home.says("stopping")
        go.touch()
        answer, _ = asking.communicate(timeout=60)

        assert answer.decode().strip() == str(web)
        assert home.process.wait(60) == 0


def test_a_program_that_does_not_start_is_one_line_and_leaves_nothing_running(data: Path) -> None:
    procfile = SMALL.replace("worker:", "worker: false #")
    with house(data, procfile=procfile) as home:
        assert home.process.wait(120) == 1
        assert home.printed.splitlines()[-1].startswith("Error: worker does not start")
        assert DataFolder.at(data).postgres.ready() is False


def test_a_busy_port_is_one_line(data: Path) -> None:
    with house(data) as home, throw_away_folder() as other:
        home.comes_up()
        with house(other / "data", port=home.port) as late:
            assert late.process.wait(60) == 1
            assert late.printed == (
                f"Error: Port {home.port} on 127.0.0.1 cannot be used (Address already in use): "
                "stop what uses it or choose another with PSOT_PORT\n"
            )


def test_a_data_folder_in_use_is_one_line_and_its_owner_stays(data: Path) -> None:
    with house(data) as home:
        home.comes_up()
        with house(data) as late:
            assert late.process.wait(60) == 1
            assert late.printed == (
                f"Error: The data folder {data} is in use by process {home.process.pid}: "
                "stop that one or choose another with PSOT_DATA_DIR\n"
            )
        assert home.get().isdigit()


def test_a_newer_data_folder_is_one_line_and_stays_as_it_is(data: Path) -> None:
    data.mkdir()
    (data / "version").write_text("2\n")
    with house(data) as home:
        assert home.process.wait(60) == 1
        assert home.printed == (
            f"Error: The data folder {data} was made by a newer PSOT (its layout is 2, this one "
            "knows 1): start that version or choose another with PSOT_DATA_DIR\n"
        )
    assert sorted(one.name for one in data.iterdir()) == ["lock", "version"]


def test_a_path_too_long_for_sockets_works(data: Path) -> None:
    deep = data / ("long" * 20) / ("path" * 20)
    with house(deep) as home:
        home.comes_up()
        runtime = Path((deep / "runtime").read_text().strip())
        with database(deep) as session:
            assert session.execute("SELECT 1").fetchone() == (1,)
        home.stop()
    shutil.rmtree(runtime)
