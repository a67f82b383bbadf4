"""What other rooms have for a topic: recordings, scenarios. They hand in a reader each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app
from sqlalchemy.orm import Session

_KEY = "psot.reading.asides"


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Something to do about a topic: where, what it is called, a note such as its length."""

    path: str
    title: str
    note: str
    icon: str


Reader = Callable[[Session, str], Sequence[Aside]]


def offer(app: Flask, reader: Reader) -> None:
    """Let topic pages show what ``reader`` returns for a topic's id."""
    app.extensions.setdefault(_KEY, []).append(reader)


def beside(session: Session, topic: str) -> list[Aside]:
    """Return what all rooms have for ``topic``."""
    readers = cast("list[Reader]", current_app.extensions.get(_KEY, []))
    return [one for reader in readers for one in reader(session, topic)]
