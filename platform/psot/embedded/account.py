"""The unprivileged account PostgreSQL runs under when we are root."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from psot.errors import PsotError
from psot.supervisor.program import Account

NAME = "pgserver"  # the name the PostgreSQL wheel uses too, so that one account is enough


class NoAccount(PsotError):  # noqa: N818 - read as a sentence
    """The account is missing and cannot be made."""

    code = "no_account"
    status = 500


def unprivileged() -> Account | None:
    """Account for a server that refuses to run as root, made at need; None when we are not root."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        _create()
        entry = pwd.getpwnam(NAME)
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def _create() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise NoAccount(
            f"As root PostgreSQL needs a system account {NAME!r} and there is no useradd: "
            "make it, start as an ordinary user, or set DATABASE_URL"
        )
    made = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments
        [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise NoAccount(f"The system account {NAME!r} cannot be made: {made.stderr.strip()}")


def hand_over(folder: Path, account: Account | None) -> None:
    """Give ``folder`` to ``account`` alone and let it walk there; None changes nothing.

    Each folder on the way gets the right to be walked through, never to be read.
    """
    if account is None:
        return
    os.chown(folder, account.uid, account.gid)
    let_walk(folder.parent)


def let_walk(folder: Path) -> None:
    """Add the right to walk through ``folder`` and everything above it."""
    for step in (folder, *folder.parents):
        mode = step.stat().st_mode
        if not mode & stat.S_IXOTH:
            step.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
