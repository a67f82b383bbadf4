"""The command ``psot``: one module here per command, found by its name and loaded when called.

A module ``psot/cli/<name>.py`` with a Click command (or group) called ``command`` is the command
``psot <name>``; nothing else is to be registered. Errors of the `PsotError` family and settings
that do not fit end as one line and exit code 1.
"""

import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, cast

import click

from psot.cli.dotenv import read_dotenv
from psot.config import BadSetting
from psot.errors import PsotError

NOT_COMMANDS = frozenset({"dotenv", "exchange", "files", "settings"})


class Commands(click.Group):
    """Commands found in this package, each imported only when it is called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Every command's name, sorted."""
        return sorted(
            module.name.replace("_", "-")
            for module in iter_modules(__path__)
            if module.name not in NOT_COMMANDS
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give the command of that name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        return cast("click.Command", module.command)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what a user can mend becomes one line and exit code 1."""
        try:
            for name, value in read_dotenv(Path(".env")).items():
                os.environ.setdefault(name, value)
            return super().invoke(ctx)
        except (PsotError, BadSetting) as error:
            raise click.ClickException(str(error)) from error
        except Exception as error:
            if line := _unreachable(error):
                raise click.ClickException(line) from error
            raise


def _unreachable(error: Exception) -> str | None:
    """One line for a service that does not answer; None for any other error.

    The libraries are looked up, not imported: a command that never loads them never meets them.
    """
    database, redis = sys.modules.get("sqlalchemy.exc"), sys.modules.get("redis.exceptions")
    if database and isinstance(error, database.OperationalError):
        return f"PostgreSQL: {str(error.orig).strip().splitlines()[0]}"
    if redis and isinstance(error, redis.ConnectionError | redis.TimeoutError):
        return f"Redis: {error}"
    return None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """PSOT, the live platform of the professional community for occupational safety.

    Every command reads its settings from the environment and from the file .env of the folder it
    is called in; .env.example lists them all.

    Example: psot up
    """
