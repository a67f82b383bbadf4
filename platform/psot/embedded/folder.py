"""The data folder: one owner at a time, one layout version, one secret key, a place for sockets."""

import fcntl
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.errors import PsotError

LAYOUT = 1
LONGEST_SOCKETS_FOLDER = 80  # bytes; a unix socket's whole path may have 103 on macOS, 107 on Linux


class FolderRefused(PsotError):  # noqa: N818 - read as a sentence
    """The data folder cannot be used; says why and what to do."""

    code = "data_folder_refused"
    status = 500


@dataclass(frozen=True)
class DataFolder:
    """A data folder by its absolute path; open it with `held` to become its owner."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> Self:
        """Name a folder without touching it."""
        return cls(path.expanduser().absolute())

    @contextmanager
    def held(self) -> Iterator[Self]:
        """Own the folder for the length of the block, making it first where it is missing.

        Raises FolderRefused where it cannot be written, belongs to another running PSOT, or was
        made by a newer one.
        """
        try:
            # For root: others may walk through, never look, so that PostgreSQL's account reaches
            # its part.
            mode = 0o711 if os.geteuid() == 0 else 0o700
            self.path.mkdir(mode=mode, parents=True, exist_ok=True)
            descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise FolderRefused(
                f"The data folder {self.path} cannot be used: {error.strerror}. "
                "Choose another with PSOT_DATA_DIR"
            ) from error
        try:
            self._lock(descriptor)
            self._check_version()
            yield self
        finally:
            os.close(descriptor)

    def _lock(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = os.pread(descriptor, 32, 0).decode(errors="replace").strip()
            raise FolderRefused(
                f"The data folder {self.path} is in use by process {owner}: "
                "stop that one or choose another with PSOT_DATA_DIR"
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)

    def _check_version(self) -> None:
        file = self.path / "version"
        if not file.exists():
            file.write_text(f"{LAYOUT}\n")
            return
        text = file.read_text().strip()
        if not text.isdecimal() or int(text) > LAYOUT:
            raise FolderRefused(
                f"The data folder {self.path} was made by a newer PSOT (its layout is {text}, this "
                f"one knows {LAYOUT}): start that version or choose another with PSOT_DATA_DIR"
            )

    def settle(self, *, demo: bool) -> None:
        """Keep demo data (with its known passwords) and real data apart, for ever.

        The first start decides. Raises FolderRefused when a later one asks for the other kind.
        """
        file = self.path / "kind"
        wanted = "demo" if demo else "real"
        if not file.exists():
            file.write_text(f"{wanted}\n")
        elif (found := file.read_text().strip()) != wanted:
            raise FolderRefused(
                f"The data folder {self.path} holds {found} data: start with "
                f"PSOT_DEMO={int(found == 'demo')} or choose another with PSOT_DATA_DIR"
            )

    def secret_key(self) -> str:
        """The key that signs cookies and links, made once and readable by the owner alone."""
        file = self.path / "secret-key"
        if not file.exists():
            new = file.with_suffix(".new")
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(48))
            new.rename(file)
        return file.read_text().strip()

    def sockets(self) -> Path:
        """Folder for unix sockets: inside, or a short private one recorded in ``runtime``."""
        inside = self.path / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKETS_FOLDER:
            inside.mkdir(mode=0o711, exist_ok=True)
            return inside
        record = self.path / "runtime"
        if record.exists():
            recorded = Path(record.read_text().strip())
            if recorded.is_dir() and recorded.stat().st_uid == os.geteuid():
                return recorded
        short = Path(tempfile.mkdtemp(prefix="psot-", dir="/tmp"))
        short.chmod(0o711)
        record.write_text(f"{short}\n")
        return short

    @property
    def postgres(self) -> Postgres:
        """The folder's database server."""
        return Postgres(self.path / "postgres", self.sockets() / "pg")

    @property
    def valkey(self) -> Valkey:
        """The folder's Redis-protocol server."""
        return Valkey(self.path / "redis", self.sockets() / "redis.sock")

    @property
    def logs(self) -> Path:
        """Where the two servers write what they have to say."""
        folder = self.path / "log"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder
