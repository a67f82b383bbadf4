"""What the editors' desk reads: documents in every state, their histories, who wrote what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from psot.library.drafting import OPEN
from psot.library.errors import UnknownDocument
from psot.library.models import Document, Version
from psot.library.rows import Row

A_PAGE = 50

STATES = {
    "draft": _("draft"),
    "review": _("in review"),
    "published": _("with readers"),
    "retired": _("retired"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the list is asked for; empty means everything."""

    kind: str = ""
    topic: str = ""
    state: str = ""
    search: str = ""
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Line:
    """A document in the list; ``open`` is the state of its open version, or empty."""

    kind: str
    name: str
    title: str
    topic: str | None
    pack: str
    published: int | None
    retired: bool
    open: str
    author: UUID | None
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page of the list."""

    lines: Sequence[Line]
    total: int
    first: int

    @property
    def last(self) -> int:
        """Number of the last line shown, from 1."""
        return self.first + len(self.lines) - 1


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A document on the desk with its versions, the newest first."""

    document: Document
    versions: Sequence[Version]

    @property
    def published(self) -> Version | None:
        """The version that readers get, or would get were the document not retired."""
        number = self.document.published
        return next((one for one in self.versions if one.number == number), None)

    @property
    def draft(self) -> Version | None:
        """The version under way, a draft or in review."""
        return next((one for one in self.versions if one.state in OPEN), None)

    @property
    def present(self) -> Version:
        """What an editor goes on from: the version under way, else the published one."""
        return self.draft or self.published or self.versions[0]

    @property
    def retired(self) -> bool:
        """Whether readers no longer get it."""
        return self.document.retired_at is not None

    @property
    def outdated(self) -> bool:
        """Whether another version was published since the draft was begun."""
        return self.draft is not None and self.draft.base != self.document.published

    @property
    def returned(self) -> Version | None:
        """The version that was sent back last, where the draft under way follows it."""
        draft = self.draft
        if draft is None or draft.state != "draft":
            return None
        before = [one for one in self.versions if one.number < draft.number]
        return before[0] if before and before[0].state == "rejected" else None

    def version(self, number: int) -> Version:
        """Return a version by its number. Raises UnknownDocument."""
        found = next((one for one in self.versions if one.number == number), None)
        if found is None:
            raise UnknownDocument(_("There is no such version."), subject=self.document.name)
        return found


def listed(session: Session, wanted: Wanted) -> Listed:
    """Return the page of documents that ``wanted`` asks for, what needs somebody first."""
    under_way = aliased(Version)
    query = (
        select(Document, under_way.state, under_way.author)
        .outerjoin(
            under_way,
            and_(under_way.document_id == Document.id, under_way.state.in_(OPEN)),
        )
        .where(*_conditions(wanted, under_way))
    )
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    first = (wanted.page - 1) * A_PAGE
    rows = session.execute(
        query.order_by(
            (under_way.state == "review").desc().nulls_last(),
            (under_way.state == "draft").desc().nulls_last(),
            Document.kind,
            Document.pack,
            Document.position,
            Document.name,
        )
        .limit(A_PAGE)
        .offset(first)
    )
    lines = [_line(document, state or "", author) for document, state, author in rows]
    return Listed(lines=lines, total=total, first=first + 1)


def opened(session: Session, kind: str, name: str) -> Opened:
    """Return a document with all its versions. Raises UnknownDocument."""
    document = session.scalar(select(Document).where(Document.kind == kind, Document.name == name))
    if document is None:
        raise UnknownDocument(_("There is no such document."), subject=name)
    versions = session.scalars(
        select(Version).where(Version.document_id == document.id).order_by(Version.number.desc())
    ).all()
    return Opened(document=document, versions=versions)


def exists(session: Session, kind: str, name: str) -> bool:
    """Tell whether there is such a document, in whatever state."""
    query = select(Document.id).where(Document.kind == kind, Document.name == name)
    return session.scalar(query) is not None


def waiting(session: Session) -> int:
    """Return how many documents wait for a second person."""
    query = select(func.count()).select_from(Version).where(Version.state == "review")
    return session.scalar(query) or 0


def titles(session: Session, names: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the titles of documents by (kind, name)."""
    rows = session.execute(
        select(Document.kind, Document.name, Document.title).where(
            Document.name.in_({name for _, name in names})
        )
    )
    return {(row.kind, row.name): row.title for row in rows}


def names_of(session: Session, kind: str) -> list[tuple[str, str]]:
    """Return name and title of the published documents of a kind, to choose from."""
    rows = session.execute(
        select(Document.name, Document.title)
        .where(
            Document.kind == kind,
            Document.retired_at.is_(None),
            Document.published.is_not(None),
        )
        .order_by(Document.position, Document.name)
    )
    return [(row.name, row.title) for row in rows]


def next_name(session: Session, kind: str, topic: str) -> str:
    """Return a free name for a question or a norm of ``topic``."""
    start = f"{topic}-n" if kind == "norm" else f"{topic}-"
    rows = session.scalars(
        select(Document.name).where(Document.kind == kind, Document.topic == topic)
    )
    numbers = [int(tail) for one in rows if (tail := one.removeprefix(start)).isdecimal()]
    return f"{start}{max(numbers, default=0) + 1:02}"


def _conditions(wanted: Wanted, under_way: Any) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        found.append(Document.kind == wanted.kind)
    if wanted.topic:
        found.append(Document.topic == wanted.topic)
    if wanted.state == "retired":
        found.append(Document.retired_at.is_not(None))
    elif wanted.state == "published":
        found.append(and_(Document.published.is_not(None), Document.retired_at.is_(None)))
    elif wanted.state:
        found.append(under_way.state == wanted.state)
    found += [
        or_(
            Document.title.icontains(word, autoescape=True),
            Document.name.icontains(word, autoescape=True),
        )
        for word in wanted.search.split()
    ]
    return found


def _line(document: Document, state: str, author: UUID | None) -> Line:
    return Line(
        kind=document.kind,
        name=document.name,
        title=document.title,
        topic=document.topic,
        pack=document.pack,
        published=document.published,
        retired=document.retired_at is not None,
        open=state,
        author=author,
        changed_at=document.changed_at,
    )


def body_of(version: Version | None) -> Row:
    """Return a version's row; empty for none."""
    return dict(version.body) if version is not None else {}
