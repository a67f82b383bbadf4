"""What commands read: a file by its name, or standard input."""

import sys
from pathlib import Path

import click


def text_of(file: str) -> str:
    """Return the text of ``file`` (- is standard input); one line tells why it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: not UTF-8 at byte {error.start}") from error
