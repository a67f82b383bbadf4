"""What the first page shows of the living house; the rooms' readers are handed in at the door."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from flask import Flask, current_app
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Executable, select

from psot.database import reading, transaction
from psot.shell.formats import number


@dataclass(frozen=True)
class Row:
    """One row of a board as its first HTML shows it; the same fields travel as live rows.

    `rating` is a whole number of points, `delta` the change of rank since the last publication
    (positive: climbed).
    """

    key: str
    rank: int
    rating: int
    member: str = ""
    region: str = ""
    delta: int = 0


@dataclass(frozen=True)
class HomeBoard:
    """A live board as a page carries it: its name on the wire, its first rows, the own row's key.

    `region_names` names the codes that rows carry as `region`.
    """

    name: str
    rows: Sequence[Row]
    own: str = ""
    region_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """Something the member can do next: where, what, why, with an icon."""

    path: str
    title: str
    text: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class Steps:
    """What a room proposes; ``may`` says in SQL whether it may have something, None: perhaps."""

    read: Callable[[], Sequence[Step]]
    may: ColumnElement[bool] | None


@dataclass
class Home:
    """Readers of what the rooms know; rooms add theirs with `show` when they enter the app."""

    figures: list[Callable[[], Mapping[str, int | None]]] = field(default_factory=list)
    leaders: Callable[[], HomeBoard | None] = field(default=lambda: None)
    steps: list[Steps] = field(default_factory=list)

    @cached_property
    def may(self) -> Executable | None:
        """The one statement that tells which rooms may propose something; made at first use."""
        asked = [one.may for one in self.steps if one.may is not None]
        return select(*asked) if asked else None


FIGURES: dict[str, Callable[[int], str]] = {
    "members": lambda count: ngettext("member", "members", count),
    "regions": lambda count: ngettext("region taking part", "regions taking part", count),
    "answers": lambda count: ngettext("first answer", "first answers", count),
    "questions": lambda count: ngettext("question to learn from", "questions to learn from", count),
}
"""The figures of the first page in their order, with the word that fits a count."""

MANY = 100
"""The count whose word stands beside a dash."""


def of(app: Flask) -> Home:
    """Return the readers of `app`; made at first use, so rooms may enter before the shell."""
    return cast("Home", app.extensions.setdefault("psot.home", Home()))


def show(
    app: Flask,
    *,
    figures: Callable[[], Mapping[str, int | None]] | None = None,
    leaders: Callable[[], HomeBoard | None] | None = None,
    steps: Callable[[], Sequence[Step]] | None = None,
    may: ColumnElement[bool] | None = None,
) -> None:
    """Put a room's readers on the first page.

    `figures` counts, by the names of `FIGURES`; `leaders` gives the first rows of the rating;
    `steps` what the signed-in member can do next: they are read where `may`, a condition in SQL,
    holds for whoever asks, or where none is given. A figure without a reader is a dash, never 0.
    """
    home = of(app)
    if figures:
        home.figures.append(figures)
    home.leaders = leaders or home.leaders
    if steps:
        home.steps.append(Steps(read=steps, may=may))


def asking() -> AbstractContextManager[object]:
    """Let all readers share one connection; a house without a database has none to share."""
    return reading() if "psot.database" in current_app.extensions else nullcontext()


def figures(home: Home) -> list[tuple[str, str]]:
    """Return (figure as the reader writes it, label) for every figure the page shows.

    Raises ValueError where a room counts what the page does not show.
    """
    known: dict[str, int | None] = {}
    for read in home.figures:
        known.update(read())
    if unknown := known.keys() - FIGURES.keys():
        raise ValueError(f"the first page shows no figure {', '.join(sorted(unknown))}")
    counts = {name: known.get(name) for name in FIGURES}
    return [
        (number(count), FIGURES[name](MANY if count is None else count))
        for name, count in counts.items()
    ]


def steps(home: Home) -> list[Step]:
    """Return everything the rooms propose to the signed-in member, in the order of the rooms."""
    return [step for one in _asked(home) for step in one.read()]


def _asked(home: Home) -> list[Steps]:
    """Return whose steps are to be read."""
    if home.may is None:
        return home.steps
    with transaction() as session:
        holds = iter(session.connection().execute(home.may).one())
    return [one for one in home.steps if one.may is None or next(holds)]
