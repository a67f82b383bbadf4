"""What `make` says on a machine that lacks something."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with nothing but the Makefile."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def make(
    folder: Path, *arguments: str, path: str | None = None
) -> subprocess.CompletedProcess[str]:
    program = shutil.which("make")
    assert program
    environment = {"PATH": path or os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def test_without_python_setup_is_one_line_and_a_failure(clone: Path) -> None:
    made = make(clone, "setup", "PYTHON=no-such-python")

    assert made.returncode != 0
    assert made.stdout == (
        "PSOT needs Python 3.11 to 3.13 and 'no-such-python' is not here: "
        "make PYTHON=/path/to/python\n"
    )
    assert not (clone / ".venv").exists()


def test_with_another_python_setup_is_one_line_and_a_failure(clone: Path) -> None:
    old = program(clone / "bin", "python3", "exit 1")
    made = make(clone, "setup", f"PYTHON={old}")

    assert made.returncode != 0
    assert made.stdout == (
        f"PSOT needs Python 3.11 to 3.13, '{old}' is another: make PYTHON=/path/to/python\n"
    )


def test_without_the_means_to_make_an_environment_it_names_the_package(clone: Path) -> None:
    bare = program(clone / "bin", "python3", 'test "$1" = -c')
    made = make(clone, "setup", f"PYTHON={bare}")

    assert made.returncode != 0
    assert made.stdout == (f"'{bare} -m venv' failed: on Debian and Ubuntu install python3-venv\n")
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize("user", ["1000", "0"])
def test_without_a_browser_it_is_named_where_it_cannot_be_installed(clone: Path, user: str) -> None:
    stage = clone / "bin"
    program(stage, "id", f"echo {user}")
    made = make(clone, "browser", path=str(stage))

    assert made.returncode != 0
    assert made.stdout == "The tests need the browser Chromium, which is not installed\n"


LIGHT = "noninteractive apt-get install -qy chromium-headless-shell\n"
WHOLE = "noninteractive apt-get install -qy chromium\n"


@pytest.mark.parametrize(
    ("here", "there", "done"),
    [
        ((), ("chromium-headless-shell", "chromium"), LIGHT),
        ((), ("chromium",), LIGHT + WHOLE),
        (("chromium",), ("chromium-headless-shell", "chromium"), LIGHT),
        (("chromium",), (), LIGHT),
    ],
    ids=["nothing here", "only a whole one there", "a whole one here", "nothing to be had"],
)
def test_where_it_can_be_installed_it_is_without_a_question(
    clone: Path, here: tuple[str, ...], there: tuple[str, ...], done: str
) -> None:
    stage = clone / "bin"
    program(stage, "id", "echo 0")
    shelf = " ".join(there)
    program(
        stage,
        "apt-get",
        f'echo "$DEBIAN_FRONTEND apt-get $*"; [ $1 = update ] && exit 0\n'
        f'for one in {shelf}; do [ "$3" = $one ] && exit 0; done; exit 100',
    )
    for name in here:
        program(stage, name, "exit 0")
    made = make(clone, "browser", path=str(stage))

    assert made.returncode == 0
    assert made.stdout == f" apt-get update -q\n{done}"


@pytest.mark.parametrize(("name", "user"), [("chromium-headless-shell", "0"), ("chromium", "1000")])
def test_with_a_browser_nothing_is_installed(clone: Path, name: str, user: str) -> None:
    stage = clone / "bin"
    program(stage, "id", f"echo {user}")
    program(stage, "apt-get", 'echo "apt-get $*"')
    program(stage, name, "exit 0")
    made = make(clone, "browser", path=str(stage))

    assert (made.returncode, made.stdout) == (0, "")


def test_without_a_word_it_tells_what_can_be_done(clone: Path) -> None:
    told = make(clone).stdout

    for word in ("setup", "run", "test", "lint", "types", "lock", "chaos", "clean"):
        assert f"\n{word} " in f"\n{told}"
